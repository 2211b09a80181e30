import Syntax
import Vocabulary

/// A receiver that sends alerts to somebody else's system: whatever gets into an alert leaves the site.
enum ReceiverOutsideSite: ConfigCheck {
  static let rule = "receiver-outside-site"
  static let title = "Alerts stay in the site"
  static let why = """
    What a receiver of somebody else's service gets has left the platform, and with it whatever got into the alert.
    """

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    file.documents.flatMap { document -> [ConfigFinding] in
      let routes: [AlertRoutes]
      switch file.role {
      case .alertmanagerConfig: routes = [AlertRoutes(document, path: file.path)]
      case .grafanaProvisioning: routes = AlertRoutes.ofGrafana(document, path: file.path)
      default: routes = []
      }
      return routes.flatMap(\.receivers).flatMap(\.integrations).compactMap { integration in
        integration.outside(tree.facts.site).map { place in
          file.finding(
            rule, .hygiene, .alert, at: place,
            "alerts leave the site through a receiver of kind \(integration.knownKind)", remedy: Site.remedy)
        }
      }
    }
  }

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
      global: {slack_api_url: 'http://mattermost:8065/hooks/x', pagerduty_url: 'http://10.0.0.7/', smtp_smarthost: 'mail:25'}
      receivers: [{name: a, slack_configs: [{channel: c}], pagerduty_configs: [{}], email_configs: [{to: a@b}]}]
      """),
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
      """),
  ]
}
