import Foundation
import Synchronization
import Testing
import Transport
import Vocabulary

@testable import Engines

@Suite struct ServiceTests {
  private static let config = Array("global: {scrape_interval: 1s}\n".utf8)

  @Test(.enabled(if: canTest(.prometheus), "prometheus is not installed"))
  func prometheusAnswersWhileTheWorkLastsAndLeavesNothing() async throws {
    let parent = try WorkFolder.create()
    defer { parent.remove() }
    let service = Service.prometheus(try Engine.find(.prometheus), parent: parent.path) { _, _ in Self.config }
    let (pid, status) = try await service.run { (running) async throws(Fault) in
      let url = running.url.appendingPathComponent("api/v1/status/buildinfo")
      return (running.processID, try await HTTPClient(loopbackOnly: true).get(url).status)
    }
    #expect(status == 200)
    #expect(await isGone(pid))
    #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path).isEmpty)
  }

  @Test(.enabled(if: canTest(.alertmanager), "alertmanager is not installed"))
  func alertmanagerStarts() async throws {
    let config = Array("route: {receiver: none}\nreceivers: [{name: none}]\n".utf8)
    let service = Service.alertmanager(try Engine.find(.alertmanager)) { _, _ in config }
    let pid = try await service.run { (running) async throws(Fault) in running.processID }
    #expect(await isGone(pid))
  }

  @Test(.enabled(if: canTest(.prometheus), "prometheus is not installed"))
  func aRefusedConfigurationIsOneFaultWithTheReason() async throws {
    let parent = try WorkFolder.create()
    defer { parent.remove() }
    let service = Service.prometheus(try Engine.find(.prometheus), parent: parent.path) { _, _ in
      Array("no_such_key: 1\n".utf8)
    }
    await #expect {
      try await service.run { (_) async throws(Fault) in }
    } throws: { error in
      let fault = error as? Fault
      return fault?.status == .incomplete && fault?.problem.contains("no_such_key") == true
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path).isEmpty)
  }

  @Test(.enabled(if: canTest(.prometheus), "prometheus is not installed"))
  func cancellationStopsItAndRemovesItsFolder() async throws {
    let parent = try WorkFolder.create()
    defer { parent.remove() }
    let service = Service.prometheus(try Engine.find(.prometheus), parent: parent.path) { _, _ in Self.config }
    let (started, continuation) = AsyncStream.makeStream(of: pid_t.self)
    let task = Task {
      try await service.run { (running) async throws(Fault) in
        continuation.yield(running.processID)
        do { try await Task.sleep(for: .seconds(600)) } catch { throw .cancelled }
      }
    }
    var pids = started.makeAsyncIterator()
    let pid = try #require(await pids.next())
    task.cancel()
    await #expect(throws: Fault.cancelled) { try await task.value }
    #expect(await isGone(pid))
    #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path).isEmpty)
  }

  @Test func aServerThatEndsEarlyEndsTheWork() async throws {
    let service = Service(Engine(name: .prometheus, path: "/bin/sh")) { _, _ in
      ["-c", #"echo 'level=error msg="bad \"thing\"" err=broken'; sleep 0.2"#]
    }
    await #expect {
      try await service.run { (_) async throws(Fault) in }
    } throws: {
      ($0 as? Fault)?.problem == #"prometheus ended early: bad "…": broken"#
    }
  }

  @Test func aTakenPortIsTriedAgainElsewhere() async throws {
    let tries = Counter()
    let service = Service(Engine(name: .prometheus, path: "/bin/sh")) { _, _ in
      tries.count.withLock { $0 += 1 }
      return ["-c", "echo 'level=error err=\"listen tcp: bind: address already in use\"'; exit 1"]
    }
    await #expect {
      try await service.run { (_) async throws(Fault) in }
    } throws: {
      ($0 as? Fault)?.problem.contains("no free port") == true
    }
    #expect(tries.count.withLock(\.self) == 5)
  }

  @Test func whatIsLaunchedDiesWithItsParent() async throws {
    try #require(Launch(Engine(name: .prometheus, path: "/bin/sleep"), []).executable.hasSuffix("setpriv"))
    let launch = Launch(Engine(name: .prometheus, path: "/bin/sleep"), ["600"])
    let script = #""$@" >/dev/null 2>&1 & echo $!; sleep 0.3; kill -KILL $$"#
    // The outer shell stands for this process: it launches as `Launch` says and is killed before it could clean up.
    let outer = Engine(name: .prometheus, path: "/bin/sh")
    let command = Command(outer, ["-c", script, "sh", launch.executable] + launch.arguments)
    let result = try await command.run()
    let pid = try #require(pid_t(result.stdoutText.trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(result.exit == 128 + 9)
    #expect(await isGone(pid))
  }
}

private final class Counter: Sendable {
  let count = Mutex(0)
}
