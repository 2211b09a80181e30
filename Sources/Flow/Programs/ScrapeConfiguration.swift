import Syntax

/// One entry of Prometheus' `scrape_configs`, as far as it says whose labels get through.
///
/// Source: prometheus/config/config.go (2.42 to 3.14).
struct ScrapeConfiguration: Sendable, Hashable {
  var name: String
  /// Between two scrapes, in milliseconds.
  var interval: Int64
  /// Targets come and go with what is discovered, so that their series vanish.
  var isDynamic: Bool
  /// Labels that targets get from the configuration.
  var targetLabels: Set<String>
  /// Ports of the targets that are written out.
  var ports: Set<String>
  /// `metric_relabel_configs`, where there is one.
  var relabelling: PositionedValue?
  /// What it pulls from another Prometheus; nil where it scrapes programs themselves.
  var federation: Federation?
  var path: String
  var line: Int
}

extension ScrapeConfiguration {
  /// Whether it scrapes the program of a contract, as far as its name and its targets' ports tell; false where neither names a
  /// program.
  func scrapes(_ source: String) -> Bool {
    if name.lowercased().contains(source.prefix { $0 != "-" }) { return true }
    return Self.usualPorts[source].map(ports.contains) ?? false
  }

  /// Whether targets' relabelling gives its series another `job` than its name.
  var isRenamed: Bool { targetLabels.contains("job") }

  /// Ports on which the programs listen unless they are told otherwise.
  private static let usualPorts = [
    "vllm": "8000", "litellm": "4000", "dcgm-exporter": "9400", "node-exporter": "9100", "prometheus": "9090",
    "alertmanager": "9093", "loki": "3100", "promtail": "9080", "alloy": "12345",
  ]

  /// Whether `metric_relabel_configs` may set a label of that name.
  func mayMake(_ label: String) -> Bool {
    (relabelling?.array ?? []).contains { rule in
      rule["target_label"]?.string == label || rule["action"]?.string?.lowercased() == "labelmap"
    }
  }

  /// The labels in which text of a label of a metric is after `metric_relabel_configs`; none where it is gone, or the series is.
  func destinations(of label: String, on metric: String) -> [String] {
    guard let relabelling else { return [label] }
    return RelabellingProbe(relabelling).destinations(of: label, beside: labels(of: metric))
  }

  /// What is known of the labels of a metric that it scrapes.
  func labels(of metric: String) -> [String: String] { ["__name__": metric, "job": name, "instance": "host:1"] }
}
