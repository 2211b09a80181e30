import Syntax
import Vocabulary

/// `store_prompts` exists nowhere in LiteLLM: it is accepted and ignored, so that who relies on it has no protection.
///
/// Source: LiteLLM 1.106.2.
enum LiteLLMDeadKey: ConfigCheck {
  static let rule = "litellm-dead-key"

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    guard file.role == .litellmConfig else { return [] }
    var findings: [ConfigFinding] = []
    for document in file.documents {
      document.walk { pointer, value, isKey in
        guard isKey, value.string == "store_prompts" else { return }
        findings.append(
          file.finding(
            rule, .exposure, .config, at: (pointer, value), "store_prompts does nothing: LiteLLM has no such setting",
            remedy: "set general_settings.store_prompts_in_spend_logs: false"))
      }
    }
    return findings
  }

  static let examples = [
    CheckExample(.litellmConfig, "general_settings:\n  ↓store_prompts: false\n"),
    CheckExample(.litellmConfig, "litellm_settings: {↓store_prompts: false}\n"),
  ]

  static let counterExamples = [
    CheckExample(.litellmConfig, "general_settings:\n  store_prompts_in_spend_logs: false # not store_prompts\n"),
    CheckExample(.other, "store_prompts: false\n"),
  ]
}
