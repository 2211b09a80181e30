/// One place where telemetry lands.
///
/// `name` is logical (`vllm@gpu-node1`, `rules/alerts.yaml`) and never host:port, so that a fingerprint survives a move.
public struct Sink: Sendable, Codable, Hashable, Comparable {
  public enum Kind: String, Sendable, Codable, CaseIterable, Hashable {
    case exporter, prometheus, loki, alertmanager, notification, rules, dashboard, template, config, text
    case logFile = "log"
  }

  public var kind: Kind
  public var name: String

  public init(_ kind: Kind, _ name: String) {
    self.kind = kind
    self.name = name
  }

  public static func < (left: Sink, right: Sink) -> Bool {
    (left.kind.rawValue, left.name) < (right.kind.rawValue, right.name)
  }
}

extension Sink: CustomStringConvertible {
  public var description: String { "\(kind.rawValue):\(name)" }
}
