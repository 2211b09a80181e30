import Patterns

extension PatternRule {
  /// Why a match of the rule may be missed, since the rule is tried only where one of its literals or its run stands; nil
  /// where it is proved from the pattern that every match needs them.
  public var doubtfulNeed: String? {
    guard case .pattern(let pattern) = method, run != nil || !needs.isEmpty else { return nil }
    guard let derived = PatternNeeds(of: pattern) else {
      return "what every match needs can't be told from the pattern"
    }
    if let match = needs.isEmpty ? nil : derived.matches(without: needs).first {
      return "a match may hold none of the literals it needs: \(match)"
    }
    if let run, !derived.imply(runOf: members(of: run), atLeast: run.atLeast, digits: run.digits) {
      return "a match may lie outside of the run it needs"
    }
    return nil
  }

  private func members(of run: RunTrigger) -> [UInt8] {
    let finder = RunFinder()
    guard let bit = finder.add(run.of) else { return [] }
    return (0...255).filter { finder.contains($0, bit) }
  }
}
