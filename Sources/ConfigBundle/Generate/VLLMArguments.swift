import Fleet

/// How vLLM is started on a GPU node.
///
/// Source: vLLM 0.33.0, and its documentation of engine arguments. Request logging is off by default;
/// `--no-enable-log-requests` says so aloud. The older spelling of that switch was removed in 0.12.0, and passing it stops the
/// server.
enum VLLMArguments {
  static func text(node: Node, gpus: GPUs, model: Model) -> String {
    """
    # vLLM on \(node.name): sourced by the Slurm job script.
    # Request and output logging stay off: at level DEBUG prompts would be logged, so the level is set as well. The access
    # log is off because it prints each path with its query string.
    env VLLM_LOGGING_LEVEL=INFO VLLM_NO_USAGE_STATS=1 \\
      vllm serve \(shellQuoted(model.weights)) \\
      --host 0.0.0.0 \\
      --port \(ScrapeJob.vllm.port) \\
      --served-model-name \(shellQuoted(model.name)) \\
      --tensor-parallel-size \(gpus.count) \\
      --max-model-len \(model.maxModelLength) \\
      --max-num-seqs \(model.maxSequences) \\
      --gpu-memory-utilization \(model.memoryUtilization) \\
      --no-enable-log-requests \\
      --disable-uvicorn-access-log

    """
  }

  static func shellQuoted(_ text: String) -> String {
    "'\(text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#))'"
  }
}
