import Vocabulary

/// An option or variable that makes vLLM log prompts, outputs or what clients sent.
///
/// Source: vLLM 0.33.0, each run with it.
enum VLLMContentFlag: ConfigCheck {
  static let rule = "vllm-content-flag"

  private static let switches = [
    Switch(
      name: "--enable-log-requests", trigger: .present,
      message: "--enable-log-requests logs sampling parameters with the client's own texts, and prompts at level DEBUG",
      remedy: "remove it"),
    Switch(
      name: "--enable-log-outputs", trigger: .present, message: "--enable-log-outputs logs the model's answers",
      remedy: "remove it"),
    Switch(
      name: "--log-error-stack", trigger: .present,
      message: "--log-error-stack logs what a client sent in full when it does not validate", remedy: "remove it"),
    Switch(
      name: "--uvicorn-log-level", trigger: .values(["debug", "trace"]),
      message: "--uvicorn-log-level debug logs requests", remedy: "leave it at info"),
    Switch(
      name: "VLLM_LOGGING_LEVEL", trigger: .values(["debug"]),
      message: "VLLM_LOGGING_LEVEL=DEBUG logs request bodies, even without --enable-log-requests",
      remedy: "set it to INFO"),
    Switch(
      name: "VLLM_DEBUG_LOG_API_SERVER_RESPONSE", trigger: .values(Switch.truths),
      message: "VLLM_DEBUG_LOG_API_SERVER_RESPONSE logs every answer", remedy: "remove it"),
    Switch(
      name: "VLLM_REQUEST_BODY_LOG_LEVEL", trigger: .anyValue(except: ["debug"]),
      message: "VLLM_REQUEST_BODY_LOG_LEVEL raises the level at which request bodies are logged", remedy: "remove it"),
    Switch(
      name: "VLLM_SERVER_DEV_MODE", trigger: .values(Switch.truths),
      message: "VLLM_SERVER_DEV_MODE turns --log-error-stack on", remedy: "remove it"),
  ]

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    Switch.findings(switches, rule: rule, in: file)
  }

  static let examples = [
    CheckExample(.vllmArguments, "vllm serve /models/a \\\n  ↓--enable-log-requests \\\n  ↓--enable-log-outputs\n"),
    CheckExample(
      .vllmArguments, "↓VLLM_LOGGING_LEVEL=DEBUG vllm serve a --uvicorn-log-level info ↓--log-error-stack\n"),
    CheckExample(.other, "[Service]\nEnvironment=\"↓VLLM_LOGGING_LEVEL=debug\"\n"),
    CheckExample(.other, "env:\n  - name: ↓VLLM_DEBUG_LOG_API_SERVER_RESPONSE\n    value: \"1\"\n"),
    CheckExample(.other, "environment:\n  ↓VLLM_LOGGING_LEVEL: \"DEBUG\"\n  ↓VLLM_REQUEST_BODY_LOG_LEVEL: INFO\n"),
    CheckExample(.other, "#!/bin/bash\n#SBATCH --export=ALL,↓VLLM_LOGGING_LEVEL=DEBUG\nsrun vllm serve a\n"),
    CheckExample(.other, "args:\n  - ↓--uvicorn-log-level\n  - debug\n"),
  ]

  static let counterExamples = [
    CheckExample(
      .vllmArguments,
      """
      # --enable-log-requests is off, VLLM_LOGGING_LEVEL=DEBUG too
      env VLLM_LOGGING_LEVEL=INFO VLLM_DEBUG_LOG_API_SERVER_RESPONSE=0 vllm serve a --no-enable-log-requests
      """),
    CheckExample(.other, "MY_VLLM_LOGGING_LEVEL=DEBUG\nVLLM_LOGGING_LEVEL=\n"),
  ]
}
