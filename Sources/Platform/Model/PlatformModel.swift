public import Fleet
public import Vocabulary

/// A platform that runs nowhere: a seeded model of load, queue, KV cache, GPUs and gateway, seen through the exporters and
/// logs of the real programs.
///
/// It holds no clock. Time is simulated seconds since the course began and moves by `advance(by:)` alone; equal fleet, seed,
/// course and leaks give equal expositions and logs, and where a caller stops on the way changes nothing but rounding.
public struct PlatformModel: Sendable {
  /// Simulated seconds since 1970 at which every course begins: 2026-03-03 13:00 UTC, a Tuesday.
  public static let epoch = 1_772_542_800.0

  public let fleet: Fleet
  public let seed: UInt64
  public let course: Course
  public let leaks: Set<LeakName>
  /// What the site's files make the exporters expose.
  public let settings: ExporterSettings
  /// Every exporter, by job and then in the order of the fleet.
  public let targets: [PlatformTarget]
  /// Simulated seconds since the course began.
  public private(set) var time = 0.0

  var servers: [Server]
  var hosts: [Host]
  var gateway = Gateway()
  var journal: Journal
  private var nextStatistics = 0.0
  private var nextScrape = 0.0
  private var requests = 0
  private var phase = Phase.before

  private enum Phase { case before, faulty, after }

  /// Seconds between two statistics lines of vLLM (`VLLM_LOG_STATS_INTERVAL`, default 10).
  static let statisticsInterval = 10.0
  /// Seconds between two scrapes that the access logs show (Prometheus's `scrape_interval` in the generated configuration).
  /// They come from the course and not from whoever reads the exporters, so that logs do not depend on how fast that was.
  static let scrapeInterval = 15.0

  /// - Parameters:
  ///   - leaks: planted faults that make a source emit the conversations it carries.
  ///   - canaries: what the requests say; nil lets them carry the conversations without markers.
  ///   - settings: what a site's files make the exporters expose; else what the programs expose by default.
  ///   - logs: false keeps no log lines, for callers that want metrics alone.
  /// - Throws: `usage` where a GPU node serves a model that the fleet does not list, or a course has no server to fail.
  public init(
    fleet: Fleet, seed: UInt64, course: Course = .healthy, leaks: Set<LeakName> = [], canaries: CanaryText? = nil,
    settings: ExporterSettings = ExporterSettings(), logs: Bool = true
  ) throws(Fault) {
    self.fleet = fleet
    self.seed = seed
    self.course = course
    self.leaks = leaks
    self.settings = settings
    targets = fleet.platformTargets
    hosts = fleet.nodes.map { Host(name: $0.name) }
    servers = []
    for node in fleet.nodes(with: .gpu) {
      guard let gpus = node.gpus, let model = fleet.models.first(where: { $0.name == gpus.serves }) else {
        throw Fault(
          .usage, "node \(node.name) serves a model that the fleet does not list",
          remedy: "add the model to `models:` or change what the node serves")
      }
      servers.append(Server(node: node.name, model: model, gpus: gpus, seed: seed))
    }
    if course.fault != nil, servers.isEmpty {
      throw Fault(.usage, "course \(course.rawValue) needs a GPU node", remedy: "add one with `sigilo bundle add-node`")
    }
    journal = Journal(
      isKept: logs, leaks: leaks, canaries: canaries, seed: seed, logsCriticalOnly: settings.litellmLogsCriticalOnly)
    for server in servers { journal.vllmStarts(server, at: 0) }
    journal.litellmStarts(models: fleet.models.map(\.name), at: 0)
  }

  /// The node whose part fails in this course; nil in the healthy one.
  public var faultyNode: String? { course.fault == nil ? nil : servers.first?.node }

  /// Whether the target answers a scrape.
  public func isUp(_ target: PlatformTarget) -> Bool {
    guard target.job == .vllm else { return true }
    return servers.first { $0.node == target.node }?.isUp ?? false
  }

  /// Log lines since the last call, in the order of time.
  public mutating func drainLogs() -> [LogLine] { journal.drain() }

  /// Logical names of the logs, e.g. `vllm@gpu-node1` and `litellm`.
  public var logNames: [String] { servers.map { Journal.vllmLog($0.node) } + [Journal.litellmLog] }

  /// Requests so far that carried a canary.
  public var canariesSent: Int { journal.canariesSent }

  /// Moves simulated time on.
  public mutating func advance(by seconds: Double) {
    guard seconds > 0 else { return }
    let end = time + seconds
    while let event = nextEvent(), event.time <= end {
      integrate(to: event.time)
      handle(event)
    }
    integrate(to: end)
  }

  // MARK: Events

  private enum Event {
    case arrival(Int, Double)
    case finish(Int, Double)
    case statistics(Double)
    case scrape(Double)
    case faultBegins(Double)
    case faultEnds(Double)

