import Syntax
import Templates

/// What the files of a tree say about one another.
///
/// It is gathered file by file (`Builder`), so that a large tree need not be held in memory: first every file is added, then each
/// is checked.
public struct CheckedTree: Sendable {
  let facts: ContractFacts
  /// Names that recording rules of the tree make.
  let recorded: Set<String>
  /// Fields that the tree's DCGM counters files export; nil where it has no such file.
  let dcgmFields: Set<String>?
  /// How LiteLLM is configured.
  let gateways: [LiteLLMConfiguration]
  /// Between what values metrics lie, recorded ones among them.
  let ranges: ValueRanges
  /// Whose words labels hold, as the contracts say and the tree configures it.
  let labels: ExportedLabels
  /// Configurations of Prometheus and of Alertmanager, in the order in which they were added.
  let prometheus: [PrometheusConfiguration]
  let routes: [AlertRoutes]
  let series: SeriesFlow
  /// Notification templates that the tree's files define.
  let library: TemplateLibrary
  /// The files of the library, in its order.
  let libraryFiles: [ConfigFile]
  /// Labels of alerts that hold words of clients or of log lines, and a way to each.
  let carried: [String: [FlowStep]]
  /// What alerts of the tree notice the absence of.
  let guards: Set<AbsenceGuard>
  /// Uids and names of the panels of Grafana's library that the tree's files hold.
  let libraryPanels: Set<String>
  /// Data sources that Grafana's provisioning in the tree sets up.
  private let sources: GrafanaSources
  private let settings: SettingsCheck
  /// Where the files stand that others hold.
  private let embedded: [String: EmbeddedFile.Place]

  fileprivate init(_ builder: Builder) {
    facts = builder.facts
    recorded = builder.recorded
    dcgmFields = builder.dcgmFields
    gateways = builder.gateways
    labels = facts.labels.configured(gateways)
    ranges = facts.ranges.with(builder.expressions)
    prometheus = builder.prometheus
    routes = builder.routes
    guards = builder.guards
    sources = builder.sources
    settings = builder.settings
    embedded = builder.embedded
    library = builder.library
    libraryFiles = builder.libraryFiles
    libraryPanels = builder.libraryPanels
    let series = SeriesFlow(labels, recorded: builder.rules, jobs: prometheus.flatMap(\.jobs))
    var carried: [String: [FlowStep]] = [:]
    for alert in builder.alerts {
      for trace in series.traces(toAnyOf: alert.labels, except: alert.setLabels) where trace.nature.isForeign {
        carried[trace.arrival, default: trace.steps + [alert.step]] += []
      }
    }
    self.carried = carried
    self.series = series
  }

  /// The findings of one of the files and of those that it holds, in order of line, column and rule; none where it does not parse.
  public func findings(in file: ConfigFile) -> [ConfigFinding] {
    let parts = FileParts(file)
    let inner = parts.embedded
    let places = inner.isEmpty ? embedded : embedded.merging(inner.map { ($0.file.path, $0.place) }) { $1 }
    return parts.files.flatMap { file in
      let checked = CheckedFile(file, sources: sources)
      return ConfigChecks.all.flatMap { $0.findings(in: checked, of: self) } + settings.findings(in: checked)
    }.map(places.outer)
      .sorted { ($0.line ?? 0, $0.column ?? 0, $0.rule) < ($1.line ?? 0, $1.column ?? 0, $1.rule) }
  }
}

extension CheckedTree {
  /// The scrape jobs of the tree whose series a selector may read, as far as its matchers and the contracts tell.
  func jobs(of selector: PromQLSelector) -> [ScrapeConfiguration] {
    let matchers = selector.matchers.filter { $0.name == "job" }
    let jobs = prometheus.flatMap(\.jobs)
    let named = jobs.filter { job in matchers.allSatisfy { $0.accepts(job.name) } }
    let fitting = named.isEmpty ? jobs.filter(\.isRenamed) : named
    guard let metric = selector.name, !ExportedLabels.ofScrapes.contains(metric),
      let source = labels.source(of: metric)
    else {
      return matchers.isEmpty ? [] : fitting
    }
    return fitting.filter { $0.scrapes(source) }
  }

  /// The shortest time between two scrapes of what a selector reads, in milliseconds; nil where nobody can tell.
  func scrapeInterval(of selector: PromQLSelector) -> Int64? { jobs(of: selector).map(\.interval).min() }

