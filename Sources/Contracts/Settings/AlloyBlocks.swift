/// Names of the blocks of a configuration in Alloy's language: `loki.echo "x" {`, `livedebugging {`.
///
/// Source: grafana.com/docs/alloy, configuration syntax.
enum AlloyBlocks {
  static func all(in bytes: [UInt8]) -> [(name: String, offset: Int)] {
    var blocks: [(String, Int)] = []
    var start = 0
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      defer { start += line.count + 1 }
      let indent = line.prefix { $0 == 0x20 || $0 == 0x09 }.count
      let name = line.dropFirst(indent).prefix { $0 == UInt8(ascii: ".") || $0 == 0x5F || isLetterOrDigit($0) }
      let rest = line[name.endIndex...].drop { $0 == 0x20 || $0 == 0x09 }
      guard !name.isEmpty, rest.first == UInt8(ascii: "{") || rest.first == UInt8(ascii: "\"") else { continue }
      blocks.append((String(decoding: name, as: UTF8.self), start + indent))
    }
    return blocks
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
