import Syntax

/// What LiteLLM's configuration says of the metrics that it exports, and of their labels.
///
/// Source: litellm/integrations/prometheus.py (`_parse_prometheus_config`, `_is_metric_enabled`, `get_labels_for_metric`),
/// types/integrations/prometheus.py and utils.py (`get_end_user_id_for_cost_tracking`) of 1.106.2.
struct LiteLLMConfiguration: Sendable, Hashable {
  /// Metrics that `prometheus_metrics_config` lists; nil where it lists none, and then all are exported.
  private var listed: Set<String>?
  /// To which labels it confines some of them.
  private var confined: [String: Set<String>] = [:]
  private let excludedMetrics: Set<String>
  private let excludedLabels: Set<String>
  /// Labels that it makes of what clients send as metadata.
  let metadataLabels: [String]
  /// Whether `end_user` holds nobody's name. What it holds where nothing is said depends on the version.
  private let hidesEndUser: Bool

  init(_ document: PositionedValue) {
    let settings = document["litellm_settings"]
    func names(_ value: PositionedValue?) -> [String] { (value?.array ?? []).compactMap(\.string) }
    for group in settings?["prometheus_metrics_config"]?.array ?? [] {
      let labels = Set(names(group["include_labels"]))
      for metric in names(group["metrics"]) {
        listed = (listed ?? []).union([metric])
        if !labels.isEmpty { confined[metric] = labels }
      }
    }
    excludedMetrics = Set(names(settings?["prometheus_exclude_metrics"]))
    excludedLabels = Set(names(settings?["prometheus_exclude_labels"]))
    metadataLabels = names(settings?["custom_prometheus_metadata_labels"]).map { name in
      String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }
    hidesEndUser =
      ["disable_end_user_cost_tracking", "disable_end_user_cost_tracking_prometheus_only"].contains {
        settings?[$0]?.bool == true
      } || settings?["enable_end_user_cost_tracking_prometheus_only"]?.bool == false
  }

  /// Whether it exports a sample of one of LiteLLM's metrics.
  func exports(_ sample: String) -> Bool {
    guard !Self.isOf(excludedMetrics, sample) else { return false }
    return listed.map { Self.isOf($0, sample) } ?? true
  }

  /// Whether it exports a label on a sample, with more than a word for nobody in it.
  func exports(_ label: String, on sample: String) -> Bool {
    guard exports(sample), !excludedLabels.contains(label), label != "end_user" || !hidesEndUser else { return false }
    let labels = confined.first { Self.isOf([$0.key], sample) }?.value
    return labels?.contains(label) ?? true
  }

  /// Whether a sample is of one of some metrics, as the Python client names samples.
  private static func isOf(_ metrics: Set<String>, _ sample: String) -> Bool {
    if metrics.contains(sample) { return true }
    return ["_total", "_created", "_bucket", "_sum", "_count"].contains { suffix in
      guard sample.hasSuffix(suffix) else { return false }
      let name = String(sample.dropLast(suffix.count))
      return metrics.contains(name) || suffix == "_created" && metrics.contains("\(name)_total")
    }
  }
}