  public struct Builder: Sendable {
    fileprivate let facts: ContractFacts
    fileprivate var recorded: Set<String> = []
    /// By the name under which rules record their results; nil for what is no PromQL.
    fileprivate var expressions: [String: [PromQLExpression?]] = [:]
    fileprivate var dcgmFields: Set<String>?
    fileprivate var gateways: [LiteLLMConfiguration] = []
    fileprivate var prometheus: [PrometheusConfiguration] = []
    fileprivate var routes: [AlertRoutes] = []
    fileprivate var rules: [RecordingRule] = []
    fileprivate var alerts: [CarryingAlert] = []
    fileprivate var library = TemplateLibrary(.alertmanager)
    fileprivate var libraryFiles: [ConfigFile] = []
    fileprivate var guards: Set<AbsenceGuard> = []
    fileprivate var libraryPanels: Set<String> = []
    fileprivate var sources = GrafanaSources()
    /// Rules of Grafana, which can be read for good when all sources are known.
    private var waiting: [(rule: Rule, path: String)] = []
    fileprivate var settings: SettingsCheck
    fileprivate var embedded: [String: EmbeddedFile.Place] = [:]

    public init(_ facts: ContractFacts) {
      self.facts = facts
      settings = SettingsCheck(facts.settings)
    }

    /// The tree of all files that were added.
    public func tree() -> CheckedTree {
      var whole = self
      for (rule, path) in waiting { whole.note(rule.asking(sources), path: path) }
      return CheckedTree(whole)
    }

    /// Takes note of what one file, and those that it holds, say about the others.
    public mutating func add(_ file: ConfigFile) {
      let parts = FileParts(file)
      for inner in parts.embedded { embedded[inner.file.path] = inner.place }
      for part in parts.files { note(part) }
    }

    private mutating func note(_ file: ConfigFile) {
      settings.add(file)
      switch file.role {
      case .dcgmCounters: dcgmFields = (dcgmFields ?? []).union(Self.fields(of: file.bytes))
      case .prometheusConfig:
        prometheus += CheckedFile(file).documents.map { PrometheusConfiguration($0, path: file.path) }
      case .litellmConfig: gateways += CheckedFile(file).documents.map { LiteLLMConfiguration($0) }
      case .alertmanagerConfig: routes += CheckedFile(file).documents.map { AlertRoutes($0, path: file.path) }
      case .dashboard: libraryPanels.formUnion(CheckedFile(file).dashboards.flatMap(\.held))
      case .rules: add(CheckedFile(file))
      case .grafanaProvisioning:
        let checked = CheckedFile(file)
        for document in checked.documents { sources.add(document) }
        routes += checked.documents.flatMap { AlertRoutes.ofGrafana($0, path: file.path) }
        add(checked)
      // One that is none has no definitions that others could call.
      case .template:
        let name = String(file.path.split(separator: "/").last ?? "")
        if (try? library.add(file.bytes, name: name)) != nil { libraryFiles.append(file) }
      default: break
      }
    }

    private mutating func add(_ file: CheckedFile) {
      waiting += file.rules.filter(\.isManaged).map { ($0, file.path) }
      for rule in file.rules where !rule.isManaged { note(rule, path: file.path) }
    }

    private mutating func note(_ rule: Rule, path: String) {
      if let name = rule.recorded {
        recorded.insert(name)
        expressions[name, default: []].append(rule.isManaged ? nil : rule.queries.first?.expression)
      }
      guards.formUnion(AbsenceGuard.all(in: rule))
      rules += RecordingRule.all(in: rule, path: path)
      alerts += CarryingAlert.all(in: rule, path: path)
    }

    /// First fields of the lines that are no comments and whose type makes a metric.
    private static func fields(of csv: [UInt8]) -> [String] {
      String(decoding: csv, as: UTF8.self).split(whereSeparator: \.isNewline).compactMap { line in
        let parts = line.split(separator: ",", maxSplits: 2).map { $0.filter { !$0.isWhitespace } }
        guard parts.count == 3, !parts[0].hasPrefix("#"), parts[1] == "gauge" || parts[1] == "counter" else {
          return nil
        }
        return String(parts[0])
      }
    }
  }
}
