import Foundation
import Testing

@testable import Contracts

/// Every contract of `policies/contracts/`, with its own examples.
@Suite struct ContractFilesTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../policies/contracts")
  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".yaml") }.sorted()

  static func contract(_ name: String) throws -> Contract {
    try Contract.parse(Array(try Data(contentsOf: folder.appendingPathComponent(name))), path: name)
  }

  @Test(arguments: names)
  func examplesHold(_ name: String) throws {
    let contract = try Self.contract(name)
    #expect(name == contract.source + ".yaml")
    #expect(!contract.metrics.isEmpty || !contract.logs.isEmpty || !contract.settings.isEmpty)
    for outcome in try contract.testExamples() {
      #expect(
        outcome.passed, "\(outcome.clause), \(outcome.mustBeClaimed ? "example" : "counter-example") \(outcome.number)")
    }
    #expect(try contract.templatesWithoutExample() == [])
  }
}
