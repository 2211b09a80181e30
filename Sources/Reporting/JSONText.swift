import Foundation
import Vocabulary

/// JSON with sorted keys, indented, ended by a newline; the same value gives the same bytes.
enum JSONText {
  /// - Throws: an internal fault where a number is not finite.
  static func encode(_ value: some Encodable) throws(Fault) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return escapingInvisible(String(decoding: try encoder.encode(value), as: UTF8.self)) + [0x0A]
    } catch {
      throw Fault(.internal, "a report could not be written as JSON", remedy: "Please report this as a defect.")
    }
  }

  /// JSON leaves DEL, C1 controls and bidirectional marks as they are, but someone will `cat` the file. They can only
  /// stand inside strings, where `\uXXXX` means the same.
  private static func escapingInvisible(_ json: String) -> [UInt8] {
    if json.utf8.allSatisfy({ $0 < 0x7F }) { return Array(json.utf8) }
    var result: [UInt8] = []
    result.reserveCapacity(json.utf8.count)
    for scalar in json.unicodeScalars {
      if scalar == "\n" || Printable.isShown(scalar) {
        result.append(contentsOf: UTF8.encode(scalar).unsafelyUnwrapped)
      } else {
        for unit in UTF16.encode(scalar).unsafelyUnwrapped {
          let digits = String(unit, radix: 16)
          result.append(contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
        }
      }
    }
    return result
  }
}
