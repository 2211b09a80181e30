/// One request of the simulated load. Its texts are not stored: `canary` says which canary prompt and reply it carries.
struct Request: Sendable, Hashable {
  /// How it ends.
  enum Outcome: UInt8, Sendable, Hashable, CaseIterable {
    /// The model ended its reply.
    case stop
    /// The reply reached `max_tokens`.
    case length
    /// The client's body broke off; LiteLLM answers 400.
    case malformed
    /// The client named a model that is not served; LiteLLM answers 400.
    case unknownModel
    /// A parameter was of the wrong type; vLLM answers 400.
    case invalid
    /// The engine failed; vLLM answers 500 and LiteLLM passes it on.
    case engineError
    /// No server of the model answers; LiteLLM answers 500.
    case noServer

    var isSuccess: Bool { self == .stop || self == .length }
    var status: Int {
      switch self {
      case .stop, .length: 200
      case .malformed, .unknownModel, .invalid: 400
      case .engineError, .noServer: 500
      }
    }
  }

  /// Number over the whole course, from 0.
  var number: Int
  /// Which canary conversation it carries.
  var canary: Int
  /// Index into the gateway's clients.
  var client: Int
  var outcome: Outcome
  var promptTokens: Int
  var cachedTokens: Int
  var replyTokens: Int
  /// Seconds of simulated time at which it reached the gateway.
  var arrived: Double
  var preemptions = 0

  // Set while it runs.
  var admitted = 0.0
  var firstToken = 0.0
  var interval = 0.0
  var finishes = 0.0
}
