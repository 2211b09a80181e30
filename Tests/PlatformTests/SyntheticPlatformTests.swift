import Fleet
import FlyingFox
import Foundation
import Syntax
import Testing
import Transport
import Vocabulary

@testable import Platform

struct SyntheticPlatformTests {
  private let client = HTTPClient(limits: HTTPLimits(deadline: .seconds(10), retries: 0), loopbackOnly: true)

  private func folder() -> String {
    FileManager.default.temporaryDirectory.appending(path: "platform-\(UUID().uuidString)").path
  }

  private func isOpen(_ address: URL) async -> Bool {
    (try? await client.get(address.appending(path: "metrics"))) != nil
  }

  @Test func everyTargetAnswersWhatParsesAndIsGoneAfterwards() async throws {
    let logs = folder()
    defer { try? FileManager.default.removeItem(atPath: logs) }
    var model = try PlatformModel(fleet: .default, seed: 1, canaries: CanaryText(key: CanaryKey(seed: 1)))
    model.advance(by: 300)
    let addresses = try await SyntheticPlatform.withPlatform(model: model, speed: 60, logs: logs) { platform in
      let addresses = await platform.addresses
      #expect(Set(addresses.keys) == Set(platform.targets))
      for (target, address) in addresses {
        #expect(Loopback.contains(address))
        let answer = try await client.get(address.appending(path: "metrics"))
        let families = try MetricFamily.parse(answer.body)
        #expect(answer.status == 200 && families.count > 20, "\(target.name)")
        let elsewhere = try await client.get(address.appending(path: "v1/models"))
        #expect(elsewhere.status == 404)
      }
      #expect(await platform.canariesSent > 100)
      return addresses
    }
    for address in addresses.values { #expect(await !isOpen(address)) }
    let log = try String(contentsOfFile: logs + "/vllm@gpu-node1.log", encoding: .utf8)
    #expect(log.contains("GET /metrics") && log.contains("Engine 000:") && log.hasSuffix("\n"))
    #expect(FileManager.default.fileExists(atPath: logs + "/litellm.log"))
  }

  @Test func aNodeThatIsDownRefusesAndComesBackAtItsPort() async throws {
    let logs = folder()
    defer { try? FileManager.default.removeItem(atPath: logs) }
    var model = try PlatformModel(fleet: .default, seed: 1, course: .nodeDown)
    let fault = try #require(model.course.fault)
    model.advance(by: fault.lowerBound - 60)
    let target = try #require(model.targets.first { $0.job == .vllm && $0.node == model.faultyNode })
    try await SyntheticPlatform.withPlatform(model: model, speed: 600, logs: logs) { platform in
      let address = try #require(await platform.addresses[target])
      func wait(until open: Bool) async throws -> Bool {
        for _ in 0..<400 {
          if await isOpen(address) == open { return true }
          try await Task.sleep(for: .milliseconds(20))
        }
        return false
      }
      #expect(await isOpen(address))
      #expect(try await wait(until: false))
      #expect(try await wait(until: true))
      #expect(await platform.addresses[target] == address)
      #expect(await platform.time >= fault.upperBound)
    }
  }

  @Test func cancellationClosesEverything() async throws {
    let logs = folder()
    defer { try? FileManager.default.removeItem(atPath: logs) }
    let model = try PlatformModel(fleet: .default, seed: 1)
    let (stream, continuation) = AsyncStream.makeStream(of: [PlatformTarget: URL].self)
    let work = Task {
      defer { continuation.finish() }
      try await SyntheticPlatform.withPlatform(model: model, speed: 10, logs: logs) { platform in
        continuation.yield(await platform.addresses)
        try await Task.sleep(for: .seconds(600))
      }
    }
    var iterator = stream.makeAsyncIterator()
    let addresses = try #require(await iterator.next())
    #expect(addresses.count == model.targets.count)
    work.cancel()
    await #expect(throws: CancellationError.self) { try await work.value }
    for address in addresses.values { #expect(await !isOpen(address)) }
  }

  @Test(.timeLimit(.minutes(5))) func aTakenPortIsAFaultAndNoHang() async throws {
    let holder = try await LoopbackServer.start { _ in HTTPResponse(statusCode: .ok) }
    await #expect(throws: Fault.self) {
      _ = try await LoopbackServer.start(port: holder.port) { _ in HTTPResponse(statusCode: .ok) }
    }
    await holder.stop()
    let next = try await LoopbackServer.start(port: holder.port) { _ in HTTPResponse(statusCode: .ok) }
    #expect(next.port == holder.port)
    await next.stop()
  }

  @Test func aFolderThatCannotBeWrittenIsAFault() throws {
    let model = try PlatformModel(fleet: .default, seed: 1)
    #expect(throws: Fault.self) { try SyntheticPlatform(model: model, speed: 1, logs: "/dev/null/logs") }
  }
}
