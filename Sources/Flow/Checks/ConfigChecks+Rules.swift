extension ConfigChecks {
  /// What reports say of a check.
  public struct Summary: Sendable {
    public var rule: String
    public var title: String
    public var why: String
  }

  public static var summaries: [Summary] { all.map { Summary(rule: $0.rule, title: $0.title, why: $0.why) } }

  /// Ids of the rules that are checked whatever the contracts say.
  public static var rules: [String] { all.map { $0.rule } }
}
