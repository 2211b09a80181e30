import Fleet
import Syntax
import Testing

@testable import Platform

struct DeterminismTests {
  private func model(seed: UInt64 = 9, stepping step: Double) throws -> PlatformModel {
    var model = try PlatformModel(
      fleet: .default, seed: seed, course: .nodeDown, canaries: CanaryText(key: CanaryKey(seed: 1)))
    while model.time < 2400 { model.advance(by: min(step, 2400 - model.time)) }
    return model
  }

  @Test func equalSeedsGiveEqualBytes() throws {
    var first = try model(stepping: 15)
    var second = try model(stepping: 15)
    var other = try model(seed: 10, stepping: 15)
    for target in first.targets { #expect(first.exposition(of: target) == second.exposition(of: target)) }
    let logs = (first.drainLogs(), second.drainLogs(), other.drainLogs())
    #expect(logs.0 == logs.1)
    #expect(logs.0 != logs.2)
  }

  /// Where a caller stops on the way changes nothing but rounding.
  @Test(arguments: [0.7, 60, 2400]) func theStepDoesNotMatter(step: Double) throws {
    var fine = try model(stepping: 15)
    var other = try model(stepping: step)
    #expect(fine.drainLogs() == other.drainLogs())
    for target in fine.targets {
      let samples = (fine.families(of: target).flatMap(\.samples), other.families(of: target).flatMap(\.samples))
      #expect(samples.0.count == samples.1.count)
      let differing = zip(samples.0, samples.1).filter { left, right in
        // Counts of fractional steps and values read to a fixed precision may fall to either side.
        let tolerance = max(1.01, 1e-9 * left.value.magnitude)
        return left.labels != right.labels
          || !(left.value == right.value || (left.value - right.value).magnitude <= tolerance)
      }
      #expect(differing.map(\.0.name).isEmpty)
    }
  }

  @Test func callersMayAskForSomeSeriesOnly() throws {
    let model = try model(stepping: 2400)
    for target in model.targets {
      let whole = model.families(of: target)
      guard let family = whole.last(where: { !$0.samples.isEmpty }), let name = family.samples.last?.name else {
        continue
      }
      let asked = model.families(of: target, only: [name])
      #expect(asked.contains(family))
      #expect(asked.count <= 2)
    }
  }

  @Test func aFleetThatMakesNoSenseIsAFault() {
    var fleet = Fleet.default
    fleet.models = []
    #expect(throws: (any Error).self) { try PlatformModel(fleet: fleet, seed: 1) }
    fleet.nodes.removeAll { $0.roles.contains(.gpu) }
    #expect(throws: (any Error).self) { try PlatformModel(fleet: fleet, seed: 1, course: .queue) }
    #expect(throws: Never.self) { try PlatformModel(fleet: fleet, seed: 1, course: .healthy) }
  }
}
