import Syntax
import Vocabulary

/// A receiver that sends alerts to somebody else's system: whatever gets into an alert leaves the site.
///
/// Source: alertmanager/config/notifiers.go (0.25 to 0.28): where each kind of receiver sends, unless it is told otherwise.
enum ReceiverOutsideSite: ConfigCheck {
  static let rule = "receiver-outside-site"
  static let title = "Alerts stay in the site"
  static let why = """
    What a receiver of somebody else's service gets has left the platform, and with it whatever got into the alert.
    """

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    file.documents.flatMap { document -> [ConfigFinding] in
      let routes: AlertRoutes?
      switch file.role {
      case .alertmanagerConfig: routes = AlertRoutes(document, path: file.path)
      case .grafanaProvisioning: routes = AlertRoutes(grafana: document, path: file.path)
      default: routes = nil
      }
      let mailHost = document["global"]?["smtp_smarthost"]
      return (routes?.receivers ?? []).flatMap { receiver in
        receiver.integrations.compactMap { integration -> ConfigFinding? in
          guard let place = outside(integration, mailHost) else { return nil }
          return file.finding(
            rule, .hygiene, .alert, at: place,
            "alerts leave the site through a receiver of kind \(printable(integration))",
            remedy: "send to a system of the site, or accept it: with an end, an owner and a reason")
        }
      }
    }
  }

  /// The value that says where it sends, or the receiver itself where its kind says it.
  private static func outside(
    _ integration: AlertRoutes.Integration, _ mailHost: PositionedValue?
  ) -> (pointer: String, value: PositionedValue)? {
    for key in addresses[integration.kind] ?? [] {
      guard let value = integration.value[key] else { continue }
      guard let host = HostName(value.string ?? ""), host.isPublic else { return nil }
      return ("\(integration.pointer)/\(key)", value)
    }
    if integration.kind == "email" {
      guard let host = mailHost?.string.flatMap(HostName.init), host.isPublic else { return nil }
    } else if !services.contains(integration.kind) {
      return nil
    }
    return (integration.pointer, integration.value)
  }

  private static func printable(_ integration: AlertRoutes.Integration) -> String {
    services.contains(integration.kind) || addresses[integration.kind] != nil ? integration.kind : "unknown"
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

  static let examples = [
    CheckExample(
      .alertmanagerConfig,
      """
      route: {receiver: chat}
      receivers:
        - name: chat
          slack_configs: [↓{channel: '#alerts'}]
        - name: duty
          pagerduty_configs: [↓{routing_key_file: /run/key}]
        - name: hook
          webhook_configs: [{url: ↓'https://hooks.example.com/x'}]
        - name: mail
          email_configs: [{to: a@b, smarthost: ↓'smtp.example.com:587'}]
      """),
    CheckExample(
      .alertmanagerConfig,
      "global: {smtp_smarthost: 'smtp.example.com:587'}\nreceivers: [{name: m, email_configs: [↓{to: a@b}]}]\n"),
    CheckExample(
      .grafanaProvisioning,
      """
      apiVersion: 1
      contactPoints:
        - name: chat
          receivers:
            - {uid: a, type: slack, settings: {url: ↓'https://hooks.example.com/x'}}
            - {uid: b, type: telegram, settings: ↓{chatid: '1'}}
            - {uid: c, type: webhook, settings: {url: 'http://bridge:8080/'}}
      """),
  ]

  static let counterExamples = [
    CheckExample(
      .alertmanagerConfig,
      """
      route: {receiver: hook}
      receivers:
        - name: hook
          webhook_configs:
            - {url: 'http://127.0.0.1:9999/x'}
            - {url: 'http://10.1.2.3/x'}
            - {url: 'http://alert-bridge:8080/x'}
            - {url: 'https://chat.platform.internal/x'}
            - {url: '${HOOK}'}
            - {url_file: /etc/hook}
        - name: mail
          email_configs: [{to: a@b, smarthost: 'mail:25'}]
        - name: own
          opsgenie_configs: [{api_url: 'http://opsgenie.corp.lan/'}]
      """)
  ]
}
