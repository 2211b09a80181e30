/// The inventory of the platform: the nodes, what they run, the models they serve, where alerts go.
public struct Fleet: Sendable, Hashable {
  /// Version of the file's format; only 1 is known.
  public static let version = 1

  /// Short name of the site, used as Prometheus's external label `site`.
  public var site: String
  public var nodes: [Node]
  /// Models by served name (`--served-model-name`), each served by every GPU node that lists it.
  public var models: [Model]
  public var receivers: [Receiver]

  public init(site: String, nodes: [Node], models: [Model], receivers: [Receiver]) {
    self.site = site
    self.nodes = nodes
    self.models = models
    self.receivers = receivers
  }

  /// All that the inventory says, as text that equal fleets share in every process; the order of a set differs between processes.
  public var canonicalText: String {
    let nodes = nodes.map { node in
      "\(node.name) [\(node.roles.map(\.rawValue).sorted().joined(separator: " "))] \(String(describing: node.gpus))"
    }
    return "\(site)\n\(nodes.joined(separator: "\n"))\n\(models)\n\(receivers)"
  }

  /// Nodes that have a role, in the order of the file.
  public func nodes(with role: Role) -> [Node] { nodes.filter { $0.roles.contains(role) } }
}

/// What a node is for.
public enum Role: String, Sendable, Hashable, CaseIterable {
  /// Prometheus :9090, Alertmanager :9093, Grafana :3000, Loki :3100.
  case management
  /// vLLM :8000 under Slurm, DCGM exporter :9400.
  case gpu
  /// LiteLLM :4000.
  case gateway
}

/// One machine. Every node runs node exporter :9100 and Promtail.
public struct Node: Sendable, Hashable {
  public var name: String
  public var roles: Set<Role>
  /// Set exactly for nodes with the role `gpu`.
  public var gpus: GPUs?

  public init(name: String, roles: Set<Role>, gpus: GPUs? = nil) {
    self.name = name
    self.roles = roles
    self.gpus = gpus
  }
}

/// The GPUs of a node, all alike.
public struct GPUs: Sendable, Hashable {
  public var count: Int
  /// As DCGM prints it in `modelName`, e.g. `NVIDIA H100 80GB HBM3`.
  public var name: String
  /// Framebuffer of one GPU in MiB (used + free + reserved).
  public var memoryMiB: Int
  /// Served name of the model that runs there.
  public var serves: String

  public init(count: Int, name: String, memoryMiB: Int, serves: String) {
    self.count = count
    self.name = name
    self.memoryMiB = memoryMiB
    self.serves = serves
  }
}

/// A model as vLLM serves it.
public struct Model: Sendable, Hashable {
  /// `--served-model-name`, and LiteLLM's `model_name`.
  public var name: String
  /// Path or hub id passed to `vllm serve`.
  public var weights: String
  /// `--max-model-len`.
  public var maxModelLength: Int
  /// `--max-num-seqs`.
  public var maxSequences: Int
  /// `--gpu-memory-utilization`.
  public var memoryUtilization: Double

  public init(
    name: String, weights: String, maxModelLength: Int, maxSequences: Int, memoryUtilization: Double
  ) {
    self.name = name
    self.weights = weights
    self.maxModelLength = maxModelLength
    self.maxSequences = maxSequences
    self.memoryUtilization = memoryUtilization
  }
}

/// Where Alertmanager sends notifications.
public struct Receiver: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable { case webhook, email }

  public var name: String
  public var kind: Kind
  /// URL of a webhook, or an e-mail address.
  public var target: String
  /// Host and port of the mail relay; read for e-mail only. Default: the management node's own.
  public var smarthost: String
  /// Sender of the mail; read for e-mail only.
  public var sender: String

  public init(
    name: String, kind: Kind, target: String, smarthost: String = "localhost:25",
    sender: String = "alertmanager@localhost"
  ) {
    self.name = name
    self.kind = kind
    self.target = target
    self.smarthost = smarthost
    self.sender = sender
  }
}

/// One scrape job of the platform and its port.
///
/// Source: the platform's own table of services (vLLM :8000, LiteLLM :4000, node exporter :9100, DCGM exporter :9400).
public enum ScrapeJob: String, Sendable, Hashable, CaseIterable {
  case vllm
  case litellm
  case nodeExporter = "node-exporter"
  case dcgmExporter = "dcgm-exporter"

  public var port: Int {
    switch self {
    case .vllm: 8000
    case .litellm: 4000
    case .nodeExporter: 9100
    case .dcgmExporter: 9400
    }
  }

  /// The role that runs it; nil where every node does.
  public var role: Role? {
    switch self {
    case .vllm, .dcgmExporter: .gpu
    case .litellm: .gateway
    case .nodeExporter: nil
    }
  }
}

extension Fleet {
  /// The scrape targets of a job as `node:port`, in the order of the file.
  public func targets(of job: ScrapeJob) -> [(node: Node, instance: String)] {
    nodes.filter { node in job.role.map(node.roles.contains) ?? true }.map { ($0, "\($0.name):\(job.port)") }
  }
}
