import Vocabulary

/// `--disable-log-requests` was removed in vLLM 0.12: with it the server does not start.
enum VLLMRemovedFlag: ConfigCheck {
  static let rule = "vllm-removed-flag"

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    Switch.findings(
      [
        Switch(
          name: "--disable-log-requests", trigger: .present,
          message: "--disable-log-requests was removed in vLLM 0.12.0: the server does not start with it",
          remedy: "remove it (request logging is off by default), or write --no-enable-log-requests")
      ], rule: rule, in: file)
  }

  static let examples = [
    CheckExample(.vllmArguments, "vllm serve /models/a \\\n  ↓--disable-log-requests\n"),
    CheckExample(.other, "command: [\"vllm\", \"serve\", \"↓--disable-log-requests\"]\n"),
    CheckExample(.other, "ExecStart=/usr/bin/vllm serve a ↓--disable_log_requests --port 8000\n"),
  ]

  static let counterExamples = [
    CheckExample(
      .vllmArguments, "# never --disable-log-requests\nvllm serve a --no-enable-log-requests # --disable-log-requests\n"
    ),
    CheckExample(.other, "vllm serve a --disable-log-requests-at-all\n"),
    CheckExample(.prometheusConfig, "note: --disable-log-requests\n"),
  ]
}
