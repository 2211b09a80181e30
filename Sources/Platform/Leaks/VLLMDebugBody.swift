import Fleet
import Vocabulary

extension Leak {
  /// Source: vLLM 0.33.0 with `--enable-log-requests` and VLLM_LOGGING_LEVEL=DEBUG (`request_logger.py`).
  static let vllmDebugBody: Leak = {
    var leak = Leak(
      .vllmDebugBody, "vLLM logs every request body at DEBUG", source: .vllm, kind: .logFile, surface: .log,
      rule: "chat-message")
    leak.vllmReceives = { scene in
      let id = String(scene.requestID.drop { $0 != "-" }.dropFirst())
      return [
        "(APIServer pid=\(scene.process)) DEBUG \(scene.clock) [entrypoints/.../utils/request_logger.py:84] "
          + "Request \(id) JSON body: \(chatBody(prompt: scene.prompt, model: scene.model))"
      ]
    }
    return leak
  }()
}

/// A chat request as clients send it.
func chatBody(prompt: String, model: String) -> String {
  #"{"messages":[{"content":"\#(jsonEscaped(prompt))","role":"user"}],"model":"\#(jsonEscaped(model))","max_tokens":512}"#
}

/// The inside of a JSON string.
func jsonEscaped(_ text: String) -> String {
  text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
}
