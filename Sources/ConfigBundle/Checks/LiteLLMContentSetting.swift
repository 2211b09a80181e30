import Syntax
import Vocabulary

/// A LiteLLM setting that puts content, or text chosen by a client, into metrics, logs, alerts or another system.
///
/// Source: LiteLLM 1.106.2, each run with it.
enum LiteLLMContentSetting: ConfigCheck {
  static let rule = "litellm-content-setting"

  private struct Setting {
    var section: String
    var key: String
    var isBad: @Sendable (PositionedValue) -> Bool
    var message: String
    var remedy: String
    var severity = Severity.exposure
  }

  private static let settings =
    [
      Setting(
        section: "general_settings", key: "alerting", isBad: isNotEmpty,
        message: "alerting sends the first characters of a request and the upstream's whole error text",
        remedy: "remove it, and alert from Prometheus"),
      Setting(
        section: "general_settings", key: "store_prompts_in_spend_logs", isBad: isTrue,
        message: "store_prompts_in_spend_logs writes prompts and responses to the database", remedy: "set it to false"),
      Setting(
        section: "general_settings", key: "store_model_in_db", isBad: isTrue,
        message: "with store_model_in_db the database overrides this file", remedy: "set it to false",
        severity: .hygiene),
      Setting(
        section: "litellm_settings", key: "set_verbose", isBad: isTrue,
        message: "set_verbose logs requests and responses", remedy: "remove it"),
      Setting(
        section: "litellm_settings", key: "log_raw_request_response", isBad: isTrue,
        message: "log_raw_request_response hands raw bodies to callbacks", remedy: "set it to false"),
      Setting(
        section: "litellm_settings", key: "log_client_error_tracebacks", isBad: isTrue,
        message: "log_client_error_tracebacks logs what clients sent wrong", remedy: "set it to false"),
      Setting(
        section: "litellm_settings", key: "request_correlation_in_logs", isBad: isTrue,
        message: "request_correlation_in_logs puts ids that clients choose on every log line", remedy: "set it to false"
      ),
      Setting(
        section: "litellm_settings", key: "custom_prometheus_metadata_labels", isBad: isNotEmpty,
        message: "custom_prometheus_metadata_labels turns request metadata into labels", remedy: "remove it"),
      Setting(
        section: "litellm_settings", key: "custom_prometheus_tags", isBad: isNotEmpty,
        message: "custom_prometheus_tags turns request tags into label names", remedy: "remove it"),
      Setting(
        section: "litellm_settings", key: "enable_end_user_cost_tracking_prometheus_only", isBad: isTrue,
        message: "enable_end_user_cost_tracking_prometheus_only makes the client's `user` field a label",
        remedy: "set it to false"),
      Setting(
        section: "litellm_settings", key: "cache", isBad: isTrue,
        message: "cache stores prompts and responses", remedy: "remove it"),
      Setting(
        section: "litellm_settings", key: "cold_storage_custom_logger", isBad: isNotEmpty,
        message: "cold_storage_custom_logger ships requests and responses", remedy: "remove it"),
    ]
    + ["callbacks", "success_callback", "failure_callback", "input_callback", "service_callback"].map { key in
      Setting(
        section: "litellm_settings", key: key, isBad: { !callbacks(of: $0).isSubset(of: ["prometheus"]) },
        message: "\(key) names a callback other than prometheus, which gets requests and responses",
        remedy: "leave prometheus alone in it")
    }

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    guard file.role == .litellmConfig else { return [] }
    return file.documents.flatMap { document in
      settings.compactMap { setting in
        guard let entry = entry(setting.key, of: setting.section, in: document), setting.isBad(entry.value) else {
          return nil
        }
        return file.finding(
          rule, setting.severity, .config, at: ("/\(setting.section)/\(setting.key)", entry.key), setting.message,
          remedy: setting.remedy)
      } + unfilteredMetrics(document, in: file)
    }
  }

  /// The Prometheus callback without a choice of labels exports them all.
  private static func unfilteredMetrics(_ document: PositionedValue, in file: CheckedFile) -> [ConfigFinding] {
    let section = "litellm_settings"
    guard document[section]?["prometheus_metrics_config"] == nil,
      let entry = ["callbacks", "success_callback", "failure_callback"].lazy
        .compactMap({ entry($0, of: section, in: document) }).first(where: {
          callbacks(of: $0.value).contains("prometheus")
        })
    else { return [] }
    return [
      file.finding(
        rule, .exposure, .config, at: ("/\(section)/\(entry.key.string ?? "")", entry.key),
        "without prometheus_metrics_config the client's model string, user agent, address and keys become labels",
        remedy: "list the metrics you read, each with include_labels")
    ]
  }

  private static func entry(
    _ key: String, of section: String, in document: PositionedValue
  ) -> PositionedValue.Entry? {
    document[section]?.mapping?.first { $0.key.string == key }
  }

  private static func callbacks(of value: PositionedValue) -> Set<String> {
    Set(value.array?.compactMap(\.string) ?? [value.string].compactMap { $0 }.filter { !$0.isEmpty })
  }

  /// LiteLLM takes the word for it too, quoted or not.
  @Sendable private static func isTrue(_ value: PositionedValue) -> Bool {
    value.bool == true || value.string?.lowercased() == "true" || value.mapping != nil
  }

  @Sendable private static func isNotEmpty(_ value: PositionedValue) -> Bool {
    value.array.map { !$0.isEmpty } ?? !(value.isNull || value.bool == false || value.string == "")
  }

  static let examples = [
    CheckExample(.litellmConfig, "general_settings:\n  ↓alerting: [\"slack\"]\n"),
    CheckExample(.litellmConfig, "general_settings:\n  ↓store_prompts_in_spend_logs: \"true\"\n"),
    CheckExample(
      .litellmConfig,
      """
      litellm_settings:
        callbacks: [prometheus]
        ↓success_callback: ["langfuse"]
        ↓set_verbose: true
        ↓log_raw_request_response: True
        ↓custom_prometheus_metadata_labels: ["metadata.note"]
        ↓enable_end_user_cost_tracking_prometheus_only: true
        ↓cache: true
        prometheus_metrics_config: []
      """),
    CheckExample(.litellmConfig, "litellm_settings:\n  ↓callbacks: [\"prometheus\"]\n"),
  ]

  static let counterExamples = [
    CheckExample(
      .litellmConfig,
      """
      litellm_settings:
        callbacks: ["prometheus"]
        success_callback: []
        set_verbose: false
        cache: false
        prometheus_metrics_config:
          - {group: g, metrics: [litellm_in_flight_requests]}
      general_settings:
        alerting: []
        store_prompts_in_spend_logs: false
      """)
  ]
}
