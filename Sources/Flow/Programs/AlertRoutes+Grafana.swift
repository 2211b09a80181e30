import Syntax

extension AlertRoutes {
  /// Contact points and notification policies of Grafana's provisioning.
  ///
  /// Source: Grafana's documentation of provisioning alerting resources by files (9 to 13): `contactPoints`, `policies`.
  /// - Returns: nil for a document that has neither.
  init?(grafana document: PositionedValue, path: String) {
    let points = document["contactPoints"]?.array
    let policies = document["policies"]?.array
    guard points != nil || policies != nil else { return nil }
    self.path = path
    isGrafanas = true
    route = policies?.first.map { Route($0, inheriting: nil, depth: 0) }
    receivers = (points ?? []).enumerated().compactMap { index, value in
      guard let name = value["name"]?.string else { return nil }
      let integrations = (value["receivers"]?.array ?? []).enumerated().compactMap { place, receiver -> Integration? in
        guard let kind = receiver["type"]?.string else { return nil }
        let settings = receiver["settings"]
        let pointer = "/contactPoints/\(index)/receivers/\(place)"
        return Integration(
          kind: kind, value: settings ?? receiver, pointer: settings == nil ? pointer : "\(pointer)/settings")
      }
      return Receiver(name: name, integrations: integrations, place: FlowPlace(path, value))
    }
  }
}
