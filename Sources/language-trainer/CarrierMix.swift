import Labelled
import Vocabulary

/// Texts put behind operational ones, so that the model learns what is said rather than where it stands.
///
/// The data knows a few dozen carriers; a site has its own. So bare texts of both classes are put behind operational texts
/// of the same data with joints as programs write them. The class of the mix is the class of what is carried.
struct CarrierMix {
  private var carriers: [Surface: [String]] = [:]
  private var generator = XorShift()

  private static let joints = [
    ": ", " - ", ": \"|\"", " input='|'", " text=\"|\"", " (|)", ", content: |", ": '|'", " \"|\"", " [|]",
    " msg=\"|\" status=400", " {\"value\": \"|\"}",
  ]
  private static let surfaces: [Surface] = [.log, .alert, .config]
  private static let longestCarrier = 160
  private static let longestBenign = 240

  /// Two mixes of each bare text of conversation in `rows`, and as many of operational texts.
  mutating func mixes(of rows: [LabelledText]) -> [LabelledText] {
    let benign = rows.filter { !$0.isContent && $0.text.utf8.count <= Self.longestBenign && $0.surface != .label }
    for surface in Self.surfaces {
      let near = benign.filter { $0.surface == surface && $0.text.utf8.count <= Self.longestCarrier }
      carriers[surface] = near.map(\.text)
    }
    let content = rows.filter { $0.isContent && !$0.isVeryShort && $0.isBare }
    guard !benign.isEmpty, !Self.surfaces.contains(where: { carriers[$0]!.isEmpty }) else { return [] }
    var mixes: [LabelledText] = []
    for row in content {
      for _ in 0..<2 {
        mixes.append(mix(row))
        mixes.append(mix(benign[pick(benign.count)]))
      }
    }
    return mixes
  }

  private mutating func mix(_ row: LabelledText) -> LabelledText {
    var mixed = row
    mixed.surface = Self.surfaces[pick(Self.surfaces.count)]
    let pool = carriers[mixed.surface]!
    var carrier = pool[pick(pool.count)]
    if mixed.surface == .config, let colon = carrier.firstIndex(of: ":") { carrier = String(carrier[..<colon]) }
    let joint = Self.joints[pick(Self.joints.count)].split(separator: "|", omittingEmptySubsequences: false)
    let text = row.value ?? row.text
    mixed.text = carrier + joint[0] + text + (joint.count > 1 ? joint[1] : "")
    mixed.value = nil
    mixed.carrier = "mix"
    return mixed
  }

  private mutating func pick(_ count: Int) -> Int { Int(generator.next() % UInt64(count)) }
}
