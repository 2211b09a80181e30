import Foundation

/// One notification that Alertmanager sent.
public struct Notification: Sendable, Hashable {
  /// Place of the receiver in the Alertmanager configuration.
  public var receiver: Int
  /// The webhook's body as it came (JSON, version 4).
  public var body: [UInt8]

  public init(receiver: Int, body: [UInt8]) {
    self.receiver = receiver
    self.body = body
  }

  /// Source: the webhook's format, captured from Alertmanager 0.25.
  private struct Payload: Decodable {
    struct Alert: Decodable {
      var status: String
      var labels: [String: String]
    }
    var alerts: [Alert]
  }

  /// Name and status (`firing`, `resolved`) of each alert in it; empty where the body is not Alertmanager's.
  var alerts: [(name: String, status: String)] {
    guard let payload = try? JSONDecoder().decode(Payload.self, from: Data(body)) else { return [] }
    return payload.alerts.map { ($0.labels["alertname"] ?? "", $0.status) }
  }
}
