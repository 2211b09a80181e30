/// As much of Go's templates as tells which labels a rule's text or a notification template prints.
struct TemplateActions {
  enum Use: Hashable {
    /// A label by name, whichever way it is reached.
    case label(String)
    /// The whole map of labels.
    case allLabels
    /// The function `query`, which reads any series; its expression where that is written out.
    case query(String?)
  }

  /// Every use with the byte offset at which its action begins.
  static func uses(in text: String) -> [(use: Use, offset: Int)] {
    let bytes = Array(text.utf8)
    var uses: [(Use, Int)] = []
    var index = 0
    while index + 1 < bytes.count {
      guard bytes[index] == UInt8(ascii: "{"), bytes[index + 1] == UInt8(ascii: "{") else {
        index += 1
        continue
      }
      let tokens = tokens(bytes, from: index + 2)
      uses += Self.uses(of: tokens.list).map { ($0, index) }
      index = tokens.end
    }
    return uses
  }

  private enum Token: Equatable {
    /// `$labels.job`, `.Labels`, `query`, …
    case path([String])
    case string(String)
    case other
  }

  private static let maps: Set<String> = [
    "$labels", "Labels", "CommonLabels", "GroupLabels", "$externalLabels",
  ]

  private static func uses(of tokens: [Token]) -> [Use] {
    var uses: [Use] = []
    for (index, token) in tokens.enumerated() {
      guard case .path(let parts) = token else { continue }
      let next = index + 1 < tokens.count ? tokens[index + 1] : nil
      let literal: String? = if case .string(let text)? = next { text } else { nil }
      if parts == ["query"] {
        uses.append(.query(literal))
      } else if parts == ["label"], let literal {
        uses.append(.label(literal))
      } else if let map = parts.firstIndex(where: maps.contains), parts[map] != "$externalLabels" {
        let isIndexed = index > 0 && tokens[index - 1] == .path(["index"])
        if map + 1 < parts.count {
          uses.append(.label(parts[map + 1]))
        } else if isIndexed, let literal {
          uses.append(.label(literal))
        } else {
          uses.append(.allLabels)
        }
      }
    }
    return uses
  }

  private static func tokens(_ bytes: [UInt8], from start: Int) -> (list: [Token], end: Int) {
    var tokens: [Token] = []
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "}"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "}") {
        return (tokens, index + 2)
      }
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`") {
        let close = closing(bytes, from: index)
        tokens.append(.string(String(decoding: bytes[min(index + 1, close)..<close], as: UTF8.self)))
        index = close + 1
      } else if isPath(byte) {
        let end = bytes[index...].firstIndex { !isPath($0) } ?? bytes.count
        let path = String(decoding: bytes[index..<end], as: UTF8.self)
        tokens.append(.path(path.split(separator: ".").map(String.init)))
        index = end
      } else {
        if byte > 0x20 { tokens.append(.other) }
        index += 1
      }
    }
    return (tokens, bytes.count)
  }

  private static func closing(_ bytes: [UInt8], from open: Int) -> Int {
    var index = open + 1
    while index < bytes.count, bytes[index] != bytes[open] {
      index += bytes[index] == UInt8(ascii: "\\") && bytes[open] == UInt8(ascii: "\"") ? 2 : 1
    }
    return min(index, bytes.count)
  }

  private static func isPath(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
