import Fleet
import Vocabulary

extension Leak {
  /// Source: LiteLLM 1.106.2 with default settings exposes the client's `model` string word for word in
  /// `litellm_llm_api_failed_requests_metric_total{model}`. So this is what it does whenever a client puts text there.
  static let litellmModelLabel: Leak = {
    var leak = Leak(
      .litellmModelLabel, "clients put their prompt into `model`, and LiteLLM makes a label of it", source: .litellm,
      kind: .exporter, surface: .label, rule: "prose-label")
    leak.modelName = \.prompt
    return leak
  }()
}
