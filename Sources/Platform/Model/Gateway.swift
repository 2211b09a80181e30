/// The LiteLLM proxy: what it counts about the requests that pass through it.
struct Gateway: Sendable {
  /// What LiteLLM tells apart by labels; all else about a request is summed.
  struct Key: Sendable, Hashable {
    /// Index of the server that answered, or -1 where none was asked.
    var server: Int
    var client: Int
    var outcome: Request.Outcome
    /// Text that the client put into `model`, where that is not served.
    var model: String?
  }

  struct Tally: Sendable {
    let created: Double
    var requests = 0
    var promptTokens = 0
    var cachedTokens = 0
    var replyTokens = 0
    var histograms: [String: Histogram]
  }

  private(set) var keys: [Key] = []
  private(set) var tallies: [Key: Tally] = [:]
  /// Requests that the gateway sent on and that have not come back.
  var inFlight = 0
  /// Times that each server was taken out of the rotation.
  var coolings: [Int: Int] = [:]

  static let histogramNames = Catalogue.litellm.families.filter { $0.type == .histogram && !$0.bounds.isEmpty }

  mutating func count(_ request: Request, server: Int, model: String?, at time: Double) {
    let key = Key(server: server, client: request.client, outcome: request.outcome, model: model)
    if tallies[key] == nil {
      keys.append(key)
      let fresh = Self.histogramNames.map { ($0.name, Histogram(bounds: $0.bounds)) }
      tallies[key] = Tally(created: time, histograms: Dictionary(uniqueKeysWithValues: fresh))
    }
    tallies[key]?.count(request, at: time)
  }
}

extension Gateway.Tally {
  fileprivate mutating func count(_ request: Request, at time: Double) {
    requests += 1
    guard request.outcome.isSuccess else { return }
    promptTokens += request.promptTokens
    cachedTokens += request.cachedTokens
    replyTokens += request.replyTokens
    let whole = time - request.arrived
    // What the proxy itself adds; a fixed share keeps it in step with the size of the bodies.
    let overhead = 0.004 + 2e-7 * Double(request.promptTokens)
    observe("litellm_request_total_latency_metric", whole + overhead)
    observe("litellm_llm_api_latency_metric", whole)
    observe("litellm_llm_api_time_to_first_token_metric", request.firstToken - request.arrived)
    observe("litellm_overhead_latency_metric", 1000 * overhead)
    observe("litellm_overhead_with_guardrails_latency_metric", overhead)
    observe("litellm_request_queue_time_seconds", 0.3 * overhead)
    observe("litellm_deployment_latency_per_output_token", whole / Double(max(1, request.replyTokens)))
  }

  private mutating func observe(_ name: String, _ value: Double) { histograms[name]?.observe(value) }
}
