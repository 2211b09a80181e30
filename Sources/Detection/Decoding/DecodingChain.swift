/// How a stretch of text came out of a specimen: the steps that undid its encodings, outermost first. At most eight are
/// kept, which the depth of decoding does not exceed but for escapes at every level.
struct DecodingChain: Hashable {
  enum Step: UInt32 {
    /// `\n`, `\"`, `\/`.
    case escape = 1
    /// An escape that gives a character by its number.
    case numericEscape
    case percent, base64, hex, gzip, zlib, zstd

    var name: String {
      switch self {
      case .escape, .numericEscape: "escape"
      case .percent: "percent"
      case .base64: "base64"
      case .hex: "hex"
      case .gzip: "gzip"
      case .zlib: "zlib"
      case .zstd: "zstd"
      }
    }
  }

  /// Four bits a step, the outermost lowest.
  private var bits: UInt32 = 0

  init() {}

  /// Nothing was undone: the text stands in the specimen as it is here.
  var isEmpty: Bool { bits == 0 }

  func adding(_ step: Step) -> DecodingChain {
    var chain = self
    let place = UInt32(4 * count)
    if place < 32 { chain.bits |= step.rawValue << place }
    return chain
  }

  func adding(_ other: DecodingChain) -> DecodingChain { other.steps.reduce(self) { $0.adding($1) } }

  var count: Int { (32 - bits.leadingZeroBitCount + 3) / 4 }

  var steps: [Step] { (0..<count).compactMap { Step(rawValue: bits >> UInt32(4 * $0) & 15) } }

  /// As evidence lists them; escapes of both kinds side by side count once.
  var names: [String] {
    var names: [String] = []
    for step in steps where step.name != "escape" || names.last != "escape" { names.append(step.name) }
    return names
  }

  /// As the language model weighs them: what was compressed counts as that alone, whatever wrapped it.
  var encodings: Encodings {
    var encodings: Encodings = []
    for (index, step) in steps.enumerated() {
      switch step {
      case .escape: break
      case .numericEscape: encodings.insert(.escapes)
      case .percent: encodings.insert(.percent)
      case .gzip, .zlib, .zstd: encodings.insert(.compressed)
      case .base64, .hex:
        let next = index + 1 < count ? steps[index + 1] : .escape
        if ![.gzip, .zlib, .zstd].contains(next) { encodings.insert(step == .hex ? .hex : .base64) }
      }
    }
    return encodings
  }
}

/// Which encodings stood in a text, as the language model knows them.
struct Encodings: OptionSet {
  let rawValue: UInt8

  static let base64 = Encodings(rawValue: 1)
  static let hex = Encodings(rawValue: 2)
  static let compressed = Encodings(rawValue: 4)
  static let percent = Encodings(rawValue: 8)
  static let escapes = Encodings(rawValue: 16)
  /// A long run that is no text in any encoding known here: a digest, a key, an identifier.
  static let opaque = Encodings(rawValue: 32)
}
