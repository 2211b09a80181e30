/// What vLLM counts about its own work since its process began.
struct EngineMeters: Sendable {
  /// Simulated time at which the process began.
  let started: Double
  var generated = 0.0
  var promptTokens = 0
  var cachedTokens = 0
  var preemptions = 0
  /// Requests by how they ended.
  var finished: [Request.Outcome: Int] = [:]
  private(set) var histograms: [String: Histogram] = [:]
  /// HTTP answers of the server, by class of status.
  var answered: [Int: Int] = [:]
  var requestBytes = 0
  var responseBytes = 0

  init(started: Double) {
    self.started = started
    for family in Catalogue.vllm.families where family.type == .histogram {
      histograms[family.name] = Histogram(bounds: family.bounds)
    }
  }

  mutating func observe(_ family: String, _ value: Double, count: Double = 1) {
    histograms[family]?.observe(value, count: count)
  }

  mutating func admit(_ request: Request) {
    promptTokens += request.promptTokens
    cachedTokens += request.cachedTokens
  }

  mutating func finish(_ request: Request, at time: Double) {
    finished[request.outcome, default: 0] += 1
    answer(request, status: 200, duration: time - request.arrived)
    let queued = request.admitted - request.arrived
    let prefill = request.firstToken - request.admitted
    let decode = time - request.firstToken
    observe("vllm:request_prompt_tokens", Double(request.promptTokens))
    observe("vllm:request_generation_tokens", Double(request.replyTokens))
    observe("vllm:request_max_num_generation_tokens", Double(request.replyTokens))
    observe("vllm:request_params_n", 1)
    observe("vllm:request_params_max_tokens", Double(request.maximumTokens))
    observe("vllm:time_to_first_token_seconds", queued + prefill)
    observe("vllm:inter_token_latency_seconds", request.interval * 0.85, count: 0.6 * Double(request.replyTokens))
    observe("vllm:inter_token_latency_seconds", request.interval * 1.225, count: 0.4 * Double(request.replyTokens))
    observe("vllm:request_time_per_output_token_seconds", request.interval)
    observe("vllm:e2e_request_latency_seconds", time - request.arrived)
    observe("vllm:request_queue_time_seconds", queued)
    observe("vllm:request_inference_time_seconds", prefill + decode)
    observe("vllm:request_prefill_time_seconds", prefill)
    observe("vllm:request_decode_time_seconds", decode)
    observe("vllm:request_num_preemptions", Double(request.preemptions))
    observe("vllm:request_prefill_kv_computed_tokens", Double(request.promptTokens - request.cachedTokens))
  }

  /// Counts an answer to `POST /v1/chat/completions`.
  mutating func answer(_ request: Request, status: Int, duration: Double) {
    answered[status / 100, default: 0] += 1
    requestBytes += 300 + 4 * request.promptTokens
    responseBytes += status == 200 ? 400 + 4 * request.replyTokens : 220
    observe("http_request_duration_highr_seconds", duration)
    observe("http_request_duration_seconds", duration)
  }
}

extension Request {
  /// `max_tokens` as clients ask for it: a round number that the reply fits.
  var maximumTokens: Int { outcome == .length ? replyTokens : (replyTokens / 512 + 1) * 512 }
}
