import Fleet
import Vocabulary

extension Leak {
  /// An alert whose annotation prints the label of `litellmModelLabel`. The bundle's relabelling would keep that label out of
  /// Prometheus, so the leak takes that away too: this is a site that did neither.
  static let alertAnnotation: Leak = {
    var leak = Leak(
      .alertAnnotation, "an alert's annotation prints the client's `model` string", source: .litellm,
      kind: .notification, surface: .alert, rule: "prose-label")
    leak.modelName = \.prompt
    leak.patchesRules = addingAlert
    leak.patchesConfig = withoutRelabelling
    return leak
  }()

  static let leakingAlert = "ModelRequestsFailing"

  @Sendable private static func addingAlert(_ rules: String) -> String {
    // Groups are indented as those that are there.
    let group = rules.split(separator: "\n").first { $0.drop { $0 == " " }.hasPrefix("- name:") }
    let indent = String((group ?? "  ").prefix { $0 == " " })
    let lines = [
      "- name: model-requests",
      "  rules:",
      "    - alert: \(leakingAlert)",
      "      expr: sum by (model) (litellm_llm_api_failed_requests_metric_total) > 0",
      "      labels:",
      "        severity: warning",
      "      annotations:",
      "        summary: 'Requests for the model {{ $labels.model }} fail'",
    ]
    let head = rules.hasSuffix("\n") || rules.isEmpty ? rules : rules + "\n"
    return head + lines.map { indent + $0 + "\n" }.joined()
  }

  /// Takes `metric_relabel_configs` out of the job of LiteLLM.
  @Sendable private static func withoutRelabelling(_ config: String) -> String {
    var kept: [Substring] = []
    var inJob = false
    var skippedBelow: Int?
    for line in config.split(separator: "\n", omittingEmptySubsequences: false) {
      let indent = line.prefix { $0 == " " }.count
      let text = line.dropFirst(indent)
      if let depth = skippedBelow {
        // The block's own list may stand at its key's depth.
        if text.isEmpty || indent > depth || (indent == depth && text.hasPrefix("- ")) { continue }
        skippedBelow = nil
      }
      if text.contains("job_name:") { inJob = text.contains(ScrapeJob.litellm.rawValue) }
      if inJob, text.hasPrefix("metric_relabel_configs:") {
        skippedBelow = indent
        continue
      }
      kept.append(line)
    }
    return kept.joined(separator: "\n")
  }
}