    var time: Double {
      switch self {
      case .arrival(_, let time), .finish(_, let time), .statistics(let time), .scrape(let time),
        .faultBegins(let time), .faultEnds(let time):
        time
      }
    }
  }

  private func nextEvent() -> Event? {
    var first = Event.statistics(nextStatistics)
    func consider(_ event: Event) { if event.time < first.time { first = event } }
    consider(.scrape(nextScrape))
    for (index, server) in servers.enumerated() {
      consider(.arrival(index, server.load.next))
      consider(.finish(index, server.engine.nextFinish))
    }
    if let fault = course.fault {
      switch phase {
      case .before: consider(.faultBegins(fault.lowerBound))
      case .faulty: consider(.faultEnds(fault.upperBound))
      case .after: break
      }
    }
    return first
  }

  private mutating func integrate(to moment: Double) {
    // The bounds of the fault are events, so no stretch lies across one.
    let isFaulty = phase == .faulty
    for index in servers.indices {
      let conditions = (utilization: servers[index].utilization, reservation: servers[index].reservation)
      servers[index].engine.integrate(to: moment)
      for gpu in servers[index].accelerators.indices {
        let isVictim = isFaulty && index == 0 && gpu == servers[0].accelerators.count / 2
        servers[index].accelerators[gpu].integrate(
          to: moment,
          Accelerator.Conditions(
            utilization: conditions.utilization, reservation: conditions.reservation,
            isOverheating: isVictim && course == .temperature, isFilling: isVictim && course == .memory))
      }
    }
    for index in hosts.indices { hosts[index].integrate(to: moment, work: work(on: hosts[index].name)) }
    time = moment
  }

  /// Requests that a node handles at the moment, as its load average sees them.
  private func work(on node: String) -> Double {
    if let server = servers.first(where: { $0.node == node }) {
      return server.isUp ? Double(server.engine.running.count) : 0
    }
    return fleet.nodes(with: .gateway).contains { $0.name == node } ? 0.5 * Double(gateway.inFlight) : 1
  }

  private mutating func handle(_ event: Event) {
    switch event {
    case .statistics:
      for server in servers where server.isUp { journal.statistics(server, at: time) }
      nextStatistics += Self.statisticsInterval
    case .scrape:
      for server in servers where server.isUp { journal.scraped(Journal.vllmLog(server.node), "/metrics", at: time) }
      journal.scraped(Journal.litellmLog, "/metrics/", at: time)
      nextScrape += Self.scrapeInterval
    case .arrival(let index, _):
      let conditions = Load.Conditions(
        isOverloaded: course == .queue && index == 0 && phase == .faulty,
        isFailing: course == .errors && phase == .faulty, waiting: servers[index].engine.waiting.count)
      guard var request = servers[index].load.arrive(conditions) else { return }
      request.number = requests
      requests += 1
      receive(request, at: index)
    case .finish(let index, _):
      let request = servers[index].engine.finishNext()
      gateway.inFlight -= 1
      answer(request, by: index)
    case .faultBegins:
      phase = .faulty
      guard course == .nodeDown else { return }
      let lost = servers[0].stop()
      gateway.coolings[0, default: 0] += 1
      gateway.inFlight -= lost.count
      for request in lost { send(request, to: 0) }
    case .faultEnds:
      phase = .after
      guard course == .nodeDown else { return }
      servers[0].restart()
      journal.vllmStarts(servers[0], at: time)
    }
  }

  private mutating func receive(_ request: Request, at index: Int) {
    var request = journal.sent(request)
    switch request.outcome {
    case .malformed, .unknownModel:
      answer(request, by: nil)
    case .invalid, .engineError:
      guard let server = upstream(for: index) else { fallthrough }
      servers[server].engine.meters.answer(request, status: request.outcome.status, duration: 0.02)
      answer(request, by: server)
    case .stop, .length, .noServer:
      if upstream(for: index) == nil { request.outcome = .noServer }
      send(request, to: index)
    }
  }

  /// The server that gets what arrived for `index`: itself, or while it is down another with the same model.
  private func upstream(for index: Int) -> Int? {
    if servers[index].isUp { return index }
    return servers.indices.first { servers[$0].isUp && servers[$0].model.name == servers[index].model.name }
  }

  private mutating func send(_ request: Request, to index: Int) {
    guard let server = upstream(for: index) else {
      var failed = request
      failed.outcome = .noServer
      return answer(failed, by: index)
    }
    gateway.inFlight += 1
    journal.reaches(servers[server], request, at: time)
    servers[server].engine.enqueue(request)
  }

  private mutating func answer(_ request: Request, by index: Int?) {
    let name = request.outcome == .unknownModel ? journal.unknownModel(request) : nil
    gateway.count(request, server: index ?? -1, model: name, at: time)
    journal.answered(request, by: index.map { servers[$0] }, at: time)
  }
}
