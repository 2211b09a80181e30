public import Fleet
public import Vocabulary

/// The planted leaks by name, as `audit --leak NAME` takes them.
public enum LeakName: String, Sendable, Hashable, CaseIterable {
  case vllmRequestLog = "vllm-request-log"
  case vllmDebugBody = "vllm-debug-body"
  case litellmModelLabel = "litellm-model-label"
  case litellmUpstreamEcho = "litellm-upstream-echo"
  case alertAnnotation = "alert-annotation"
  case base64InLog = "base64-in-log"

  public var leak: Leak {
    switch self {
    case .vllmRequestLog: .vllmRequestLog
    case .vllmDebugBody: .vllmDebugBody
    case .litellmModelLabel: .litellmModelLabel
    case .litellmUpstreamEcho: .litellmUpstreamEcho
    case .alertAnnotation: .alertAnnotation
    case .base64InLog: .base64InLog
    }
  }
}

/// A planted fault that makes a source emit conversation, to show that it is caught. Each stands in its own file.
public struct Leak: Sendable {
  /// What a leak may put into a source's output.
  struct Scene: Sendable {
    var requestID: String
    var model: String
    var prompt: String
    var reply: String
    /// Start of a record as the source writes it: vLLM's clock, or LiteLLM's.
    var clock: String
    var process: Int
    var number: Int
    var maximumTokens: Int
  }

  public let name: LeakName
  /// What is planted, one sentence.
  public let summary: String
  /// The exporter or log of which job shows it.
  public let source: ScrapeJob
  public let kind: Sink.Kind
  public let surface: Surface
  /// Id of the pattern rule that must find it where no canary is looked for.
  public let rule: String

  /// Lines that vLLM adds when a request reaches it.
  var vllmReceives: (@Sendable (Scene) -> [String])?
  /// Lines that LiteLLM adds when it has answered.
  var litellmAnswers: (@Sendable (Scene, Request.Outcome) -> [String])?
  /// What a client put into `model` where it named one that is not served.
  var modelName: (@Sendable (Scene) -> String)?
  /// True where a share of the requests carries the prompt in a parameter of another type, which vLLM refuses.
  var sendsInvalid = false
  var patchesRules: (@Sendable (String) -> String)?
  var patchesConfig: (@Sendable (String) -> String)?

  init(
    _ name: LeakName, _ summary: String, source: ScrapeJob, kind: Sink.Kind, surface: Surface, rule: String
  ) {
    self.name = name
    self.summary = summary
    self.source = source
    self.kind = kind
    self.surface = surface
    self.rule = rule
  }

  /// The alert rules as this leak would have them; unchanged where it lies elsewhere.
  public func patchRules(_ text: String) -> String { patchesRules?(text) ?? text }

  /// Prometheus's configuration as this leak would have it; unchanged where it lies elsewhere.
  public func patchConfig(_ text: String) -> String { patchesConfig?(text) ?? text }

  /// True where a client's text reaches LiteLLM's labels, which takes a site that lets it export everything.
  public var modelNameIsClients: Bool { modelName != nil }

  /// True where the leak needs other rules or another configuration than the bundle's.
  public var needsPatches: Bool { patchesRules != nil || patchesConfig != nil }
}
