import Fleet
import FlyingFox
public import Foundation
public import Vocabulary

/// The platform's exporters and logs, live on loopback: each target of the fleet is an HTTP server on a free port of
/// 127.0.0.1, and time runs `speed` times faster than the wall.
///
/// Counters grow `speed` times faster than in the model's own time, so a rate over a window that was divided by `speed` reads
/// `speed` times higher. The healthy course has no server-side failure at all, so that no factor makes one of it.
///
/// A target that is down in the model has its port closed and comes back at the same one. Nothing but 127.0.0.1 is opened.
/// Whoever calls `start` calls `stop`, also when cancelled; `withPlatform` does both.
public actor SyntheticPlatform {
  /// Simulated seconds that pass in one second.
  public nonisolated let speed: Double
  public nonisolated let targets: [PlatformTarget]

  private var model: PlatformModel
  private var folder: LogFolder
  private var servers: [PlatformTarget: LoopbackServer] = [:]
  private var ports: [PlatformTarget: UInt16] = [:]
  private var ticking: Task<Void, Never>?
  /// When the clock started, and the simulated time it then showed.
  private var origin: (instant: ContinuousClock.Instant, time: Double)?
  private var failure: Fault?
  private var stepped: ContinuousClock.Instant?
  /// Longest time in seconds for which this machine did not let the platform run. At a `speed` of 100, one second is a hole
  /// of a hundred simulated ones in what Prometheus sees.
  public private(set) var longestPause = 0.0

  /// How often logs are written and targets stopped or started.
  private static let tick = Duration.milliseconds(50)

  /// Simulated seconds by which the model moves. It always moves by whole steps, so that where the wall clock happened to be
  /// looked at changes nothing in logs and expositions, not even rounding.
  private static let step = 1.0
  /// Simulated time at which the clock stands still; nil lets it run on.
  private let end: Double?

  /// - Parameters:
  ///   - model: its time is where the live platform begins; advance it first to begin near a fault.
  ///   - logs: folder for `vllm@<node>.log` and `litellm.log`; made where missing.
  ///   - end: simulated time at which the clock stands still while the ports stay open, so that two runs end with the same
  ///     logs and label sets; nil lets it run on.
  /// - Throws: `usage` where the folder cannot be written.
  public init(model: PlatformModel, speed: Double, logs: String, until end: Double? = nil) throws(Fault) {
    self.model = model
    self.end = end
    self.speed = speed
    targets = model.targets
    folder = try LogFolder(path: logs, logs: model.logNames)
  }

  /// Runs `body` beside the live platform and stops it however `body` ends.
  public static func withPlatform<Result: Sendable>(
    model: PlatformModel, speed: Double, logs: String,
    _ body: @Sendable (SyntheticPlatform) async throws -> Result
  ) async throws -> Result {
    let platform = try SyntheticPlatform(model: model, speed: speed, logs: logs)
    do {
      try await platform.start()
      let result = try await body(platform)
      await platform.stop()
      if let failure = await platform.failure { throw failure }
      return result
    } catch {
      await platform.stop()
      throw error
    }
  }

  /// Opens the ports and starts the clock.
  ///
  /// - Parameter paused: leave the clock standing until `resume`, for callers whose own programs must be up first.
  /// - Throws: `incomplete` where a port cannot be opened; nothing stays open then.
  public func start(paused: Bool = false) async throws(Fault) {
    do {
      for target in targets where model.isUp(target) { try await open(target) }
      try folder.append(model.drainLogs())
    } catch {
      await stop()
      throw error
    }
    if !paused { resume() }
    ticking = Task { [weak self] in
      while !Task.isCancelled {
        try? await Task.sleep(for: Self.tick)
        guard await self?.step() ?? false else { return }
      }
    }
  }

  /// Starts the clock where `start` left it standing.
  public func resume() {
    if origin == nil { origin = (.now, model.time) }
  }

  /// Closes every port and file. Calling it twice does no harm.
  public func stop() async {
    ticking?.cancel()
    await ticking?.value
    ticking = nil
    for target in targets { await close(target) }
    catchUp()
    try? folder.append(model.drainLogs())
    folder.close()
    origin = nil
  }

  /// Where each target listens, `http://127.0.0.1:PORT`; a target that is down keeps its address.
  public var addresses: [PlatformTarget: URL] {
    ports.compactMapValues { URL(string: "http://127.0.0.1:\($0)") }
  }

  /// Simulated seconds since the course began.
  public var time: Double {
    catchUp()
    return model.time
  }

  /// Requests so far that carried a canary.
  public var canariesSent: Int {
    catchUp()
    return model.canariesSent
  }

  /// What went wrong since `start`, if anything did.
  public var fault: Fault? { failure }

  /// The log files, by logical name (`vllm@gpu-node1`, `litellm`).
  public var logFiles: [String: String] {
    Dictionary(uniqueKeysWithValues: model.logNames.map { ($0, folder.file(of: $0)) })
  }

  /// The clock has come to the time at which it stands still.
  public var isAtEnd: Bool {
    catchUp()
    return model.time + Self.step > end ?? .infinity
  }

  // MARK: Clock

  private func catchUp() {
    guard let origin else { return }
    let seconds = (ContinuousClock.now - origin.instant) / .seconds(1)
    let now = min(origin.time + speed * seconds, end ?? .infinity)
    while model.time + Self.step <= now { model.advance(by: Self.step) }
  }

  /// Brings ports and files to what the model says now; false where that failed.
  private func step() async -> Bool {
    let now = ContinuousClock.now
    if let last = stepped { longestPause = max(longestPause, (now - last) / .seconds(1)) }
    stepped = now
    catchUp()
    do throws(Fault) {
      try folder.append(model.drainLogs())
      for target in targets {
        let isUp = model.isUp(target)
        if isUp, servers[target] == nil { try await open(target) }
        if !isUp { await close(target) }
        if Task.isCancelled { return false }
      }
      return true
    } catch {
      failure = error
      return false
    }
  }

  // MARK: Ports

  private func open(_ target: PlatformTarget) async throws(Fault) {
    let server = try await LoopbackServer.start(port: ports[target] ?? 0) { [weak self] request in
      await self?.respond(to: request, of: target) ?? HTTPResponse(statusCode: .serviceUnavailable)
    }
    servers[target] = server
    ports[target] = server.port
  }

  private func close(_ target: PlatformTarget) async {
    await servers.removeValue(forKey: target)?.stop()
  }

  private func respond(to request: HTTPRequest, of target: PlatformTarget) -> HTTPResponse {
    catchUp()
    // LiteLLM mounts its metrics one level down and redirects.
    let mount = target.job == .litellm ? "/metrics/" : "/metrics"
    // FlyingFox strips the last slash from `path`.
    let path = request.target.path()
    if path == mount {
      let headers: HTTPHeaders = [.contentType: PlatformModel.contentType]
      return HTTPResponse(statusCode: .ok, headers: headers, body: Data(model.exposition(of: target)))
    }
    if path == "/metrics" {
      let host = request.headers[.host] ?? "127.0.0.1:\(ports[target] ?? 0)"
      let headers: HTTPHeaders = [.location: "http://\(host)\(mount)"]
      return HTTPResponse(statusCode: .temporaryRedirect, headers: headers)
    }
    return HTTPResponse(statusCode: .notFound)
  }
}
