import Syntax
import Vocabulary

/// A configuration that sends telemetry to a system outside the site, keeps it there, or reads it from there.
///
/// Log lines are an exposure wherever they go: any text may stand in them. Series are one where the contracts, the relabelling and the
/// rules of the tree leave a label in them that holds somebody's words.
enum TelemetryOutsideSite: ConfigCheck {
  static let rule = "telemetry-outside-site"
  static let title = "Telemetry stays in the site"
  static let why = """
    What is sent to somebody else's system has left the platform: who reads it there, and how long it is kept, is not the platform's to say.
    """

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    TelemetryExport.all(in: file).filter { $0.isOutside(tree.facts.site) }.map { export in
      let traces = traces(export, file, tree)
      let severity: Severity = export.freight == .lines || !traces.isEmpty ? .exposure : .hygiene
      var finding = file.finding(
        rule, severity, surface(export.freight), at: export.place, message(export.freight) + carried(traces),
        remedy: Site.remedy)
      // A script has no structure to point into.
      if export.place.pointer.isEmpty { finding.pointer = nil }
      if let first = traces.first {
        let value = export.place.value
        finding.flow =
          first.steps + [
            FlowStep(
              ["written to a system outside the site"], path: file.path, line: value.line, column: value.column)
          ]
        finding.paste = drops(traces, behind: export.relabelling)
      }
      return finding
    }
  }

  /// Rules that drop the labels that go out, behind those that stand there.
  private static func drops(_ traces: [Trace], behind rules: PositionedValue?) -> [PasteLine] {
    LabelDrop.lines(for: Set(traces.map(\.arrival)), indent: 2, behindOthers: rules != nil).map {
      ["write_relabel_configs:"] + $0
    } ?? []
  }

  /// Ways of somebody's words into the series that are sent.
  private static func traces(_ export: TelemetryExport, _ file: CheckedFile, _ tree: CheckedTree) -> [Trace] {
    let probe = export.relabelling.map(RelabellingProbe.init)
    func passes(_ label: String, _ series: [String: String]) -> Bool {
      // Labels that a parser makes of whatever a line holds have no names: one for which no rule is written stands for them.
      let label = label.isEmpty ? "field_of_a_line" : label
      return probe.map { !$0.destinations(of: label, beside: series).isEmpty } ?? true
    }
    let traces: [Trace]
    switch export.freight {
    case .series:
      // What Alloy scrapes is not followed.
      let own = tree.prometheus.filter { $0.path == file.path }
      guard !own.isEmpty else { return [] }
      let hasRules = own.contains(where: \.hasRules)
      let others = own.contains(where: \.namesFiles) ? tree.prometheus.filter(\.isNamed) : []
      traces =
        tree.series.traces(scrapedAt: Set((own + others).map(\.path)), where: passes)
        + tree.series.traces(recordedBy: { $0.isOfLines || hasRules }, where: passes)
    case .recordings: traces = tree.series.traces(recordedBy: \.isOfLines, where: passes)
    case .lines, .storedLines, .alerts, .mails, .traces, .signals, .answers: traces = []
    }
    return traces.filter(\.nature.isForeign)
  }

  private static func surface(_ freight: TelemetryExport.Freight) -> Surface {
    switch freight {
    case .series, .recordings: .label
    case .lines, .storedLines: .log
    case .alerts, .mails: .alert
    case .traces, .signals, .answers: .config
    }
  }

  private static func message(_ freight: TelemetryExport.Freight) -> String {
    switch freight {
    case .series: "series are written to a system outside the site"
    case .recordings: "series that rules make of log lines are written to a system outside the site"
    case .lines: "log lines are sent to a system outside the site"
    case .storedLines: "log lines are kept in a store outside the site"
    case .alerts: "alerts are sent to an Alertmanager outside the site"
    case .mails: "mails are sent through a server outside the site"
    case .signals: "what OpenTelemetry collects is sent to a system outside the site"
    case .traces: "traces are sent to a system outside the site"
    case .answers: "telemetry is read from a system outside the site"
    }
  }

  private static func carried(_ traces: [Trace]) -> String {
    let labels = Set(traces.map(\.arrival)).count
    guard let first = traces.first else { return "" }
    return labels == 1
      ? ", with a label \(first.nature.clause)" : ", with \(labels) labels, among them one \(first.nature.clause)"
  }

  static let examples = [
    CheckExample(
      .prometheusConfig,
      """
      alerting: {alertmanagers: [{static_configs: [{targets: ['alertmanager:9093', ↓'alerts.example.com:443']}]}]}
      scrape_configs: [{job_name: litellm}]
      remote_write:
        - {url: ↓'https://store.example.com/api/v1/write'}
        - url: ↓https://other.example.com/write
          write_relabel_configs: [{source_labels: [__name__], regex: 'vllm:.*', action: keep}]
      tracing: {endpoint: ↓'traces.example.com:4317'}
      """),
    CheckExample(
      .promtailConfig,
      "clients: [{url: ↓'https://logs.example.com/loki/api/v1/push'}]\nscrape_configs: []\n"),
    CheckExample(
      .lokiConfig,
      """
      ruler:
        alertmanager_url: ↓http://alertmanager:9093,https://alerts.example.com/
        remote_write: {enabled: true, clients: {far: {url: ↓'https://store.example.com/write'}}}
      common: {storage: {↓gcs: {bucket_name: lines}}}
      storage_config:
        aws: {endpoint: ↓s3.example.com, bucketnames: lines}
        named_stores: {aws: {↓old: {bucketnames: old, region: sa-east-1}}}
      """),
    CheckExample(
      .alloyConfig,
      """
      loki.write "default" {
        endpoint {
          url = ↓"https://logs.example.com/loki/api/v1/push" // ours
        }
      }
      declare "shared" {
        prometheus.remote_write "far" { endpoint { url = ↓`https://store.example.com/write` } }
      }
      otelcol.exporter.otlp "far" { client { endpoint = ↓"traces.example.com:4317" } }
      """),
    CheckExample(
      .other,
      """
      #!/bin/sh
      promtail -config.file=p.yml -client.url=↓https://logs.example.com/push &
      exec loki -config.file loki.yml --ruler.alertmanager-url ↓https://alerts.example.com
      """),
    CheckExample(
      .other,
      """
      services:
        grafana:
          image: grafana/grafana
          environment: {GF_SMTP_ENABLED: 'true', GF_SMTP_HOST: '↓smtp.example.com:587'}
      """),
    CheckExample(.grafanaConfig, "[smtp]\nenabled = true\nhost = ↓smtp.example.com:587\n"),
    CheckExample(
      .grafanaProvisioning,
      """
      apiVersion: 1
      datasources: [{name: a, type: prometheus, url: ↓'https://store.example.com/'}, {name: b, type: loki, url: 'http://loki:3100'}]
      """),
  ]

  static let counterExamples = [
    CheckExample(
      .prometheusConfig,
      """
      alerting: {alertmanagers: [{static_configs: [{targets: ['alertmanager:9093', '10.0.0.5:9093']}]}]}
      scrape_configs: [{job_name: litellm}]
      remote_write: [{url: 'http://mimir:9009/api/v1/push'}, {url: 'https://mimir.monitoring.svc.cluster.local./push'}]
      tracing: {endpoint: 'tempo:4317'}
      """),
    CheckExample(
      .promtailConfig,
      "clients: [{url: 'http://loki.service.consul:3100/push'}, {url: '${LOKI_URL}'}]\nscrape_configs: []\n"),
    CheckExample(
      .lokiConfig,
      """
      ruler:
        alertmanager_url: http://alertmanager:9093
        remote_write: {enabled: false, clients: {far: {url: 'https://store.example.com/write'}}}
      common: {storage: {s3: {endpoint: 'minio:9000', bucketnames: lines}, filesystem: {chunks_directory: /loki}}}
      """),
    CheckExample(
      .alloyConfig,
      """
      // loki.write "old" { endpoint { url = "https://logs.example.com/" } }
      loki.write "default" {
        endpoint { url = "http://loki:3100/loki/api/v1/push" }
        endpoint { url = sys.env("LOKI") + "https://logs.example.com/" }
      }
      loki.source.api "in" { http { url = "https://logs.example.com/" } }
      """),
    CheckExample(
      .other,
      """
      #!/bin/sh
      promtail -client.url=http://loki:3100/push -client.url="$LOKI"
      GF_SMTP_HOST=smtp.example.com:587 grafana-server
      """),
    CheckExample(.grafanaConfig, "[smtp]\nhost = smtp.example.com:587\n"),
    CheckExample(.grafanaConfig, "[smtp]\nenabled = true\nhost = mail.platform.internal:587\n"),
    CheckExample(
      .grafanaProvisioning,
      """
      apiVersion: 1
      datasources: [{name: a, type: prometheus, url: 'http://prometheus:9090'}, {name: g, type: grafana-github-datasource, url: 'https://github.example.com'}]
      """),
  ]
}
