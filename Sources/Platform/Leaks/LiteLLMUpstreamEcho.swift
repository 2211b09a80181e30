import Fleet
import Vocabulary

extension Leak {
  /// Source: LiteLLM 1.106.2 in front of vLLM 0.33.0, default settings: vLLM's 400 holds pydantic's `input`, and LiteLLM logs
  /// it at ERROR, in the message and again at the end of the traceback.
  static let litellmUpstreamEcho: Leak = {
    var leak = Leak(
      .litellmUpstreamEcho, "LiteLLM logs the upstream's validation error with the client's input in it",
      source: .litellm, kind: .logFile, surface: .log, rule: "echoed-input")
    leak.sendsInvalid = true
    leak.litellmAnswers = { scene, outcome in
      guard outcome == .invalid else { return [] }
      let error = [
        "litellm.BadRequestError: OpenAIException - 1 validation error:",
        "  {'type': 'string_type', 'loc': 'body.messages.0.content', 'msg': 'Input should be a valid string', "
          + "'input': \(pythonRepr(scene.prompt))}",
      ]
      return LiteLLMLog.exception(
        error, class: "BadRequestError", group: scene.model, call: scene.number, clock: scene.clock)
    }
    return leak
  }()
}
