import Foundation
import Vocabulary

/// One labelled text of the evaluation data.
struct Row: Decodable {
  var id: String
  var surface: Surface
  var text: String
  var label: Int
  var lang: String
  var kind: String
  var source: String
  var doc: String?
  var carrier: String?
  var value: String?
  /// Too short to be decidable by itself: trained with less weight, left out of recall.
  var veryShort: Bool?

  var isContent: Bool { label == 1 }
  var isVeryShort: Bool { veryShort ?? false }

  /// What must not stand on both sides of a split: a conversation document, or a source of operational text. Generated
  /// rows have one source in common and are split one by one.
  var group: String {
    if ["generated", "synthetic", "carrier"].contains(where: source.hasPrefix) { return id }
    return isContent ? doc ?? source : source
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
  var rows: [Row]
  var digest: UInt64

  init(path: String) throws(Fault) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Fault(
        .usage, "there is no evaluation data at \(path)", remedy: "training needs it; give its place with --data")
    }
    digest = Digest.fnv1a(data)
    rows = []
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    for (number, line) in data.split(separator: 10).enumerated() {
      do {
        rows.append(try decoder.decode(Row.self, from: line))
      } catch {
        throw Fault(.usage, "line \(number + 1) of \(path) is no row of the evaluation data")
      }
    }
  }
}
