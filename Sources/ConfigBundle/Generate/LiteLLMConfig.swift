import Fleet
import Syntax

/// LiteLLM: every vLLM server of the fleet as a deployment, the metrics that the dashboards read, no content anywhere.
///
/// Keys and their effect: LiteLLM 1.106.2, run.
enum LiteLLMConfig {
  /// One deployment for each GPU node: the model's served name and the base URL of its vLLM.
  static func deployments(of fleet: Fleet) -> [(model: String, base: String)] {
    fleet.targets(of: .vllm).compactMap { target in
      target.node.gpus.map { ($0.serves, "http://\(target.instance)/v1") }
    }
  }

  static func yaml(_ fleet: Fleet) -> String {
    var text = "model_list:\n"
    for deployment in deployments(of: fleet) {
      text += """
          - model_name: \(Quoting.yaml(deployment.model))
            litellm_params:
              model: \(Quoting.yaml("openai/\(deployment.model)"))
              api_base: \(Quoting.yaml(deployment.base))
              api_key: os.environ/VLLM_API_KEY

        """
    }
    text += """

      litellm_settings:
        # Prometheus and no other callback: every other one ships requests and responses.
        callbacks: ["prometheus"]
        turn_off_message_logging: true
        redact_messages_in_exceptions: true
        redact_user_api_key_info: true
        log_raw_request_response: false
        json_logs: true
        require_auth_for_metrics_endpoint: true
        # Only these metrics, each with these labels. Without this key client addresses, user agents, end users and keys
        # become labels.
        prometheus_metrics_config:

      """
    for group in LiteLLMExport.groups {
      text += "    - group: \(group.name)\n      metrics:\n"
      text += group.metrics.map { "        - \($0)\n" }.joined()
      if !group.labels.isEmpty {
        text += "      include_labels: \(YAMLText.list(group.labels))\n"
      }
    }
    text += """

      general_settings:
        master_key: os.environ/LITELLM_MASTER_KEY
        # This is the key that keeps prompts out of the spend logs; "store_prompts" does not exist and is ignored.
        store_prompts_in_spend_logs: false
        # A database could change the settings of this file behind its back.
        store_model_in_db: false
        # No "alerting": its messages carry the first characters of the request and the upstream's whole error text.

      """
    return text
  }

  /// No key of the file above touches the error lines on standard output, which carry the upstream's error text verbatim.
  static let environment = """
    # Environment of the LiteLLM service. Below CRITICAL its error lines carry the upstream's error text, which may quote the
    # request; no setting of config.yaml changes that.
    LITELLM_LOG=CRITICAL
    STORE_PROMPTS_IN_SPEND_LOGS=false

    """
}
