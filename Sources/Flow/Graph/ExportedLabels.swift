import Contracts
import Vocabulary

/// Whose words the labels of exported metrics may hold, as the contracts say.
struct ExportedLabels: Sendable {
  enum Nature: Sendable, Hashable {
    /// Nobody outside the platform chooses it.
    case closed
    /// A client chooses it, unless the program is configured or relabelled so as not to.
    case client
    /// It is cut out of log lines.
    case line
    /// The contract of the metric says nothing of such a label.
    case unclaimed
    /// No contract states the metric.
    case unknown

    /// Whether it is known to hold words of somebody outside the platform.
    var isForeign: Bool { self == .client || self == .line }

    /// How grave it is that somebody reads it: of what no contract states nobody knows whose words it holds.
    var severity: Severity { isForeign ? .exposure : .hygiene }

    /// As what follows "a label" in a report.
    var clause: String {
      switch self {
      case .closed: "that the platform chooses"
      case .client: "that a client chooses"
      case .line: "that holds text of log lines"
      case .unclaimed, .unknown: "that no contract states"
      }
    }
  }

  struct Family: Sendable {
    var source: Int
    var clients: [String]
    var closed: Set<String>
    /// Labels of clients that the program is configured to leave out.
    var absent: Set<String> = []
  }

  struct Source: Sendable {
    var title: String
    var id: String
    var prefixes: [String]
    /// Labels that clients choose on some metric of it: another version may have them on others too.
    var clients: Set<String>
    var forbidden: [ForbiddenLabel]

    func forbids(_ label: String) -> Bool { forbidden.contains { $0.names(label) } }

    /// Whether a setting makes label names of what clients send, with that beginning.
    func isClients(_ label: String) -> Bool { forbidden.contains { $0.isPrefix && $0.names(label) } }
  }

  private(set) var sources: [Source] = []
  var families: [String: Family] = [:]
  /// Metrics that have a label which a client chooses, sorted.
  var open: [String] = []
  /// Labels that clients choose on some metric, and those that somebody else does on some.
  var clients: Set<String> = []
  private var closed: Set<String> = []

  init(_ contracts: some Sequence<Contract>) {
    for contract in contracts.sorted(by: { $0.source < $1.source }) {
      sources.append(
        Source(
          title: contract.title.english, id: contract.source, prefixes: contract.prefixes,
          clients: Set(contract.metrics.flatMap { $0.labels.filter(\.isClients).map(\.name) }),
          forbidden: contract.forbiddenLabels))
      for clause in contract.metrics {
        let clients = clause.labels.filter(\.isClients).map(\.name)
        let closed = Set(clause.labels.map(\.name)).subtracting(clients)
        self.clients.formUnion(clients)
        self.closed.formUnion(closed)
        for sample in clause.sampleNames {
          families[sample] = Family(source: sources.count - 1, clients: clients, closed: closed)
          if !clients.isEmpty { open.append(sample) }
        }
      }
    }
    open.sort()
  }

  /// Labels that whoever scrapes, records or alerts adds.
  static let added: Set<String> = ["__name__", "job", "instance", "le", "quantile", "alertname", "alertstate"]

  /// What Prometheus says of each scrape itself (prometheus/scrape/scrape.go), with the labels of the target.
  static let ofScrapes: Set<String> = [
    "up", "scrape_duration_seconds", "scrape_samples_scraped", "scrape_samples_post_metric_relabeling",
    "scrape_series_added", "scrape_timeout_seconds", "scrape_sample_limit", "scrape_body_size_bytes",
  ]

  /// Whether a name stands for itself in a regular expression and in YAML.
  static func isPlain(_ label: String) -> Bool {
    label.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_") }
  }

  func nature(of label: String, on metric: String) -> Nature {
    let name = label.hasPrefix("exported_") ? String(label.dropFirst("exported_".count)) : label
    if families[metric]?.absent.contains(name) == true { return .closed }
    if ConversationLabels.contains(name) { return .client }
    guard let family = families[metric] else {
      guard let source = sources.first(where: { $0.prefixes.contains(where: metric.hasPrefix) }) else {
        return .unknown
      }
      return source.isClients(name) || source.clients.contains(name)
        ? .client : source.forbids(name) ? .unclaimed : .unknown
    }
    if family.clients.contains(name) || sources[family.source].isClients(name) { return .client }
    if family.closed.contains(name) || Self.added.contains(label) { return .closed }
    let source = sources[family.source]
    if source.clients.contains(name) { return .client }
    // A metric without the program's mark in its name (`http_requests_total`) may be another program's too.
    return source.prefixes.contains(where: metric.hasPrefix) ? .unclaimed : .unknown
  }

  /// Whether a label by that name is a client's wherever it is found: some metric has it from clients, and none from anybody else.
  func isDistinctlyClients(_ label: String) -> Bool {
    ConversationLabels.contains(label) || sources.contains { $0.isClients(label) }
      || (clients.contains(label) && !closed.contains(label))
  }

  /// The labels of a metric that clients choose.
  func clientLabels(of metric: String) -> [String] { families[metric]?.clients ?? [] }

  /// The program that exports a metric, as reports call it.
  func program(of metric: String) -> String? { families[metric].map { sources[$0.source].title } }

  /// Whether a job's name is that of another program.
  func isOther(_ job: String, than source: String) -> Bool {
    let named = sources.first { job.lowercased().contains($0.id.prefix { $0 != "-" }) }
    return named.map { $0.id != source } ?? false
  }

  /// The id of the contract that states a metric.
  func source(of metric: String) -> String? { families[metric].map { sources[$0.source].id } }
}
