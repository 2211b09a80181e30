public import Fleet

/// One exporter of the platform as Prometheus sees it.
public struct PlatformTarget: Sendable, Hashable {
  public var job: ScrapeJob
  /// Name of the node in the fleet.
  public var node: String
  /// The label `instance`, e.g. `gpu-node1:8000`.
  public var instance: String

  public init(job: ScrapeJob, node: String, instance: String) {
    self.job = job
    self.node = node
    self.instance = instance
  }

  /// Logical name of its sinks, e.g. `vllm@gpu-node1`.
  public var name: String { "\(job.rawValue)@\(node)" }
}

extension Fleet {
  /// Every target of the fleet, by job and then in the order of the file.
  var platformTargets: [PlatformTarget] {
    ScrapeJob.allCases.flatMap { job in
      targets(of: job).map { PlatformTarget(job: job, node: $0.node.name, instance: $0.instance) }
    }
  }
}
