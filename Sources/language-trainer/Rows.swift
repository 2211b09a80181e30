import Foundation
import Labelled
import Vocabulary

/// How the evaluation data is split.
extension LabelledText {
  /// What stands alone in a document, or might: conversation without a carrier, and what authors of configurations write.
  var standsAlone: Bool { isContent ? isBare && !isVeryShort : Self.authored.contains(kind) }

  private static let authored: Set = [
    "benign_annotation", "benign_annotation_rendered", "benign_config_comment", "benign_dashboard_text", "benign_help",
  ]

  /// What must not stand on both sides of a split: a conversation document, or a source of operational text. Generated
  /// rows have one source in common and are split one by one.
  var group: String {
    if let source, ["generated", "synthetic", "carrier"].contains(where: source.hasPrefix) { return id }
    return isContent ? doc ?? source ?? id : source ?? id
  }

  static let foldCount = 5

  func fold(seed: Int) -> Int { Self.fold(group, seed) }

  /// The fold of the line that carries the conversation, so that a test can leave whole carriers out of training; bare
  /// texts have none and follow their document.
  func carrierFold(seed: Int) -> Int { Self.fold(carrierGroup ?? group, seed) }

  private static func fold(_ key: String, _ seed: Int) -> Int {
    Int(Digest.fnv1a("\(seed)/\(key)".utf8) % UInt64(foldCount))
  }

  /// What a carrier of conversation begins with: the name of a label, or its first letters without digits and signs.
  private var carrierGroup: String? {
    guard let carrier, carrier != "bare" else { return nil }
    let head = carrier.prefix { $0 != ":" }
    if surface == .label { return head + "=" + text.prefix { $0 != "=" } }
    var start = text[...]
    if start.hasPrefix("(APIServer") { start = start.drop { $0 != ")" }.dropFirst() }
    // Behind the place in the source that wrote the line, if one stands near the start.
    if let bracket = start.prefix(64).firstIndex(of: "]") { start = start[bracket...].dropFirst() }
    return head + "=" + start.filter { $0.isASCII && $0.isLetter }.prefix(18)
  }
}

enum Digest {
  static func fnv1a(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x1_0000_0000_01B3 }
  }
}

/// The evaluation data and what names it.
struct Corpus {
  var rows: [LabelledText]
  var digest: UInt64

  init(path: String) throws(Fault) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Fault(
        .usage, "there is no evaluation data at \(path)", remedy: "training needs it; give its place with --data")
    }
    digest = Digest.fnv1a(data)
    rows = []
    let reader = LabelledTextReader()
    for (number, line) in data.split(separator: 10).enumerated() {
      rows.append(try reader.read(line, at: Location(path: path, line: number + 1)))
    }
  }
}
