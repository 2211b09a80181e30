import Vocabulary

/// An option or variable that makes LiteLLM log requests, or store them.
///
/// Source: LiteLLM 1.106.2, each run with it.
enum LiteLLMContentSwitch: ConfigCheck {
  static let rule = "litellm-content-switch"

  private static let switches = [
    Switch(
      name: "--detailed_debug", trigger: .present, message: "--detailed_debug logs requests and responses",
      remedy: "remove it"),
    Switch(
      name: "DETAILED_DEBUG", trigger: .values(Switch.truths), message: "DETAILED_DEBUG logs requests and responses",
      remedy: "remove it"),
    Switch(
      name: "LITELLM_LOG", trigger: .anyValue(except: ["critical", "error", "warning"]),
      message: "LITELLM_LOG at this level logs the upstream's error texts and, at DEBUG, requests and responses",
      remedy: "set it to CRITICAL"),
    Switch(
      name: "STORE_PROMPTS_IN_SPEND_LOGS", trigger: .values(Switch.truths),
      message: "STORE_PROMPTS_IN_SPEND_LOGS writes prompts and responses to the database", remedy: "remove it"),
    Switch(
      name: "LITELLM_DISABLE_REDACT_SECRETS", trigger: .values(Switch.truths),
      message: "LITELLM_DISABLE_REDACT_SECRETS lets keys into the log", remedy: "remove it"),
  ]

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    Switch.findings(switches, rule: rule, in: file)
  }

  static let examples = [
    CheckExample(.other, "litellm --config config.yaml ↓--detailed_debug\n"),
    CheckExample(.other, "↓LITELLM_LOG=INFO\n↓STORE_PROMPTS_IN_SPEND_LOGS=\"True\"\n"),
  ]

  static let counterExamples = [
    CheckExample(.other, "# LITELLM_LOG=DEBUG\nLITELLM_LOG=CRITICAL\nSTORE_PROMPTS_IN_SPEND_LOGS=false\n")
  ]
}
