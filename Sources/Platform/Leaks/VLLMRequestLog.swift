import Fleet
import Vocabulary

extension Leak {
  /// Source: the format string of vLLM up to 0.11.0 (`vllm/entrypoints/logger.py`), where `Received request` stood at INFO
  /// with the prompt in it; the sampling parameters as 0.33.0 prints them.
  static let vllmRequestLog: Leak = {
    var leak = Leak(
      .vllmRequestLog, "an old vLLM logs every prompt at INFO", source: .vllm, kind: .logFile, surface: .log,
      rule: "vllm-request-prompt")
    leak.vllmReceives = { scene in
      let prompt = pythonRepr("<|im_start|>user\n\(scene.prompt)<|im_end|>\n<|im_start|>assistant\n")
      return [
        "(APIServer pid=\(scene.process)) INFO \(scene.clock) [logger.py:40] Received request \(scene.requestID): "
          + "prompt: \(prompt), params: \(samplingParameters(maximumTokens: scene.maximumTokens)), "
          + "prompt_token_ids: \(tokenIDs(of: scene.prompt)), prompt_embeds shape: None, lora_request: None."
      ]
    }
    return leak
  }()
}

/// `SamplingParams` as vLLM 0.33.0 prints it.
func samplingParameters(maximumTokens: Int) -> String {
  "SamplingParams(n=1, presence_penalty=0.0, frequency_penalty=0.0, repetition_penalty=1.0, temperature=1.0, "
    + "watermarking=None, top_p=1.0, top_k=0, min_p=0.0, seed=None, stop=[], stop_token_ids=[], bad_words=[], "
    + "thinking_token_budget=None, include_stop_str_in_output=False, ignore_eos=False, "
    + "max_tokens=\(maximumTokens), min_tokens=0, logprobs=None, prompt_logprobs=None, skip_special_tokens=True, "
    + "spaces_between_special_tokens=True, structured_outputs=None, extra_args=None)"
}

/// Token ids such as a tokenizer of 128,256 entries would give: one for each three letters or so of every word.
func tokenIDs(of text: String) -> String {
  var ids: [String] = ["128000"]
  for word in text.split(separator: " ") {
    for piece in stride(from: 0, to: word.utf8.count, by: 4) {
      ids.append(String(stableHash("\(word)/\(piece)") % 128_000))
    }
  }
  return "[\(ids.joined(separator: ", "))]"
}

/// Python's `repr` of a string without control characters other than newlines.
func pythonRepr(_ text: String) -> String {
  let quote = text.contains("'") && !text.contains("\"") ? "\"" : "'"
  let escaped = text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
  return quote + (quote == "'" ? escaped.replacing("'", with: "\\'") : escaped) + quote
}
