import Syntax

/// What the templates let out that Alertmanager and Grafana bring along and that configurations call by name.
///
/// Each stands here as a template of our own with the same reach (`template/default.tmpl` and `email.tmpl` of Alertmanager 0.34,
/// `templates/default_template.go` of grafana/alerting).
enum KnownTemplates {
  static func body(_ name: String, in dialect: TemplateDialect) -> [GoTemplate.Node]? {
    switch dialect {
    case .alertmanager: alertmanager[name] ?? nil
    case .grafanaNotifications: grafana[name] ?? alertmanager[name] ?? nil
    case .prometheus, .loki, .promtail, .grafanaRules: nil
    }
  }

  private static let subject =
    "{{ .Status }}{{ if .Alerts }}{{ .GroupLabels.Values }}{{ end }}{{ if .CommonLabels }}{{ .CommonLabels.Values }}{{ end }}"
  private static let link = "{{ .ExternalURL }}{{ .Receiver }}"
  private static let alerts = "{{ range . }}{{ .Labels }}{{ .Annotations }}{{ .GeneratorURL }}{{ end }}"
  private static let allAlerts = "{{ range .Alerts }}{{ .Labels }}{{ .Annotations }}{{ .GeneratorURL }}{{ end }}"
  private static let email = subject + link + "{{ .GroupLabels }}" + allAlerts
  private static let state = "{{ if .Status }}{{ end }}"
  private static let priority = "{{ range .Alerts }}{{ if .Labels.severity }}{{ end }}{{ end }}"

  private static let alertmanager = parsed(
    .alertmanager,
    [
      subject: [
        "__subject", "slack.default.title", "pagerduty.default.description", "opsgenie.default.message",
        "victorops.default.entity_display_name", "pushover.default.title", "sns.default.subject",
        "discord.default.title",
        "msteams.default.summary", "msteams.default.title", "msteamsv2.default.title", "jira.default.summary",
        "rocketchat.default.title", "mattermost.default.title", "email.default.subject",
      ],
      link: [
        "__alertmanagerURL", "slack.default.titlelink", "pagerduty.default.clientURL", "opsgenie.default.source",
        "pushover.default.url", "rocketchat.default.titlelink", "mattermost.default.titlelink",
      ],
      subject + link: ["slack.default.fallback", "mattermost.default.fallback"],
      alerts: ["__text_alert_list", "__text_alert_list_markdown", "pagerduty.default.instances"],
      "{{ .CommonAnnotations.Values }}" + allAlerts: [
        "opsgenie.default.description", "victorops.default.state_message", "pushover.default.message",
        "sns.default.message",
        "webex.default.message",
      ],
      subject + link + "{{ .CommonAnnotations.Values }}" + allAlerts: ["wechat.default.message"],
      allAlerts: [
        "telegram.default.message", "discord.default.message", "msteams.default.text", "msteamsv2.default.text",
        "jira.default.description", "mattermost.default.text",
      ],
      email: ["email.default.html"],
      state: ["slack.default.color", "mattermost.default.color"],
      priority: ["jira.default.priority"],
      "": [
        "__alertmanager", "__description", "slack.default.username", "slack.default.callbackid",
        "slack.default.pretext",
        "slack.default.iconemoji", "slack.default.iconurl", "slack.default.text", "slack.default.footer",
        "pagerduty.default.client", "wechat.default.to_user", "wechat.default.to_party", "wechat.default.to_tag",
        "wechat.default.agent_id", "victorops.default.monitoring_tool", "discord.default.content",
        "rocketchat.default.alias",
        "rocketchat.default.emoji", "rocketchat.default.iconurl", "rocketchat.default.text",
        "mattermost.default.username",
      ],
    ])

  private static let extended =
    "{{ .Labels }}{{ .Annotations }}{{ .Values }}{{ .GeneratorURL }}{{ .SilenceURL }}{{ .DashboardURL }}{{ .PanelURL }}"

  private static let grafana = parsed(
    .grafanaNotifications,
    [
      subject: ["default.title"],
      "{{ .Values }}": ["__text_values_list"],
      "{{ range . }}" + extended + "{{ end }}": ["__text_alert_list", "__teams_text_alert_list"],
      "{{ range .Alerts }}" + extended + "{{ end }}": ["default.message", "teams.default.message"],
      "{{ .AppVersion }}": ["slack.default.footer"],
      state: ["webhook.default.payload.state"],
      subject + link + "{{ .GroupLabels }}{{ .CommonLabels }}{{ .CommonAnnotations }}{{ .GroupKey }}{{ .Alerts }}": [
        "webhook.default.payload"
      ],
    ])

  private static func parsed(_ dialect: TemplateDialect, _ names: [String: [String]]) -> [String: [GoTemplate.Node]?] {
    var bodies: [String: [GoTemplate.Node]?] = [:]
    for (text, names) in names {
      let body = try? GoTemplate(text, dialect: dialect).root
      for name in names { bodies[name] = body }
    }
    return bodies
  }
}
