import Fleet
import Foundation

/// What one vLLM server can take: its bounds and its speed.
///
/// The fleet says what a site knows (`--max-num-seqs`, `--max-model-len`, memory); the speeds are those of a large model on
/// four data-centre GPUs, rounded. They shape the curves and are no claim about any real server.
struct EngineSize: Sendable, Hashable {
  /// `--max-num-seqs`.
  let maximumSequences: Int
  /// `--max-model-len`.
  let maximumLength: Int
  /// Tokens that the KV cache holds.
  let cacheTokens: Int
  /// Mean tokens of a prompt and of a reply in the load.
  let meanPrompt: Double
  let meanReply: Double
  /// Sequences that run at once when the server is just saturated.
  let concurrency: Double

  /// Tokens of one KV block (vLLM's default on CUDA).
  static let blockSize = 16
  /// Prompt tokens prefilled in a second.
  static let prefillRate = 12_000.0
  /// Share of GPU memory that weights take, and MiB of KV cache that one token takes.
  private static let weightShare = 0.45
  private static let mebibytesPerToken = 0.3125

  init(model: Model, gpus: GPUs) {
    maximumSequences = max(1, model.maxSequences)
    maximumLength = max(64, model.maxModelLength)
    let share = max(0.05, model.memoryUtilization - Self.weightShare)
    let tokens = Double(gpus.memoryMiB * gpus.count) * share / Self.mebibytesPerToken
    cacheTokens = max(2 * maximumLength, Int(tokens) / Self.blockSize * Self.blockSize)
    meanPrompt = min(6000, 0.4 * Double(maximumLength))
    meanReply = min(600, 0.15 * Double(maximumLength))
    concurrency = max(1, min(Double(maximumSequences), Double(cacheTokens) / (meanPrompt + meanReply / 2)))
  }

  var blocks: Int { cacheTokens / Self.blockSize }

  /// Seconds between two tokens of one sequence while `running` sequences share the engine.
  func tokenInterval(running: Int) -> Double { 0.016 + 0.022 * min(1, Double(running) / concurrency) }

  /// Requests a second that saturate the server.
  var capacity: Double {
    concurrency / (meanPrompt / Self.prefillRate + meanReply * tokenInterval(running: Int(concurrency)))
  }
}
