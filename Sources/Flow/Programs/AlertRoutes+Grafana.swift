import Syntax

extension AlertRoutes {
  /// Contact points and notification policies of Grafana: those of a file of its provisioning, or of each resource of
  /// grafana-operator.
  ///
  /// Sources: Grafana's documentation of provisioning alerting resources by files (9 to 13): `contactPoints`, `policies`;
  /// grafana/grafana-operator api/v1beta1 (`GrafanaContactPoint`, `GrafanaNotificationPolicy`, `GrafanaNotificationPolicyRoute`).
  static func ofGrafana(_ document: PositionedValue, path: String) -> [AlertRoutes] {
    let file = PlacedValue(document)
    guard file["contactPoints"] == nil, file["policies"] == nil else {
      let receivers = file["contactPoints"]?.elements.compactMap { point in
        point["name"]?.string.map { receiver($0, point, point["receivers"]?.elements ?? [], path: path) }
      }
      return [AlertRoutes(ofGrafanaIn: path, route: file["policies"]?.elements.first, receivers: receivers ?? [])]
    }
    return Manifest.resources(in: document).compactMap { resource in
      guard let spec = resource["spec"] else { return nil }
      switch resource["kind"]?.string {
      case "GrafanaContactPoint":
        guard let name = spec["name"]?.text ?? resource["metadata"]?["name"]?.string else { return nil }
        let point = receiver(name, spec, integrations(of: spec), path: path)
        return AlertRoutes(ofGrafanaIn: path, route: nil, receivers: [point])
      case "GrafanaNotificationPolicy": return AlertRoutes(ofGrafanaIn: path, route: spec["route"], receivers: [])
      // Where the operator puts it depends on labels; it stands for itself here, and takes what its matchers take.
      case "GrafanaNotificationPolicyRoute": return AlertRoutes(ofGrafanaIn: path, route: spec, receivers: [])
      default: return nil
      }
    }
  }

  /// What of a document of Grafana's alerting holds texts of notifications.
  ///
  /// Sources: those of `ofGrafana`, with `templates` and `GrafanaNotificationTemplate`.
  static func texts(ofGrafanas document: PositionedValue) -> [PlacedValue] {
    let file = PlacedValue(document)
    return [file["contactPoints"], file["templates"]].compactMap(\.self)
      + Manifest.resources(in: document).flatMap { resource -> [PlacedValue] in
        guard let spec = resource["spec"] else { return [] }
        switch resource["kind"]?.string {
        case "GrafanaContactPoint": return integrations(of: spec)
        case "GrafanaNotificationTemplate": return spec["template"].map { [$0] } ?? []
        default: return []
        }
      }
  }

  /// The operator takes the integration that stands in `spec` itself only where there is no list of them
  /// (controllers/contactpoint_controller.go, `TopLevelReceiverFallback`).
  private static func integrations(of spec: PlacedValue) -> [PlacedValue] {
    let receivers = spec["receivers"]?.elements ?? []
    return receivers.isEmpty ? [spec] : receivers
  }

  private static func receiver(
    _ name: String, _ point: PlacedValue, _ integrations: [PlacedValue], path: String
  ) -> Receiver {
    let integrations = integrations.compactMap { integration -> Integration? in
      guard let kind = integration["type"]?.string else { return nil }
      let settings = integration["settings"] ?? integration
      return Integration(kind: kind, value: settings.value, pointer: settings.pointer)
    }
    return Receiver(name: name, integrations: integrations, place: FlowPlace(path, point.value))
  }

  private init(ofGrafanaIn path: String, route: PlacedValue?, receivers: [Receiver]) {
    self.path = path
    isGrafanas = true
    self.route = route.map { Route($0.value, inheriting: nil, depth: 0) }
    self.receivers = receivers
  }
}
