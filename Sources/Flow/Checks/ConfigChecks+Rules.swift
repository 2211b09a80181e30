extension ConfigChecks {
  /// Ids of the rules that are checked whatever the contracts say.
  public static var rules: [String] { all.map { $0.rule } }
}
