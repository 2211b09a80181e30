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

  func fold(seed: Int) -> Int { Int(Digest.fnv1a("\(seed)/\(group)".utf8) % UInt64(Self.foldCount)) }
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
