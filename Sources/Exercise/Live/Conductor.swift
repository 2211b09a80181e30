import Engines
import Foundation
import Platform
import Syntax
import Vocabulary

/// Leads a live run from the first scrape to the last question and writes down what it sees.
struct Conductor {
  let api: PrometheusAPI
  let platform: SyntheticPlatform
  let webhook: WebhookReceiver
  let copy: LiveCopy
  let fault: Range<Double>
  /// The program whose behaviour is checked, e.g. `prometheus 2.42.0`.
  let subject: String
  private(set) var checks: [Check] = []
  private(set) var timeline: [AlertMoment] = []

  init(
    api: PrometheusAPI, platform: SyntheticPlatform, webhook: WebhookReceiver, copy: LiveCopy, fault: Range<Double>,
    subject: String
  ) {
    self.api = api
    self.platform = platform
    self.webhook = webhook
    self.copy = copy
    self.fault = fault
    self.subject = subject
  }

  private static let poll = Duration.milliseconds(100)
  /// Wall time beyond what the course asks for, for a busy machine.
  private static let patience = 10.0

  /// Waits until Prometheus has scraped every target once.
  mutating func waitForTargets() async throws(Fault) {
    let clock = Stopwatch()
    var up = 0
    var all = 0
    var dropped = 0
    while clock.seconds < Self.patience, all == 0 || up < all {
      try await pause()
      let targets = try await api.targets()
      up = targets.activeTargets.count { $0.health == "up" }
      all = targets.activeTargets.count
      dropped = targets.droppedTargets.count
    }
    let note = dropped > 0 ? "; \(dropped) dropped by the configuration's relabelling" : ""
    add("every target is scraped", up == all && up > 0, "\(up) of \(all)\(note)")
  }

  // MARK: The fault

  /// Starts the platform's clock and follows the alert until its resolution is notified.
  mutating func play() async throws(Fault) {
    startedAt = Date().timeIntervalSince1970
    let clock = Stopwatch()
    guard !copy.alerts.isEmpty else {
      add("an alert is about course \(copy.course.rawValue)", false, "no rule reads what the fault changes")
      await platform.resume()
      return
    }
    try await observe(clock)
    await platform.resume()
    let end = (fault.upperBound + LiveRun.settling - (await platform.time)) / copy.compression.factor + Self.patience
    while clock.seconds < end, !isOver {
      try await pause()
      try await observe(clock)
    }
    for state in expectedStates { judge(state) }
  }

  /// Waits until the platform's clock stands still and Prometheus has scraped what it then shows.
  mutating func settle() async throws(Fault) {
    while !(await platform.isAtEnd) { try await pause() }
    for _ in 0..<Self.scrapesToSettle { try await pause() }
  }

  private static let scrapesToSettle = 10
  private var startedAt = 0.0
  /// Series with data by panel query, for `live.json`.
  private(set) var panels: [String: Int] = [:]

  private var expectedStates: [AlertMoment.State] {
    var states: [AlertMoment.State] = [.inactive, .firing, .resolved]
    if !copy.isImmediate { states.insert(.pending, at: 1) }
    return states + [.notified, .resolutionNotified]
  }

  private var isOver: Bool {
    seen(.resolved) && (seen(.resolutionNotified) || !copy.notifies)
  }

  private func seen(_ state: AlertMoment.State) -> Bool { timeline.contains { $0.state == state } }

  private mutating func observe(_ clock: Stopwatch) async throws(Fault) {
    let alerts = try await api.alerts().filter { copy.alerts.contains($0.labels["alertname"] ?? "") }
    let isFiring = alerts.contains { $0.state == "firing" }
    if alerts.isEmpty, timeline.isEmpty { note(.inactive, clock) }
    if !alerts.isEmpty, !isFiring, !seen(.firing) { note(.pending, clock) }
    if isFiring { note(.firing, clock) }
    if seen(.firing), alerts.isEmpty { note(.resolved, clock) }
    let told = await webhook.notifications.flatMap(\.alerts).filter { copy.alerts.contains($0.name) }
    if told.contains(where: { $0.status == "firing" }) { note(.notified, clock) }
    if told.contains(where: { $0.status == "resolved" }) { note(.resolutionNotified, clock) }
  }

  private mutating func note(_ state: AlertMoment.State, _ clock: Stopwatch) {
    guard !seen(state) else { return }
    timeline.append(AlertMoment(alert: name, state: state, seconds: clock.seconds))
  }

  private mutating func judge(_ state: AlertMoment.State) {
    let claim =
      switch state {
      case .inactive: "\(name) is inactive before the fault"
      case .pending: "\(name) goes pending"
      case .firing: "\(name) fires"
      case .notified: "\(name) is notified"
      case .resolved: "\(name) resolves after the fault"
      case .resolutionNotified: "\(name)'s resolution is notified"
      }
    if [.notified, .resolutionNotified].contains(state), !copy.notifies {
      checks.append(
        Check(
          stage: "live", name: claim, outcome: .skipped, detail: "no receiver of the configuration sends anything",
          subject: subject))
    } else {
      add(claim, seen(state), "course \(copy.course.rawValue)")
    }
  }

  /// The first alert that may be printed.
  private var name: String { copy.alerts.compactMap(AlertName.printable).first ?? "the alert" }

  // MARK: Dashboards

  /// Asks every panel's query over the whole run.
  mutating func askPanels() async throws(Fault) {
    let end = Date().timeIntervalSince1970
    let step = max(0.5, (end - startedAt) / 100)
    for panel in copy.panels {
      let title = "\(panel.path)\(panel.pointer) returns data"
      let query = copy.compression.expression(panel.expression)
      let series = try await api.seriesWithData(query, from: startedAt, to: end, step: step)
      if (series ?? 0) == 0, !PromQLReading(ofAnyText: panel.expression).metrics.allSatisfy(isOurs) {
        checks.append(
          Check(
            stage: "live", name: title, outcome: .skipped, detail: "it reads what the synthetic platform does not have",
            subject: subject))
      } else {
        panels["\(panel.path)\(panel.pointer)"] = series
        add(title, (series ?? 0) > 0, series == nil ? "Prometheus refuses the query" : nil)
      }
    }
  }

  private func isOurs(_ name: String) -> Bool {
    copy.known.contains(name)
      || ["vllm:", "litellm_", "DCGM_FI_", "node_", "up", "ALERTS"].contains { name.hasPrefix($0) }
  }

  private mutating func add(_ name: String, _ isPassed: Bool, _ detail: String? = nil) {
    checks.append(
      Check(stage: "live", name: name, outcome: isPassed ? .passed : .failed, detail: detail, subject: subject))
  }

  private func pause() async throws(Fault) {
    do { try await Task.sleep(for: Self.poll) } catch { throw .cancelled }
  }
}
