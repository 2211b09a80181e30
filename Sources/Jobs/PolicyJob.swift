import Audit
import Contracts
import Detection
import Flow
import Policy
public import Vocabulary

/// The policy's commands: is it valid, what does a rule say, do its examples hold.
public struct PolicyJob {
  private let policy: PolicySet
  private let detectors: Detectors

  /// - Parameter folder: a policy folder; nil is the built-in one.
  /// - Throws: a usage fault with file, line and column for anything that does not hold, a pattern that does not compile
  ///   among it.
  public init(folder: String?) throws(Fault) {
    policy = try folder.read(PolicySet.load, otherwise: PolicySet.embedded)
    detectors = try Detectors(policy.detection)
  }

  public static func export(to folder: String) throws(Fault) { try PolicySet.export(to: folder) }

  /// One line that says what was read.
  ///
  /// - Throws: a usage fault where two clauses of a contract claim the same, or one can never match, and for an exception that a
  ///   run would only report.
  public func check() throws(Fault) -> String {
    // A folder's contracts were checked as they were read, the binary's own were not.
    for contract in policy.contracts.values.sorted(by: { $0.source < $1.source }) { try contract.check() }
    if let entry = policy.exceptions.guarded(by: detectors).unread.first {
      throw Fault(
        .usage, entry.problem, at: entry.place,
        remedy: "An exception states fingerprint, owner, reason and until, and may state rule and sink.")
    }
    let rules = policy.detection.rules
    return """
      The policy is valid: \(rules.count) rules (\(policy.detection.disabled.count) off), \
      \(policy.contracts.count) contracts, \(policy.exceptions.entries.count) exceptions, \(policy.knownNames.count) known names, gate \(policy.gate.rawValue).
      Digest \(policy.digest)

      """
  }

  /// What a rule looks for, why, what to do, how much it weighs.
  ///
  /// - Throws: a usage fault where there is no such rule.
  public func explain(_ id: String) throws(Fault) -> String {
    let severities = policy.rule(id) == nil ? clauses(of: id).map(\.clause.severity) : [policy.severity(of: id)]
    let known = (policy.explanation(of: id) ?? settings(of: id) ?? ConfigChecks.explanation(of: id)).map {
      $0 + "\n" + Self.acceptance(of: id, severities)
    }
    guard let text = known ?? Self.aboutAcceptances(id) else {
      throw Fault(
        .usage, "there is no rule of that name",
        remedy: "Rules: \(policy.detection.rules.map(\.id).sorted().joined(separator: ", ")), canary. Of settings: "
          + "\(Set(clauses.map(\.clause.rule)).sorted().joined(separator: ", ")). Of configurations: "
          + "\(ConfigChecks.rules.sorted().joined(separator: ", ")).")
    }
    return text + "\n"
  }

  /// How a finding of a rule is accepted.
  private static func acceptance(of id: String, _ severities: [Severity]) -> String {
    let entry =
      "an entry of the policy's exceptions file with the fingerprint that reports show, owner, reason and last day"
    if severities.allSatisfy({ $0 == .content }) { return "To accept a finding: \(entry)." }
    return "To accept a finding: \(entry); one of hygiene also the comment, in its file,\n"
      + "# sigilo:accept \(id) until=YYYY-MM-DD owner=NAME reason=WHY"
  }

  private static func aboutAcceptances(_ id: String) -> String? {
    AcceptanceRule(rawValue: id).map { rule in
      """
      \(rule.rawValue): \(rule.title)

      \(rule.rationale)

      What to do: \(rule.remedy)

      Severity: \(rule.severity.rawValue)
      """
    }
  }

  private var clauses: [(contract: Contract, clause: SettingClause)] {
    policy.contracts.values.sorted { $0.source < $1.source }.flatMap { contract in
      contract.settings.map { (contract, $0) }
    }
  }

  private func clauses(of id: String) -> [(contract: Contract, clause: SettingClause)] {
    clauses.filter { $0.clause.rule == id || $0.clause.id == id }
  }

  /// What the clauses on settings that share a rule say, by the rule's name or a clause's.
  private func settings(of id: String) -> String? {
    let own = clauses(of: id)
    guard !own.isEmpty else { return nil }
    return own.map { contract, clause in
      """
      \(clause.rule): \(clause.title.english)

      \(clause.why.english)

      What to do: \(clause.remedy.english)

      Severity: \(clause.severity.rawValue)
      Clause \(clause.id) of the contract \(contract.source)\(clause.place.map { ", defined in \($0)" } ?? "")
      """
    }.joined(separator: "\n\n")
  }

  /// Runs every example and counter-example of rules and contracts, and proves that no rule misses a match for want of what it says it needs.
  ///
  /// - Returns: one line a failure and a summary; false where any failed. A failure names its example by number, as those of
  ///   a site's own policy may be real.
  public func test() throws(Fault) -> (text: String, isRight: Bool) {
    let outcomes = try policy.testExamples()
    let wrong = outcomes.filter { !$0.passed }
    var lines = wrong.map { outcome in
      let place = outcome.place.map { "\($0): " } ?? ""
      return outcome.mustMatch
        ? "\(place)\(outcome.rule): example \(outcome.number) is not found"
        : "\(place)\(outcome.rule): counter-example \(outcome.number) is found"
    }
    let doubts = policy.detection.rules.compactMap { rule in
      rule.doubtfulNeed.map { (rule.place.map { "\($0): " } ?? "") + rule.id + ": " + $0 }
    }
    lines += doubts
    let (clauses, unclaimed) = try testContracts()
    lines += unclaimed
    lines.append("\(outcomes.count) examples of \(policy.detection.rules.count) rules, \(wrong.count) wrong")
    lines.append("\(clauses) examples of \(policy.contracts.count) contracts, \(unclaimed.count) wrong")
    return (lines.joined(separator: "\n") + "\n", wrong.isEmpty && doubts.isEmpty && unclaimed.isEmpty)
  }

  /// How many examples of contracts were run, and one line for each that came out wrong.
  private func testContracts() throws(Fault) -> (count: Int, wrong: [String]) {
    var count = 0
    var wrong: [String] = []
    for contract in policy.contracts.values.sorted(by: { $0.source < $1.source }) {
      for outcome in try contract.testExamples() {
        count += 1
        if outcome.passed { continue }
        let what =
          outcome.mustBeClaimed
          ? "example \(outcome.number) is not claimed" : "counter-example \(outcome.number) is claimed"
        wrong.append("\(contract.source): \(outcome.clause): \(what)")
      }
    }
    return (count, wrong)
  }
}
