/// Labels whose values a client, or someone else outside the operators, can choose.
///
/// Sources: LiteLLM 1.106.2, vLLM 0.33.0, DCGM exporter 4.8.2.
enum ClientLabels {
  /// Names that mean nothing else.
  private static let distinct: Set<String> = [
    "api_key_alias", "client_ip", "end_user", "hashed_api_key", "requested_model", "running_lora_adapters",
    "team_alias",
    "user_agent", "user_email", "waiting_lora_adapters",
  ]

  /// Names that other exporters use for harmless things, e.g. a disk's model.
  private static let ofLiteLLM: Set<String> = ["model", "org_alias", "route", "user"]

  static func contains(_ label: String, readingLiteLLM: Bool) -> Bool {
    distinct.contains(label) || (readingLiteLLM && (ofLiteLLM.contains(label) || isCustom(label)))
  }

  /// `metadata_…` and `tag_…` come from custom_prometheus_metadata_labels and custom_prometheus_tags.
  private static func isCustom(_ label: String) -> Bool { label.hasPrefix("metadata_") || label.hasPrefix("tag_") }
}
