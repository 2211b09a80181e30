import Platform
import Testing
import Vocabulary

@testable import Jobs

@Suite struct OutputGuardTests {
  let canaries = CanaryText(key: CanaryKey(seed: 1))

  @Test func refusesAMarkerAndFiveWordsOfACanary() throws {
    let guarding = OutputGuard(CanarySearch(canaries))
    let marker = try #require(canaries.markers.first)
    #expect(throws: Fault.self) { try guarding.check(Array("x \(marker) y".utf8), about: "a report") }
    let words = canaries.prompt(0).split(separator: " ").prefix(6).joined(separator: " ")
    #expect(throws: Fault.self) { try guarding.check(Array("{\"a\": \"\(words)\"}".utf8), about: "a report") }
  }

  @Test func letsOrdinaryReportsPass() throws {
    try OutputGuard(CanarySearch(canaries)).check(
      Array("vllm@gpu-node1: 3 findings, canary in log".utf8), about: "a report")
  }

  @Test func whatItRefusesIsADefectOfSigilo() throws {
    let marker = try #require(canaries.markers.last)
    do {
      try OutputGuard(CanarySearch(canaries)).check(Array(marker.utf8), about: "findings.json")
      Issue.record("a marker passed")
    } catch {
      #expect(error.status == .internal)
      #expect(!error.description.contains(marker))
    }
  }
}
