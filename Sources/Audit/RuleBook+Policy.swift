import Detection
public import Policy

extension RuleBook {
  /// What a policy says about its rules, the canary among them.
  public init(_ policy: PolicySet) {
    var entries: [String: Entry] = [:]
    for id in policy.detection.rules.map(\.id) + ["canary"] {
      guard let rule = policy.rule(id) else { continue }
      entries[id] = Entry(severity: policy.severity(of: id), message: rule.title, remedy: rule.remedy)
    }
    self.init(entries)
  }
}
