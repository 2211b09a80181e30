public import Engines
public import Fleet
import Foundation
public import Platform
import Syntax
public import Vocabulary

/// Plays one fault on the synthetic platform before real Prometheus and Alertmanager, all on loopback, with time running
/// faster; then asks every dashboard's queries.
public struct LiveRun: Sendable {
  public struct Settings: Sendable {
    /// How many times faster than the wall time runs.
    public var factor: Double
    public var course: Course
    public var seed: UInt64
    public var leaks: Set<LeakName>
    public var canaries: CanaryText?
    /// What the site's own files make the exporters expose.
    public var exporters: ExporterSettings
    /// Where the platform's log files go; the caller removes them.
    public var logs: String
    /// Where the servers' data stand for the time of the run; nil for the system's temporary folder.
    public var parent: String?

    public init(
      logs: String, factor: Double = 100, course: Course = .queue, seed: UInt64 = 1, leaks: Set<LeakName> = [],
      canaries: CanaryText? = nil, exporters: ExporterSettings = ExporterSettings(), parent: String? = nil
    ) {
      self.factor = factor
      self.course = course
      self.seed = seed
      self.leaks = leaks
      self.canaries = canaries
      self.exporters = exporters
      self.logs = logs
      self.parent = parent
    }
  }

  public var prometheus: Engine
  public var alertmanager: Engine
  public var fleet: Fleet
  public var settings: Settings

  public init(prometheus: Engine, alertmanager: Engine, fleet: Fleet, settings: Settings) {
    self.prometheus = prometheus
    self.alertmanager = alertmanager
    self.fleet = fleet
    self.settings = settings
  }

  /// Runs the tree and hands the running servers to `whileRunning` when the alert has resolved.
  ///
  /// Everything is stopped and removed when this returns, throws or is cancelled, but for the log files.
  ///
  /// - Throws: `Fault(.incomplete)` where a server does not start or refuses its configuration; `Fault(.usage)` where a file
  ///   does not parse, or the tree has no Prometheus or Alertmanager configuration; what `whileRunning` throws.
  public func run<Value: Sendable>(
    _ tree: ConfigTree, whileRunning: @escaping @Sendable (LiveEndpoints) async throws(Fault) -> Value
  ) async throws(Fault) -> (result: LiveResult, value: Value) {
    guard let prometheusFile = tree.prometheus, let alertmanagerFile = tree.alertmanager else {
      let missing = tree.prometheus == nil ? "Prometheus" : "Alertmanager"
      throw Fault(
        .usage, "the configuration has no \(missing) file, so it cannot be run live",
        remedy: "add one, or start from sigilo bundle build")
    }
    guard let fault = settings.course.fault else {
      throw Fault(.usage, "the healthy course has no fault to play live", remedy: "choose another course")
    }
    let clock = Stopwatch()
    var model = try PlatformModel(
      fleet: fleet, seed: settings.seed, course: settings.course, leaks: settings.leaks, canaries: settings.canaries,
      settings: settings.exporters)
    model.advance(by: fault.lowerBound - Self.lead)
    let copy = try LiveCopy(
      tree, prometheusFile, alertmanagerFile, compression: Compression(factor: settings.factor),
      course: settings.course, exported: try recorder.exportedNames(),
      targets: model.targets)
    let versions = [
      prometheus.name.rawValue: try await prometheus.version(),
      alertmanager.name.rawValue: try await alertmanager.version(),
    ]
    let platform = try SyntheticPlatform(
      model: model, speed: settings.factor, logs: settings.logs, until: fault.upperBound + Self.settling)

    return try await WebhookReceiver.run { (webhook, hook) async throws(Fault) in
      try await serve(copy, platform, hook) { (prometheus, alertmanager) async throws(Fault) in
        var conductor = Conductor(
          api: PrometheusAPI(prometheus.url), platform: platform, webhook: webhook, copy: copy, fault: fault,
          subject: "prometheus \(versions["prometheus"] ?? "")")
        try await conductor.waitForTargets()
        let startSeconds = clock.seconds
        try await conductor.play()
        try await conductor.settle()
        try await conductor.askPanels()
        let endpoints = LiveEndpoints(
          prometheus: prometheus.url, alertmanager: alertmanager.url, exporters: await platform.addresses,
          logFiles: await platform.logFiles, notifications: await webhook.notifications,
          canariesSent: await platform.canariesSent, processes: [prometheus.processID, alertmanager.processID])
        let value = try await whileRunning(endpoints)
        let notifications = await webhook.notifications
        let measurements = LiveMeasurements(
          factor: settings.factor, startSeconds: startSeconds, totalSeconds: clock.seconds,
          longestPauseSeconds: await platform.longestPause,
          series: try await conductor.api.seriesCount(), targets: platform.targets.count,
          notifications: notifications.count, panels: conductor.panels)
        let result = LiveResult(
          checks: conductor.checks, substitutions: copy.substitutions, timeline: conductor.timeline,
          notifications: notifications, engineVersions: versions, measurements: measurements)
        return (result: result, value: value)
      }
    }
  }

  /// Simulated seconds after the fault in which it must drain, the alert resolve and the next group interval pass; then the
  /// platform's clock stands still, so that what lies in its sinks is the same in every run.
  static let settling = 900.0
  /// Simulated seconds of ordinary load before the fault.
  private static let lead = 60.0

  private var recorder: Recorder {
    Recorder(fleet: fleet, seed: settings.seed, exporters: settings.exporters, plan: .standard, names: [])
  }

  /// Alertmanager, the platform (its clock standing still) and Prometheus, started in this order and stopped in the other.
  private func serve<Value: Sendable>(
    _ copy: LiveCopy, _ platform: SyntheticPlatform, _ hook: URL,
    _ work: @escaping @Sendable (RunningService, RunningService) async throws(Fault) -> Value
  ) async throws(Fault) -> Value {
    let alerts = Service.alertmanager(alertmanager, parent: settings.parent) { (_, _) throws(Fault) in
      try copy.alertmanager(hook).document.yaml
    }
    return try await alerts.run { (alertmanager) async throws(Fault) in
      try await Self.beside(platform) { () async throws(Fault) in
        let addresses = await platform.addresses
        let targets = platform.targets.compactMap { target in
          addresses[target]?.port.map { (target: target, port: $0) }
        }
        let scrapes = Service.prometheus(prometheus, parent: settings.parent, flags: copy.flags) {
          (port, folder) throws(Fault) in
          let files = try copy.writeRules(to: folder)
          let ports = LivePorts(prometheus: port, alertmanager: alertmanager.port, targets: targets)
          return try copy.prometheus(ports, ruleFiles: files).document.yaml
        }
        return try await scrapes.run { (prometheus) async throws(Fault) in try await work(prometheus, alertmanager) }
      }
    }
  }

  private static func beside<Value: Sendable>(
    _ platform: SyntheticPlatform, _ work: () async throws(Fault) -> Value
  ) async throws(Fault) -> Value {
    try await platform.start(paused: true)
    let result: Result<Value, Fault>
    do throws(Fault) { result = .success(try await work()) } catch { result = .failure(error) }
    await platform.stop()
    if let fault = await platform.fault { throw fault }
    return try result.get()
  }
}

/// Seconds since it was made.
struct Stopwatch: Sendable {
  private let start = ContinuousClock.now

  var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }
}
