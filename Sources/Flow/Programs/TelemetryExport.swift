import Syntax

/// A system to which a program's configuration sends telemetry, in which it keeps it, or from which it reads it.
///
/// Sources: prometheus/config/config.go (2.42 to 3.14); grafana/loki pkg/ruler/config.go, pkg/ruler/config/alertmanager.go,
/// pkg/validation/limits.go and clients/pkg/promtail (3.6); Grafana's documentation of provisioning data sources (9 to 13).
struct TelemetryExport: Sendable {
  enum Freight: Sendable, Hashable {
    /// Series as a Prometheus stores them.
    case series
    /// Series that Loki's ruler makes of log lines.
    case recordings
    /// Log lines as they are.
    case lines
    /// Loki's store of them.
    case storedLines
    case alerts
    /// Mails, which tell of alerts.
    case mails
    case traces
    /// Whatever OpenTelemetry's exporters are given: traces, metrics, log records.
    case signals
    /// What Grafana asks others for.
    case answers
  }

  var freight: Freight
  /// The value that says where; its pointer is empty where the file is no document.
  var place: (pointer: String, value: PositionedValue)
  /// Empty for a service that is named without one, and where it is put in when the program starts.
  var hosts: [HostName]
  /// Whether it goes to a company's own service, of which the configuration names no host.
  var isService = false
  /// `write_relabel_configs`, where there is one.
  var relabelling: PositionedValue?

  /// All that a configuration names, in the order of the document; what an alias repeats stands there once.
  static func all(in file: CheckedFile) -> [TelemetryExport] {
    let others: [TelemetryExport] =
      switch file.role {
      case .alloyConfig: AlloyBlock.all(in: file.bytes).flatMap { ofAlloy($0) }
      case .other: ofLaunches(in: file)
      default: []
      }
    let exports = file.documents.flatMap { document -> [TelemetryExport] in
      switch file.role {
      case .prometheusConfig: ofPrometheus(document)
      case .lokiConfig: ofLoki(document)
      case .promtailConfig: at("clients.*", "url", .lines, document) + at("client", "url", .lines, document)
      case .grafanaProvisioning: ofGrafana(document)
      case .grafanaConfig where document["smtp"]?["enabled"]?.string == "true": at("smtp", "host", .mails, document)
      default: []
      }
    }
    var seen: Set<Int> = []
    return (exports + others).filter { seen.insert($0.place.value.offset).inserted }
      .sorted { $0.place.value.offset < $1.place.value.offset }
  }

  private static func ofPrometheus(_ document: PositionedValue) -> [TelemetryExport] {
    at("remote_write.*", "url", .series, document)
      + DocumentPath("alerting.alertmanagers.*.static_configs.*.targets.*").entries(in: document).map {
        TelemetryExport(.alerts, $0.pointer, $0.value)
      } + at("tracing", "endpoint", .traces, document)
  }

  private static func ofLoki(_ document: PositionedValue) -> [TelemetryExport] {
    let ruler = document["ruler"]
    // The ruler writes nothing unless it is told to.
    let isWriting = ruler?["remote_write"]?["enabled"]?.string.map { $0 != "false" } ?? false
    let clients = [
      "ruler.remote_write.client", "ruler.remote_write.clients.*", "limits_config.ruler_remote_write_config.*",
    ]
    return (isWriting ? clients.flatMap { at($0, "url", .recordings, document) } : [])
      + at("ruler", "alertmanager_url", .alerts, document)
      + at("limits_config.ruler_alertmanager_config", "alertmanager_url", .alerts, document)
      + LokiStore.all(in: document).map(TelemetryExport.init)
  }

  private static func ofGrafana(_ document: PositionedValue) -> [TelemetryExport] {
    let types: Set<String> = ["alertmanager", "jaeger", "loki", "prometheus", "tempo", "zipkin"]
    return GrafanaSources.all(in: document).compactMap { source, _ in
      guard types.contains(source["type"]?.string ?? ""), let url = source["url"] else { return nil }
      return TelemetryExport(.answers, url.pointer, url.value)
    }
  }

  /// Components of Alloy that send, each by a block in it that says where.
  ///
  /// Source: Grafana's reference of Alloy's components; grafana/alloy internal/component/loki/write and prometheus/remotewrite.
  private static func ofAlloy(_ block: AlloyBlock, below pointer: String = "") -> [TelemetryExport] {
    let pointer =
      "\(pointer)/\(JSONPointer.escaped(block.name))" + (block.label.map { " \(JSONPointer.escaped($0))" } ?? "")
    let own: [TelemetryExport] =
      switch block.name {
      case "loki.write": texts("url", of: block, in: "endpoint", .lines, pointer)
      case "prometheus.remote_write", "prometheus.write.queue":
        texts("url", of: block, in: "endpoint", .series, pointer)
      case "otelcol.exporter.otlp", "otelcol.exporter.otlphttp":
        texts("endpoint", of: block, in: "client", .signals, pointer)
      default: []
      }
    return own + block.blocks.flatMap { ofAlloy($0, below: pointer) }
  }

  private static func texts(
    _ name: String, of block: AlloyBlock, in inner: String, _ freight: Freight, _ pointer: String
  ) -> [TelemetryExport] {
    block.blocks.filter { $0.name == inner }.flatMap(\.texts).filter { $0.name == name }.map {
      TelemetryExport(freight, "\(pointer)/\(inner)/\(name)", $0.value)
    }
  }

  /// Those whose address is a key of a mapping at some path.
  private static func at(
    _ path: String, _ key: String, _ freight: Freight, _ document: PositionedValue
  ) -> [TelemetryExport] {
    DocumentPath(path).entries(in: document).compactMap { entry in
      guard let value = entry.value[key] else { return nil }
      var export = TelemetryExport(freight, "\(entry.pointer)/\(key)", value)
      export.relabelling = entry.value["write_relabel_configs"]
      return export
    }
  }

  init(_ freight: Freight, _ pointer: String, _ value: PositionedValue) {
    self.freight = freight
    place = (pointer, value)
    // Loki's addresses of Alertmanagers may be several.
    hosts = (value.string ?? "").split(separator: ",").compactMap { HostName(String($0.trimmingPrefix(" "))) }
  }

  private init(_ store: LokiStore) {
    freight = .storedLines
    place = store.place
    hosts = store.host.map { [$0] } ?? []
    isService = store.host == nil
  }

  /// Whether somebody else may be at its other end.
  func isOutside(_ site: Site) -> Bool { isService || hosts.contains(where: site.isOutside) }
}
