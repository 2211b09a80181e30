import Detection
import Glibc
import Policy
import Vocabulary

/// What libFuzzer begins with: the examples of all rules, on their surface and slot, and markers.
enum Seeds {
  /// Writes them to a folder that holds none yet.
  static func write(to folder: String) {
    guard let policy = try? PolicySet.embedded() else { return }
    var seeds = policy.detection.rules.flatMap { $0.examples + $0.counterExamples }
      .map { [selector($0.surface, $0.slot)] + Array($0.text.utf8) }
    for message in Subject.markers {
      seeds.append([selector(.log, .line)] + Array(message.joined(separator: " eu queria saber \n").utf8))
    }
    for (index, seed) in seeds.enumerated() {
      guard let file = fopen("\(folder)/seed-\(index)", "wx") else { continue }
      fwrite(seed, 1, seed.count, file)
      fclose(file)
    }
  }

  private static func selector(_ surface: Surface, _ slot: Slot) -> UInt8 {
    let place = Surface.allCases.firstIndex(of: surface) ?? 0
    return UInt8(place + Surface.allCases.count * Int(slot.rawValue))
  }
}
