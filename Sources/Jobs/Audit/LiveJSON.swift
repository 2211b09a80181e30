import Exercise
import Foundation
import Vocabulary

/// What live engines measured: the one report that is not the same in two runs.
struct LiveJSON: Encodable {
  private let timeline: [AlertMoment]
  private let measurements: LiveMeasurements
  private let engines: [String: String]

  init(_ result: LiveResult) {
    timeline = result.timeline
    measurements = result.measurements
    engines = result.engineVersions
  }

  var bytes: [UInt8] {
    get throws(Fault) {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      do {
        return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
      } catch {
        throw Fault(.internal, "the live measurements could not be written")
      }
    }
  }
}
