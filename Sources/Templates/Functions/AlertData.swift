/// Alertmanager's lists of pairs and alerts (`template.KV`, `Pairs`, `Alerts`).
enum AlertData {
  typealias List = TemplateValue.List

  /// Names with the alert's name first.
  static func sorted(_ map: TemplateValue.Map) -> [String] {
    let names = map.names
    return names.contains("alertname") ? ["alertname"] + names.filter { $0 != "alertname" } : names
  }

  static func pairs(_ map: TemplateValue.Map) -> List {
    List(
      sorted(map).map {
        .object(TemplateValue.Object(.pair, [("Name", .string($0)), ("Value", map[$0] ?? .text([]))]))
      },
      .pairs)
  }

  static func texts(_ pairs: List, _ field: String) -> TemplateValue {
    .list(
      List(
        pairs.elements.map { element in
          guard case .object(let pair) = element else { return .text([]) }
          return pair[field] ?? .text([])
        }, .texts))
  }

  static func alerts(_ alerts: List, _ status: String) -> List {
    List(
      alerts.elements.filter { element in
        guard case .object(let alert) = element else { return false }
        return alert["Status"]?.bytes == Array(status.utf8)
      }, .someAlerts)
  }
}
