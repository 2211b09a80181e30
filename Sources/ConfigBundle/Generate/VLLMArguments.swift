import Contracts
import Fleet

/// How vLLM is started on a GPU node: what the fleet says of it, and last what its contract wants to see written down.
///
/// Source of the fleet's options: vLLM 0.33.0, and its documentation of engine arguments.
enum VLLMArguments {
  static func text(node: Node, gpus: GPUs, model: Model, launch: VettedLaunch) -> String {
    let vetted = launch.environment + launch.options
    let environment = launch.environment.isEmpty ? [] : ["env \(launch.environment.joined(separator: " "))"]
    let words =
      environment + [
        "vllm serve \(shellQuoted(model.weights))",
        "--host 0.0.0.0",
        "--port \(ScrapeJob.vllm.port)",
        "--served-model-name \(shellQuoted(model.name))",
        "--tensor-parallel-size \(gpus.count)",
        "--max-model-len \(model.maxModelLength)",
        "--max-num-seqs \(model.maxSequences)",
        "--gpu-memory-utilization \(model.memoryUtilization)",
      ] + launch.options
    return "# vLLM on \(node.name): sourced by the Slurm job script.\n"
      + vetted.map { "# \($0): \(launch.titles[$0] ?? "").\n" }.joined()
      + words.joined(separator: " \\\n  ") + "\n"
  }

  private static func shellQuoted(_ text: String) -> String {
    "'\(text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#))'"
  }
}
