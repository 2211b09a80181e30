import Foundation
import Testing

@testable import Contracts

/// Text has no way through: made from the clauses of every contract themselves.
@Suite struct ClosednessTests {
  private static let texts = [
    "resuma o laudo da paciente", "a'b \"c\" {d}", "Vm0gcGVyZ3VudG8gc29icmUgbyBsYXVkbw==", "linha\u{2028}outra", "ção",
  ]

  /// Put in place of each slot of each example, text makes the line unclaimed, or stands in a slot that goes on to the
  /// detectors; before and behind the line it is never claimed.
  @Test(arguments: ContractFilesTests.names)
  func noSlotOfALineTakesText(_ name: String) throws {
    let contract = try ContractFilesTests.contract(name)
    let compiled = try CompiledContract(contract, names: contract.exampleNames)
    var graph = TemplateMatcher(compiled.lines)
    for clause in contract.logs {
      for example in clause.examples {
        let line = Array(example.utf8.prefix { $0 != 0x0A })
        guard line.withUnsafeBytes({ graph.match($0, 0..<$0.count) }) != nil else { continue }
        let slots = graph.captures.map(\.range)
        for text in Self.texts {
          for slot in slots + [0..<0, line.count..<line.count] {
            var changed = line
            changed.replaceSubrange(slot, with: Array(text.utf8))
            #expect(isCaught(changed, slot.lowerBound..<slot.lowerBound + text.utf8.count, compiled), "\(clause.id)")
          }
        }
      }
    }
  }

  private func isCaught(_ line: [UInt8], _ text: Range<Int>, _ compiled: CompiledContract) -> Bool {
    var matcher = ContractMatcher(compiled)
    let breach = line.withUnsafeBytes { matcher.line($0, 0..<$0.count) }
    return breach != nil || matcher.freeRanges.contains { $0.overlaps(text) }
  }

  @Test(arguments: ContractFilesTests.names)
  func noLabelTakesText(_ name: String) throws {
    let contract = try ContractFilesTests.contract(name)
    var matcher = ContractMatcher(try CompiledContract(contract, names: contract.exampleNames))
    for clause in contract.metrics {
      for (series, ownLabel) in clause.kind.series(of: clause.families[0]) {
        for label in clause.labels.map(\.name) + [ownLabel ?? "prompt", "prompt"] {
          for text in Self.texts {
            let bytes = Array(text.utf8)
            let breach = bytes.withUnsafeBytes { matcher.label(label, $0, of: series) }
            #expect(breach != nil || !matcher.freeRanges.isEmpty, "\(clause.id) \(label)")
            #expect(!(breach?.difference.contains(text) ?? false))
          }
        }
      }
    }
  }
}
