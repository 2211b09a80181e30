public import Fleet
import Vocabulary

/// Which sinks, series and streams an inventory knows by the job and the machine that they bear.
public struct FleetSources: Sendable {
  /// Sources that the inventory runs and that the policy has contracts for. Jobs bear their names.
  private let sources: Set<String>
  private let hosts: Set<String>
  private let ports: [Int: ScrapeJob]
  private let instances: Set<String>

  /// What a management node runs, and every node (source: the platform's own table of services).
  private static let management = ["prometheus", "alertmanager", "loki"]
  private static let shippers = ["promtail", "alloy"]

  init(_ fleet: Fleet, known: Set<String>) {
    let jobs = ScrapeJob.allCases.filter { !fleet.targets(of: $0).isEmpty }
    var sources = Set(jobs.map(\.rawValue))
    if !fleet.nodes(with: .management).isEmpty { sources.formUnion(Self.management) }
    if !fleet.nodes.isEmpty { sources.formUnion(Self.shippers) }
    self.sources = sources.intersection(known)
    hosts = Set(fleet.nodes.map(\.name))
    ports = Dictionary(uniqueKeysWithValues: jobs.map { ($0.port, $0) })
    instances = Set(jobs.flatMap { job in fleet.targets(of: job).map(\.instance) })
  }

  /// For the jobs of the inventory alone, whatever contracts there are.
  public init(_ fleet: Fleet) { self.init(fleet, known: Set(ScrapeJob.allCases.map(\.rawValue))) }

  /// The source that a job's series and streams come from.
  func source(ofJob job: String) -> String? { sources.contains(job) ? job : nil }

  /// The source of a whole sink: an exporter `JOB@NODE`, a log `JOB@NODE.log`, `JOB/NODE.log` or `JOB.log`.
  func source(of sink: Sink) -> String? {
    switch sink.kind {
    case .exporter: return source(named: sink.name.split(separator: "/").last.map(String.init) ?? "")
    case .logFile, .text:
      let parts = sink.name.split(separator: "/").map(String.init)
      guard let file = parts.last, file.hasSuffix(".log") else { return nil }
      let name = String(file.dropLast(4))
      if parts.count > 1, hosts.contains(name), let source = source(ofJob: parts[parts.count - 2]) { return source }
      return source(named: name) ?? source(ofJob: name)
    default: return nil
    }
  }

  private func source(named name: String) -> String? {
    let parts = name.split(separator: "@", maxSplits: 1).map(String.init)
    guard parts.count == 2, hosts.contains(parts[1]) else { return nil }
    return source(ofJob: parts[0])
  }

  /// The logical name `JOB@NODE` of an endpoint that is a target of the inventory. A host may bear its domain.
  public func name(ofHost host: String, port: Int) -> String? {
    guard let job = ports[port] else { return nil }
    let short = host.prefix { $0 != "." }
    for host in [host, String(short)] where instances.contains("\(host):\(port)") { return "\(job.rawValue)@\(host)" }
    return nil
  }
}
