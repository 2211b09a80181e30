import Engines
import Foundation
import Platform
import Testing
import Vocabulary

@testable import Exercise

@Suite(.serialized, .enabled(if: canTest(.prometheus, .alertmanager), "prometheus or alertmanager is not installed"))
struct LiveRunTests {
  private func run(_ parent: WorkFolder, course: Course = .queue, factor: Double = 100) throws -> LiveRun {
    LiveRun(
      prometheus: try Engine.find(.prometheus), alertmanager: try Engine.find(.alertmanager), fleet: Samples.fleet,
      settings: LiveRun.Settings(logs: parent.file("logs"), factor: factor, course: course, parent: parent.path))
  }

  /// Plays the run again with more real time for each simulated second where the machine stood still, as an audit does.
  private func runPatiently<Value: Sendable>(
    _ parent: WorkFolder, _ tree: ConfigTree,
    whileRunning: @escaping @Sendable (LiveEndpoints) async throws(Fault) -> Value
  ) async throws -> (result: LiveResult, value: Value) {
    for factor in [100.0, 50] {
      let played = try await run(parent, factor: factor).run(tree, whileRunning: whileRunning)
      guard played.result.measurements.isMachineTooBusy else { return played }
    }
    return try await run(parent, factor: 25).run(tree, whileRunning: whileRunning)
  }

  @Test func aFaultGoesAllTheWayToANotificationAndBackOnLoopbackAlone() async throws {
    let parent = try WorkFolder.create()
    defer { parent.remove() }
    let (result, connections) = try await runPatiently(parent, Samples.generated(Samples.fleet)) {
      (endpoints) async throws(Fault) in
      let processes = endpoints.processes
      return (processes, processes.flatMap { Connections.of($0) })
    }
    #expect(result.checks.filter { $0.outcome == .failed }.map { "\($0.name): \($0.detail ?? "")" } == [])
    #expect(result.checks.count { $0.name.contains("/panels/") } > 20)
    #expect(result.timeline.map(\.state) == [.inactive, .pending, .firing, .notified, .resolved, .resolutionNotified])
    #expect(result.notifications.flatMap(\.alerts).contains { $0 == ("QueueSaturation", "firing") })
    let replaced = result.substitutions.map { "\($0.pointer) \($0.what)" }
    #expect(replaced.contains { $0.hasSuffix("/expr ranges and offsets divided, and rates by the same factor") })
    #expect(replaced.contains { $0.hasPrefix("/scrape_configs/1/static_configs became 1 targets on loopback") })
    #expect(replaced.contains("/scrape_configs/1/authorization removed"))
    #expect(!replaced.contains { $0.contains("nothing that the synthetic platform has") })

    #expect(!connections.1.isEmpty)
    #expect(connections.1.allSatisfy { $0.isLoopback })
    for process in connections.0 { #expect(!FileManager.default.fileExists(atPath: "/proc/\(process)")) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path) == ["logs"])
  }

  /// A tree of someone else: other names, credentials, discovery, exporters that are not there.
  @Test func aForeignTreeRunsToo() async throws {
    let parent = try WorkFolder.create()
    defer { parent.remove() }
    var tree = try Samples.generated(Samples.fleet)
    tree.prometheus = Samples.hostile
    tree.rules = [Samples.documented]
    tree.dashboards = [
      Samples.file("d.json", #"{"panels": [{"targets": [{"expr": "redis_up"}, {"expr": "up{rack=\"$rack\"}"}]}]}"#)
    ]
    let (result, _) = try await runPatiently(parent, tree) { (_) async throws(Fault) in }
    #expect(result.checks.filter { $0.outcome == .failed }.map(\.name) == [])
    #expect(result.checks.filter { $0.outcome == .skipped }.map(\.name) == ["d.json/panels/0/targets/0 returns data"])
    #expect(result.timeline.map(\.alert).allSatisfy { $0 == "Queue" })
    #expect(result.timeline.map(\.state).last == .resolutionNotified)
  }

  @Test func cancellationInTheMiddleLeavesNothing() async throws {
    let parent = try WorkFolder.create()
    defer { parent.remove() }
    let run = try run(parent)
    let task = Task {
      try await run.run(Samples.generated(Samples.fleet)) { (_) async throws(Fault) in }
    }
    // Both servers have their folder; then the fault is under way.
    func folders() -> [String] { (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? [] }
    while folders().count < 3 { try await Task.sleep(for: .milliseconds(20)) }
    try await Task.sleep(for: .seconds(2))
    let children = Connections.children(in: parent.path)
    #expect(children.count >= 2)
    task.cancel()
    await #expect(throws: Fault.self) { try await task.value }
    for child in children { #expect(!FileManager.default.fileExists(atPath: "/proc/\(child)")) }
    #expect(folders() == ["logs"])
  }

  @Test func aConfigurationThatPrometheusRefusesIsOneFault() async throws {
    let parent = try WorkFolder.create()
    defer { parent.remove() }
    var tree = try Samples.generated(Samples.fleet)
    tree.prometheus = Samples.file("prometheus.yaml", "global: {external_labels: {'1bad': x}}\nscrape_configs: []\n")
    await #expect {
      try await run(parent).run(tree) { (_) async throws(Fault) in }
    } throws: { error in
      (error as? Fault)?.problem.hasPrefix("prometheus ended early: ") == true
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path) == ["logs"])
  }

  @Test func rulesWithoutAnAlertForTheFaultFail() async throws {
    let parent = try WorkFolder.create()
    defer { parent.remove() }
    var tree = try Samples.generated(Samples.fleet)
    tree.rules = [Samples.documented]
    tree.dashboards = []
    let (result, _) = try await run(parent, course: .errors).run(tree) { (_) async throws(Fault) in }
    #expect(result.checks.filter { $0.outcome == .failed }.map(\.name) == ["an alert is about course errors"])
  }
}

/// TCP sockets of a process, as Linux lists them.
private struct Connections {
  var local: String
  var remote: String

  /// A socket that listens has no remote address; one that is connected has both on this machine.
  var isLoopback: Bool { Self.isLoopback(local) && (Self.isLoopback(remote) || remote.allSatisfy { $0 == "0" }) }

  private static func isLoopback(_ hex: String) -> Bool {
    // Addresses are in host byte order, four bytes at a time: 127.0.0.1, ::1 and ::ffff:127.0.0.1.
    hex == "0100007F" || hex == "00000000000000000000000001000000" || hex == "0000000000000000FFFF00000100007F"
  }

  static func of(_ process: Int32) -> [Connections] {
    let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd")) ?? []
    let links = descriptors.compactMap {
      try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/fd/\($0)")
    }
    let sockets = Set(links.filter { $0.hasPrefix("socket:[") }.map { $0.dropFirst(8).dropLast() })
    return ["tcp", "tcp6", "udp", "udp6"].flatMap { table in
      let text = (try? String(contentsOfFile: "/proc/\(process)/net/\(table)", encoding: .utf8)) ?? ""
      return text.split(separator: "\n").dropFirst().compactMap { line -> Connections? in
        let fields = line.split(separator: " ")
        guard fields.count > 9, sockets.contains(fields[9]) else { return nil }
        return Connections(
          local: String(fields[1].split(separator: ":")[0]), remote: String(fields[2].split(separator: ":")[0]))
      }
    }
  }

  /// Processes that work in a folder.
  static func children(in folder: String) -> [Int32] {
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return processes.compactMap { Int32($0) }.filter { process in
      let place = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/cwd")
      return place?.hasPrefix(folder) == true
    }
  }
}
