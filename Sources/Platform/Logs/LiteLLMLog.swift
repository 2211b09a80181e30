/// Lines of LiteLLM proxy 1.106.2 in its default text format, without the banner.
///
/// Source: a log of the unmodified program.
enum LiteLLMLog {
  static func start(models: [String], process: Int, warns: Bool, at time: Double) -> [String] {
    let warning =
      "\(SimulatedClock(time).time) - LiteLLM Proxy:WARNING: login_throttle.py:126 - trusted_proxy_ranges is not set or not "
      + "a valid list of ranges, so failed Admin UI sign-in attempts are limited per source address and username only. "
      + "Set it to the address ranges of the proxies in front of LiteLLM, or to an empty list when clients connect "
      + "directly, to also limit each source address across usernames."
    return [
      "INFO:     Started server process [\(process)]",
      "INFO:     Waiting for application startup.",
    ]
      + (warns ? [warning] : [])
      + ["\u{1B}[32mLiteLLM: Proxy initialized with Config, Set models:\u{1B}[0m"]
      + models.map { "\u{1B}[32m    \($0)\u{1B}[0m" }
      + [
        "INFO:     Application startup complete.",
        "INFO:     Uvicorn running on http://0.0.0.0:4000 (Press CTRL+C to quit)",
      ]
  }

  /// A body that broke off: where it did, and nothing of it.
  static func malformedBody(length: Int, clock: String) -> [String] {
    let what = "unexpected end of data: line 1 column \(length + 1) (char \(length))"
    return [
      "\(clock) - LiteLLM Proxy:ERROR: http_parsing_utils.py:303 - Invalid JSON payload received: \(what)",
      "\(clock) - LiteLLM Proxy:ERROR: http_parsing_utils.py:317 - Invalid JSON payload received: "
        + "Invalid JSON payload: \(what)",
    ]
  }

  /// What an upstream's failure leaves in the log: the message, a traceback, the message again.
  static func exception(_ error: [String], class name: String, group: String, call: Int, clock: String) -> [String] {
    let id = uuid(of: "call \(call)")
    let group = "LiteLLM: model group '\(group)' failed with the error above. No fallback was attempted."
    return [
      "\(clock) - LiteLLM Proxy:ERROR: common_request_processing.py:1687 - "
        + "litellm.proxy.proxy_server._handle_llm_api_exception(): Exception occured - litellm_call_id=\(id) - \(error[0])"
    ]
      + error.dropFirst() + ["", group] + traceback(raising: name)
      + ["litellm.exceptions.\(name): \(error[0])"] + error.dropFirst() + ["", group]
  }

  private static func traceback(raising name: String) -> [String] {
    let site = "/srv/venv/lib/python3.11/site-packages/litellm"
    return [
      "Traceback (most recent call last):",
      "  File \"\(site)/router.py\", line 3971, in _acompletion",
      "    response = await litellm.acompletion(**compacted_input)",
      "               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
      "  File \"\(site)/main.py\", line 740, in acompletion",
      "    raise exception_type(",
      "          ^^^^^^^^^^^^^^^",
      "  File \"\(site)/litellm_core_utils/exception_mapping_utils.py\", line 475, in _map_openai_exception",
      "    raise \(name)(",
    ]
  }

  private static func uuid(of text: String) -> String {
    var digits = ""
    for (offset, digit) in hexDigits(of: text, count: 32).enumerated() {
      if [8, 12, 16, 20].contains(offset) { digits.append("-") }
      digits.append(offset == 12 ? "4" : offset == 16 ? "a" : digit)
    }
    return digits
  }
}
