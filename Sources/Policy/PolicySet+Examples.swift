import Detection
public import Vocabulary

/// How an example of a rule came out.
public struct ExampleOutcome: Sendable, Hashable {
  public var rule: String
  /// Number among the rule's examples or counter-examples, from 1.
  public var number: Int
  /// The text must be found; false for a counter-example.
  public var mustMatch: Bool
  public var passed: Bool
  /// Where the rule stands.
  public var place: Location?
}

extension PolicySet {
  /// Runs every example and counter-example of every rule against that rule, switched off or not.
  ///
  /// - Throws: as `Detectors` does, for rules that do not compile.
  public func testExamples() throws(Fault) -> [ExampleOutcome] {
    var settings = detection
    settings.disabled = []
    let judge = Judge(try Detectors(settings), canaries: nil)
    var outcomes: [ExampleOutcome] = []
    for rule in settings.rules {
      for (examples, mustMatch) in [(rule.examples, true), (rule.counterExamples, false)] {
        for (index, example) in examples.enumerated() {
          let judgement = Array(example.text.utf8).withUnsafeBytes {
            judge.judge($0, surface: example.surface, slot: example.slot)
          }
          let matched = judgement?.evidence.contains { $0.detector == rule.id } ?? false
          outcomes.append(
            ExampleOutcome(
              rule: rule.id, number: index + 1, mustMatch: mustMatch, passed: matched == mustMatch, place: rule.place))
        }
      }
    }
    return outcomes
  }

  /// What a rule is for, as text for the terminal; nil where there is no such rule.
  public func explanation(of id: String) -> String? {
    guard let rule = rule(id) else { return nil }
    var lines = ["\(rule.id): \(rule.title)", "", rule.rationale, "", "What to do: \(rule.remedy)", ""]
    if !rule.references.isEmpty { lines.append("Seen in: \(rule.references.joined(separator: ", "))") }
    lines.append("Severity: \(severity(of: id).rawValue)\(detection.disabled.contains(id) ? " (switched off)" : "")")
    if id != PatternRule.canary.id {
      for surface in Surface.allCases where rule.surfaces.contains(surface) {
        let weight = rule.weight(on: surface)
        lines.append(
          "On \(surface.rawValue): weighs \(weight) of the \(detection.threshold(on: surface)) that make content")
      }
    }
    if let place = rule.place { lines.append("Defined in \(place)") }
    return lines.joined(separator: "\n")
  }
}
