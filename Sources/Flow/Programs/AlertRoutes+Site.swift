import Syntax

/// Where each kind of receiver sends, unless it is told otherwise.
///
/// Source: alertmanager/config/config.go and notifiers.go (0.25 to 0.28); Grafana's documentation of contact points (9 to 13).
extension AlertRoutes.Integration {
  /// The value that says that it sends outside the site, or the integration itself where its kind says it.
  func outside(_ site: Site) -> (pointer: String, value: PositionedValue)? {
    for key in Self.addresses[kind] ?? [] {
      guard let address = value[key] else { continue }
      return Self.isOutside(address, site) ? ("\(pointer)/\(key)", address) : nil
    }
    let isOutside = common.map { Self.isOutside($0, site) } ?? Self.services.contains(kind)
    return isOutside ? (pointer, value) : nil
  }

  /// Its kind where it is one of those that are known here, and may be printed.
  var knownKind: String { Self.services.contains(kind) || Self.addresses[kind] != nil ? kind : "unknown" }

  /// The key of `global` that says where a kind sends unless an integration does.
  static func commonKey(of kind: String) -> String {
    switch kind {
    case "email": "smtp_smarthost"
    case "pagerduty": "pagerduty_url"
    default: "\(kind)_api_url"
    }
  }

  private static func isOutside(_ address: PositionedValue, _ site: Site) -> Bool {
    HostName(address.string ?? "").map(site.isOutside) ?? false
  }

  /// Kinds that send to one company's servers unless an address says otherwise.
  private static let services: Set<String> = [
    "dingding", "discord", "googlechat", "incidentio", "jira", "line", "msteams", "msteamsv2", "opsgenie", "pagerduty",
    "pushover", "rocketchat", "slack", "sns", "teams", "telegram", "threema", "victorops", "webex", "wechat", "wecom",
  ]

  /// The keys that say where a kind sends, those of Alertmanager before Grafana's.
  private static let addresses: [String: [String]] = [
    "webhook": ["url"], "email": ["smarthost"], "slack": ["api_url", "url"], "discord": ["webhook_url", "url"],
    "msteams": ["webhook_url"], "msteamsv2": ["webhook_url"], "opsgenie": ["api_url", "apiUrl"], "pagerduty": ["url"],
    "victorops": ["api_url", "url"], "telegram": ["api_url"], "webex": ["api_url"], "wechat": ["api_url"],
    "sns": ["api_url"], "teams": ["url"], "googlechat": ["url"],
    "prometheus-alertmanager": ["url"], "kafka": ["kafkaRestProxy"],
    "jira": ["api_url"], "rocketchat": ["api_url"],
  ]
}
