import Foundation
import Testing

@testable import Contracts

@Suite struct GuideTests {
  /// The contract in the guide is one.
  @Test func theGuidesContractHolds() throws {
    let guide = ContractFilesTests.folder.appendingPathComponent("../../docs/contracts.md")
    let text = try String(contentsOf: guide, encoding: .utf8)
    let start = try #require(text.range(of: "```yaml\n")).upperBound
    let end = try #require(text.range(of: "```", range: start..<text.endIndex)).lowerBound
    let contract = try Contract.parse(Array(text[start..<end].utf8), path: "contracts.md")
    try contract.check()
    #expect(try contract.testExamples().allSatisfy(\.passed) && contract.undecided.count == 2)
  }
}
