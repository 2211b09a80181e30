import Fleet

/// Keeps what the programs of the platform write, and lets the planted leaks add to it.
struct Journal: Sendable {
  private let isKept: Bool
  private let leaks: [Leak]
  private let canaries: CanaryText?
  private let seed: UInt64
  private let logsCriticalOnly: Bool
  private var lines: [LogLine] = []
  private var lastStatistics: [String: Snapshot] = [:]
  /// Requests that carried a canary prompt.
  private(set) var canariesSent = 0

  /// One request in this many is refused where a leak needs refused ones.
  private static let invalidEvery = 40

  private struct Snapshot {
    var time: Double
    var prompt: Int
    var cached: Int
    var generated: Double
    var preemptions: Int
  }

  init(isKept: Bool, leaks: Set<LeakName>, canaries: CanaryText?, seed: UInt64, logsCriticalOnly: Bool) {
    self.isKept = isKept
    self.leaks = LeakName.allCases.filter(leaks.contains).map(\.leak)
    self.canaries = canaries
    self.seed = seed
    self.logsCriticalOnly = logsCriticalOnly
  }

  mutating func drain() -> [LogLine] {
    defer { lines = [] }
    return lines
  }

  static func vllmLog(_ node: String) -> String { "vllm@\(node)" }
  static let litellmLog = "litellm"

  // MARK: What happens

  mutating func vllmStarts(_ server: Server, at time: Double) {
    lastStatistics[server.node] = nil
    write(Self.vllmLog(server.node), time) { VLLMLog.start(of: server, at: time) }
  }

  mutating func litellmStarts(models: [String], at time: Double) {
    let process = 1000 + Int(stableHash("litellm", seed: seed) % 1000)
    let warns = !logsCriticalOnly
    write(Self.litellmLog, time) { LiteLLMLog.start(models: models, process: process, warns: warns, at: time) }
  }

  mutating func statistics(_ server: Server, at time: Double) {
    let meters = server.engine.meters
    let now = Snapshot(
      time: time, prompt: meters.promptTokens, cached: meters.cachedTokens, generated: meters.generated,
      preemptions: meters.preemptions)
    let before =
      lastStatistics[server.node] ?? Snapshot(time: meters.started, prompt: 0, cached: 0, generated: 0, preemptions: 0)
    lastStatistics[server.node] = now
    // vLLM prints this line at DEBUG while it is idle.
    guard time > before.time, !server.engine.running.isEmpty || now.prompt > before.prompt else { return }
    let elapsed = time - before.time
    let rates = VLLMLog.Rates(
      prompt: Double(now.prompt - before.prompt) / elapsed, generation: (now.generated - before.generated) / elapsed,
      preemptions: now.preemptions - before.preemptions,
      hits: now.prompt == 0 ? 0 : 100 * Double(now.cached) / Double(now.prompt))
    write(Self.vllmLog(server.node), time) { [VLLMLog.statistics(server, rates, at: time)] }
  }

  /// Gives a request its conversation, and makes it one that vLLM refuses where a leak needs such.
  mutating func sent(_ request: Request) -> Request {
    var request = request
    request.canary = request.number % CanaryText.rounds
    if canaries != nil { canariesSent += 1 }
    if request.outcome.isSuccess, request.number % Self.invalidEvery == 7, leaks.contains(where: \.sendsInvalid) {
      request.outcome = .invalid
    }
    return request
  }

  mutating func reaches(_ server: Server, _ request: Request, at time: Double) {
    guard leaks.contains(where: { $0.vllmReceives != nil }) else { return }
    let scene = scene(
      request, model: server.model.name, process: server.process, clock: SimulatedClock(time).dateAndTime)
    for leak in leaks {
      write(Self.vllmLog(server.node), time) { leak.vllmReceives?(scene) ?? [] }
    }
  }

  mutating func answered(_ request: Request, by server: Server?, at time: Double) {
    let status = request.outcome.status
    if let server, request.outcome != .noServer {
      let line = accessLine("10.20.0.5:\(port(request, 1))", "POST", "/v1/chat/completions", status)
      write(Self.vllmLog(server.node), time) { [line] }
    }
    let clock = SimulatedClock(time).time
    let isQuiet = logsCriticalOnly
    write(Self.litellmLog, time) {
      switch request.outcome {
      case _ where isQuiet: []
      case .malformed: LiteLLMLog.malformedBody(length: 60 + request.promptTokens % 400, clock: clock)
      case .engineError: Self.failure("Internal server error", request, server, clock)
      case .noServer: Self.failure("Connection error.", request, server, clock)
      case .stop, .length, .unknownModel, .invalid: []
      }
    }
    if leaks.contains(where: { $0.litellmAnswers != nil }) {
      let scene = scene(request, model: server?.model.name ?? "", process: 0, clock: clock)
      for leak in leaks {
        write(Self.litellmLog, time) { leak.litellmAnswers?(scene, request.outcome) ?? [] }
      }
    }
    let peer = "\(Client.all[request.client].address):\(port(request, 2))"
    write(Self.litellmLog, time) { [accessLine(peer, "POST", "/v1/chat/completions", status)] }
  }

  /// A scrape, as uvicorn logs it.
  mutating func scraped(_ log: String, _ path: String, at time: Double) {
    write(log, time) { [accessLine("10.20.0.2:\(32_768 + Int(time * 7) % 28_000)", "GET", path, 200)] }
  }

  /// What the client put into `model`.
  func unknownModel(_ request: Request) -> String {
    for leak in leaks {
      if let name = leak.modelName { return name(scene(request, model: "", process: 0, clock: "")) }
    }
    return "default"
  }

  // MARK: Help

  private static func failure(_ what: String, _ request: Request, _ server: Server?, _ clock: String) -> [String] {
    LiteLLMLog.exception(
      ["litellm.InternalServerError: InternalServerError: OpenAIException - \(what)"], class: "InternalServerError",
      group: server?.model.name ?? "", call: request.number, clock: clock)
  }

  private func scene(_ request: Request, model: String, process: Int, clock: String) -> Leak.Scene {
    let conversation = Conversation.all[request.canary % Conversation.all.count]
    return Leak.Scene(
      requestID: "chatcmpl-\(hexDigits(of: "request \(request.number)", count: 16))", model: model,
      prompt: canaries?.prompt(request.canary) ?? conversation.prompt,
      reply: canaries?.reply(request.canary) ?? conversation.reply, clock: clock, process: process,
      number: request.number, maximumTokens: request.maximumTokens)
  }

  /// An ephemeral port of a connection.
  private func port(_ request: Request, _ side: UInt64) -> Int {
    32_768 + Int(SeededRandom.mix(UInt64(request.number) &* 2 &+ side) % 28_000)
  }

  private mutating func write(_ log: String, _ time: Double, _ text: () -> [String]) {
    guard isKept else { return }
    for line in text() { lines.append(LogLine(log: log, time: time, text: line)) }
  }
}
