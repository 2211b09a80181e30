import Detection
import Patterns
import Policy
import TestSupport
import Vocabulary

/// The embedded policy's rules, or these as the reference tries them. It gets more steps than scans do, since the interpreter
/// counts steps that machine code doesn't: what one of them leaves undecided, the other must not hide.
func policyDetectors(isReference: Bool = false) throws -> Detectors {
  var settings = try PolicySet.embedded().detection
  settings.isReference = isReference
  if isReference { settings.limits = MatchLimits(steps: 10_000_000, depth: 100_000, heapKiB: 1 << 18) }
  return try Detectors(settings)
}

/// A judge with the embedded policy's rules.
func policyJudge(
  canaries: CanarySet? = nil, without: Set<Proof> = [], isReference: Bool = false
) throws -> Judge {
  Judge(try policyDetectors(isReference: isReference), canaries: canaries, without: without)
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

/// What a judge that tells of content alone makes of a judgement.
func ifToBeTold(_ judgement: Judgement) -> Judgement? {
  judgement.isContent || !judgement.undecided.isEmpty ? judgement : nil
}

/// The text with other digits in its digits' places.
func redigited(_ text: [UInt8], by generator: inout SeededGenerator) -> [UInt8] {
  text.map { $0 &- 0x30 < 10 ? UInt8.random(in: 0x30...0x39, using: &generator) : $0 }
}
