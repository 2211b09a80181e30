import Syntax
import Vocabulary

/// A secret that stands in a configuration file: whoever reads the file, or a copy of it, can speak as the platform.
///
/// Sources: prometheus/common/config/http_config.go and prometheus/config/config.go, alertmanager/config (types Secret and SecretURL),
/// Loki's storage configuration, Grafana's provisioning (`secureJsonData`), LiteLLM's `general_settings` and `litellm_params`; what
/// Grafana keeps out of its own log (grafana/grafana pkg/setting/setting.go, `RedactedValue`).
enum SecretInConfig: ConfigCheck {
  static let rule = "secret-in-config"
  static let title = "Secrets are kept out of configurations"
  static let why = """
    Whoever reads the file, or a copy of it in a repository, can speak as the platform.
    """

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    switch file.role {
    case .rules, .dashboard, .template, .dcgmCounters: return []
    case .alloyConfig: return ofAlloy(in: file)
    case .vllmArguments, .other: return ofVariables(in: file)
    case .prometheusConfig, .promtailConfig, .alertmanagerConfig, .litellmConfig, .lokiConfig, .grafanaProvisioning,
      .grafanaConfig:
      break
    }
    return file.documents.flatMap { document in
      var findings: [ConfigFinding] = []
      document.walk { pointer, value, isKey in
        guard !isKey, let text = value.string, !isPlaceholder(text) else { return }
        guard isSecret(pointer, value) || file.role == .grafanaConfig && isSecret(ofGrafana: pointer, text) else {
          return
        }
        var finding = finding(in: file, at: (pointer, value))
        finding.paste = paste(pointer, file.role)
        findings.append(finding)
      }
      return findings
    }
  }

  static func finding(in file: CheckedFile, at place: (pointer: String, value: PositionedValue)) -> ConfigFinding {
    file.finding(
      rule, .hygiene, .config, at: place, "a secret stands in the file",
      remedy: "name a file that holds it (password_file, credentials_file, …), or a variable of the environment")
  }

  /// The entry in its place that names a file or a variable.
  private static func paste(_ pointer: String, _ role: FileRole) -> [PasteLine] {
    guard let key = pointer.split(separator: "/").last.map({ JSONPointer.unescaped($0) }) else { return [] }
    switch role {
    case .prometheusConfig, .promtailConfig, .alertmanagerConfig:
      // Discovery by Consul has a token, and no file of it.
      guard inFiles.contains(key), key != "token" || role == .alertmanagerConfig else { return [] }
      return [PasteLine([.words("\(key)_file: /run/secrets/\(key)")])]
    case .litellmConfig where pointer == "/general_settings/master_key":
      return ["master_key: os.environ/LITELLM_MASTER_KEY"]
    default: return []
    }
  }

  static func isSecret(_ pointer: String, _ value: PositionedValue) -> Bool {
    let keys = pointer.split(separator: "/").map { JSONPointer.unescaped($0) }
    // Lists of secrets: `params: {token: [...]}`, `http_headers: {X-Api-Key: {secrets: [...]}}`.
    guard let key = keys.last(where: { Int($0) == nil }) else { return false }
    if keys.dropLast().last == "secureJsonData" { return true }
    if names.contains(key) || key == "secrets" && keys.contains("http_headers") { return true }
    guard let url = value.string else { return false }
    return hasPassword(url) || tokenPaths.contains { url.contains($0) }
  }

  /// Keys of `grafana.ini` are told by their ends, since every section of a login has its `client_secret`; a connection string
  /// (`[remote_cache] connstr`) holds its password among other parts.
  static func isSecret(ofGrafana pointer: String, _ text: String) -> Bool {
    let key = pointer.split(separator: "/").last ?? ""
    return grafanaEnds.contains(where: key.hasSuffix) && text != "true" && text != "false"
      || key.hasSuffix("connstr") && text.contains("password=")
  }

  private static let grafanaEnds = [
    "password", "secret", "secret_key", "private_key", "account_key", "encryption_key", "vault_token", "api_token",
    "auth_token", "authentication_token", "forwarding_token", "install_token", "renderer_token", "webhook_token",
  ]

  /// What is put in when the program starts, or stands for what somebody has yet to put there.
  static func isPlaceholder(_ text: String) -> Bool {
    text.isEmpty || text.contains("${") || text.contains("$__") || text.contains("{{") || text.hasPrefix("$")
      || text.hasPrefix("os.environ/")
      || text.hasPrefix("<") && text.hasSuffix(">") || text.hasPrefix("[") && text.hasSuffix("]")
      || text.allSatisfy { $0 == "*" || $0 == "x" || $0 == "X" }
  }

  /// `scheme://user:password@host`
  static func hasPassword(_ url: String) -> Bool {
    guard let scheme = url.firstRange(of: "://") else { return false }
    let authority = url[scheme.upperBound...].prefix { !"/?#".contains($0) }
    guard let at = authority.lastIndex(of: "@"), let colon = authority[..<at].firstIndex(of: ":") else { return false }
    return authority.index(after: colon) < at
  }

  private static let names: Set<String> = [
    "apiKey", "apiToken", "authorization_credentials", "bottoken", "integrationKey", "userKey",
    "api_key", "api_secret", "api_token", "auth_password", "auth_secret", "bearer_token", "bot_token", "client_secret",
    "credentials", "integration_key", "master_key", "opsgenie_api_key", "password", "redis_password", "routing_key",
    "salt_key",
    "secret_access_key", "secret_key", "service_key", "smtp_auth_password", "smtp_auth_secret", "token", "user_key",
    "victorops_api_key", "wechat_api_secret",
  ]

  /// Those for which `…_file` names a file with the secret.
  private static let inFiles: Set<String> = [
    "api_key", "api_secret", "api_url", "auth_password", "auth_secret", "bearer_token", "bot_token", "client_secret",
    "credentials", "opsgenie_api_key", "password", "routing_key", "service_key", "slack_api_url", "smtp_auth_password",
    "smtp_auth_secret", "token", "user_key", "victorops_api_key", "wechat_api_secret",
  ]

  /// Addresses of which the path is the secret.
  private static let tokenPaths = [
    "hooks.slack.com/services/", "discord.com/api/webhooks/", "discordapp.com/api/webhooks/", ".webhook.office.com/",
    "api.telegram.org/bot",
  ]

  static let examples = [
    CheckExample(
      .other,
      """
      services:
        grafana:
          image: grafana/grafana
          environment:
            - ↓GF_SECURITY_ADMIN_PASSWORD=hunter2
        litellm:
          image: ghcr.io/berriai/litellm
          environment:
            ↓LITELLM_MASTER_KEY: sk-1
            ↓DATABASE_URL: postgresql://litellm:p@db:5432/litellm
      """),
    CheckExample(.other, "[Service]\nEnvironment=A=1 ↓HF_TOKEN=hf_1\nExecStart=/opt/vllm/bin/vllm serve m\n"),
    CheckExample(.other, "#!/bin/bash\n#SBATCH -N1\nexport ↓HF_TOKEN=hf_1\n↓VLLM_API_KEY=a srun vllm serve m\n"),
    CheckExample(
      .alloyConfig,
      """
      loki.write "l" {
        endpoint {
          url = ↓"https://u:p@store.example/loki"
          bearer_token = ↓"abc"
          basic_auth {
            password = ↓"p"
          }
        }
      }
      """),
    CheckExample(
      .prometheusConfig,
      """
      scrape_configs:
        - job_name: litellm
          authorization: {credentials: ↓abc123}
        - job_name: b
          basic_auth: {username: u, password: ↓'p'}
        - job_name: lists
          params: {token: [↓abc]}
          http_headers: {X-Api-Key: {secrets: [↓abc]}}
        - job_name: probes
          static_configs: [{targets: [↓'postgresql://u:p@db:5432/litellm']}]
      remote_write: [{url: ↓'https://u:p@store.example/api'}]
      """),
    CheckExample(
      .alertmanagerConfig,
      """
      global: {slack_api_url: ↓'https://hooks.slack.com/services/T0/B0/x1', smtp_auth_password: ↓p}
      receivers: [{name: a, pagerduty_configs: [{routing_key: ↓abc}]}]
      """),
    CheckExample(
      .litellmConfig, "model_list: [{litellm_params: {api_key: ↓sk-1}}]\ngeneral_settings: {master_key: ↓sk-2}\n"),
    CheckExample(
      .grafanaProvisioning,
      "apiVersion: 1\ndatasources: [{name: p, type: prometheus, secureJsonData: {httpHeaderValue1: ↓abc}}]\n"),
    CheckExample(
      .grafanaConfig,
      ##"""
      [security]
      admin_password = ↓hunter2
      secret_key = ↓"""abc;#def"""
      [database]
      url = ↓postgres://grafana:p@db.example/grafana
      [remote_cache]
      connstr = ↓`addr=redis:6379,password=p`
      [auth.github]
      client_secret = ↓abc
      """##),
  ]

  static let counterExamples = [
    CheckExample(
      .other,
      """
      services:
        grafana:
          image: grafana/grafana
          environment:
            GF_SECURITY_ADMIN_PASSWORD__FILE: /run/secrets/admin
            GF_DATABASE_PASSWORD: ${GF_DATABASE_PASSWORD:?set it}
            GF_AUTH_DISABLE_LOGIN_FORM: 'true'
            DATABASE_URL: postgresql://litellm:${DB_PASSWORD}@db:5432/litellm
      """),
    CheckExample(.other, "# kept on the host\nHF_TOKEN=hf_1\n"),
    CheckExample(.other, "#!/bin/bash\nexport HF_TOKEN=$(cat /run/secrets/hf)\nexport VLLM_API_KEY\nvllm serve m\n"),
    CheckExample(
      .alloyConfig,
      "loki.write \"l\" {\n  endpoint {\n    basic_auth {\n      password = sys.env(\"P\")\n    }\n  }\n}\n"),
    CheckExample(
      .alloyConfig,
      "otelcol.exporter.loadbalancing \"l\" {\n  routing_key = \"service\"\n  token = \"[REDACTED]\"\n}\n"),
    CheckExample(
      .prometheusConfig,
      """
      scrape_configs:
        - job_name: litellm
          authorization: {credentials_file: /etc/key}
          http_headers: {X-Scope-OrgID: {values: [site]}, X-Api-Key: {files: [/etc/key]}}
          basic_auth: {username: u, password: '${PASSWORD}'}
        - job_name: b
          basic_auth: {username: u, password: <secret>}
        - job_name: c
          basic_auth: {username: u, password: xxxx}
      remote_write: [{url: 'https://store.example/api'}, {url: 'https://store.example/a:b@c'}]
      """),
    CheckExample(
      .alertmanagerConfig, "global: {slack_api_url_file: /run/slack, smtp_auth_password: ''}\nreceivers: []\n"),
    CheckExample(.litellmConfig, "general_settings: {master_key: os.environ/LITELLM_MASTER_KEY}\nmodel_list: []\n"),
    CheckExample(
      .grafanaConfig,
      """
      [security]
      admin_password = $__file{/run/secrets/admin}
      ; secret_key = abc
      [database]
      url = postgres://grafana:$__env{PASSWORD}@db.example/grafana
      password = ${DB_PASSWORD}
      [users]
      password_hint = password
      [smtp]
      password =
      """),
  ]
}
