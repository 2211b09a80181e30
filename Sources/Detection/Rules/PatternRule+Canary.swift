extension PatternRule {
  /// What a finding of the canary proof says. The search itself is `CanarySet`'s and needs no weight.
  public static let canary = PatternRule(
    id: "canary", title: "A planted canary came out",
    rationale: """
      The text was planted in a request of this run. That it stands here proves that conversation reaches this place, \
      whatever the detectors make of it.
      """,
    remedy: "Find the setting by which the source emits requests or answers, switch it off, and run the audit again.",
    method: .pattern(""), weight: 0)
}
