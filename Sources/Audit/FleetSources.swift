public import Fleet
import Vocabulary

/// Which sinks, series and streams an inventory knows by the job and the machine that they bear.
public struct FleetSources: Sendable {
  /// Sources that the inventory runs. Jobs bear their names.
  private let sources: Set<String>
  /// Those that the policy has clauses for: a contract that states no metrics says nothing about series.
  private let metrics: Set<String>
  private let logs: Set<String>
  private let hosts: Set<String>
  private let ports: [Int: ScrapeJob]
  private let instances: Set<String>

  /// What a management node runs, and every node (source: the platform's own table of services).
  private static let management = ["prometheus", "alertmanager", "loki"]
  private static let shippers = ["promtail", "alloy"]

  /// - Parameters:
  ///   - metrics: sources of contracts with clauses on metrics.
  ///   - logs: sources of contracts with clauses on logs.
  init(_ fleet: Fleet, metrics: Set<String>, logs: Set<String>) {
    let jobs = ScrapeJob.allCases.filter { !fleet.targets(of: $0).isEmpty }
    var sources = Set(jobs.map(\.rawValue))
    if !fleet.nodes(with: .management).isEmpty { sources.formUnion(Self.management) }
    if !fleet.nodes.isEmpty { sources.formUnion(Self.shippers) }
    self.sources = sources
    // Alloy's contract states the series of its components and not those of the libraries in it.
    self.metrics = metrics.subtracting(["alloy"])
    self.logs = logs
    hosts = Set(fleet.nodes.map(\.name))
    ports = Dictionary(uniqueKeysWithValues: jobs.map { ($0.port, $0) })
    instances = Set(jobs.flatMap { job in fleet.targets(of: job).map(\.instance) })
  }

  /// For the jobs of the inventory alone, whatever contracts there are.
  public init(_ fleet: Fleet) { self.init(fleet, metrics: [], logs: []) }

  /// The source that a job's series come from.
  func source(ofSeries job: String) -> String? { sources.contains(job) && metrics.contains(job) ? job : nil }

  /// The source that a job's log comes from.
  func source(ofLog job: String) -> String? { sources.contains(job) && logs.contains(job) ? job : nil }

  /// The source of a whole sink: an exporter `JOB@NODE`, a log `JOB@NODE.log`, `JOB/NODE.log` or `JOB.log`.
  func source(of sink: Sink) -> String? {
    switch sink.kind {
    case .exporter: return job(sink.name.split(separator: "/").last.map(String.init) ?? "").flatMap(source(ofSeries:))
    case .logFile, .text:
      let parts = sink.name.split(separator: "/").map(String.init)
      guard let file = parts.last, file.hasSuffix(".log") else { return nil }
      let name = String(file.dropLast(4))
      if parts.count > 1, hosts.contains(name), let source = source(ofLog: parts[parts.count - 2]) { return source }
      return source(ofLog: job(name) ?? name)
    default: return nil
    }
  }

  /// The job of a name `JOB@NODE`.
  private func job(_ name: String) -> String? {
    let parts = name.split(separator: "@", maxSplits: 1).map(String.init)
    return parts.count == 2 && hosts.contains(parts[1]) ? parts[0] : nil
  }

  /// The logical name `JOB@NODE` of an endpoint that is a target of the inventory. A host may bear its domain.
  public func name(ofHost host: String, port: Int) -> String? {
    guard let job = ports[port] else { return nil }
    let short = host.prefix { $0 != "." }
    for host in [host, String(short)] where instances.contains("\(host):\(port)") { return "\(job.rawValue)@\(host)" }
    return nil
  }
}
