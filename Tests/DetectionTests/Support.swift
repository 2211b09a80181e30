import Detection
import Policy
import Vocabulary

/// A judge with the embedded policy's rules.
func policyJudge(
  canaries: CanarySet? = nil, without: Set<Proof> = [], isReference: Bool = false
) throws -> Judge {
  var settings = try PolicySet.embedded().detection
  settings.isReference = isReference
  return Judge(try Detectors(settings), canaries: canaries, without: without)
}

extension Judge {
  func judge(_ text: String, _ surface: Surface = .log, _ slot: Slot? = nil) -> Judgement? {
    let usual: Slot =
      switch surface {
      case .log: .line
      case .label, .alert: .labelValue
      case .config: .scalar
      }
    return judge(Array(text.utf8), surface: surface, slot: slot ?? usual)
  }

  func judge(_ bytes: [UInt8], surface: Surface, slot: Slot) -> Judgement? {
    bytes.withUnsafeBytes { judge($0, surface: surface, slot: slot) }
  }
}

/// SplitMix64, so that every run tries the same texts.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
