import Pipelines
import Syntax

/// What Prometheus' own configuration says of series and alerts on their way.
///
/// Source: prometheus/config/config.go (2.42 to 3.14).
struct PrometheusConfiguration: Sendable, Hashable {
  var path: String
  var jobs: [ScrapeConfiguration]
  /// Between two evaluations, in milliseconds.
  var evaluationInterval: Int64
  var externalLabels: Set<String>
  /// For each of the Alertmanagers, what alerts go through on their way to it: the `alert_relabel_configs` of all, and its own.
  var alertRelabelling: [[PositionedValue]]
  /// Whether it evaluates rules: an agent, and a Prometheus that only scrapes, names no files of them.
  var hasRules: Bool
  /// Whether further jobs stand in files of their own (`scrape_config_files`), and whether this is such a file.
  var namesFiles: Bool
  var isNamed: Bool

  init(_ document: PositionedValue, path: String) {
    self.path = path
    let global = document["global"]
    let interval = global?["scrape_interval"].flatMap(Self.milliseconds) ?? 60_000
    evaluationInterval = global?["evaluation_interval"].flatMap(Self.milliseconds) ?? 60_000
    externalLabels = Set((global?["external_labels"]?.mapping ?? []).compactMap(\.key.string))
    let alerting = document["alerting"]
    let managers = alerting?["alertmanagers"]?.array ?? []
    let ofEach = managers.isEmpty ? [nil] : managers.map { $0["alert_relabel_configs"] }
    alertRelabelling = ofEach.map { [alerting?["alert_relabel_configs"], $0].compactMap { $0 } }
    hasRules = document["rule_files"]?.array?.isEmpty == false
    namesFiles = document["scrape_config_files"]?.array?.isEmpty == false
    isNamed = document.mapping?.map(\.key.string) == ["scrape_configs"]
    jobs = (document["scrape_configs"]?.array ?? []).compactMap { entry in
      guard let name = entry["job_name"]?.string else { return nil }
      let statics = entry["static_configs"]?.array ?? []
      let targets = statics.flatMap { ($0["targets"]?.array ?? []).compactMap(\.string) }
      var labels = Set(statics.flatMap { ($0["labels"]?.mapping ?? []).compactMap(\.key.string) })
      for rule in entry["relabel_configs"]?.array ?? [] {
        if let target = rule["target_label"]?.string { labels.insert(target) }
      }
      // What discovery finds may bear labels of its own.
      let discovers = (entry.mapping ?? []).contains { $0.key.string?.hasSuffix("_sd_configs") == true }
      return ScrapeConfiguration(
        name: name, interval: entry["scrape_interval"].flatMap(Self.milliseconds) ?? interval, isDynamic: discovers,
        targetLabels: labels, ports: Set(targets.compactMap { $0.split(separator: ":").last.map(String.init) }),
        relabelling: entry["metric_relabel_configs"], federation: Federation(entry), path: path, line: entry.line)
    }
  }

  /// A duration as Prometheus' configuration writes it; nil where it is none.
  static func milliseconds(_ value: PositionedValue) -> Int64? {
    value.string.flatMap { PrometheusDuration.milliseconds($0.utf8) }
  }
}
