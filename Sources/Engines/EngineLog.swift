import Synchronization

/// The end of what a running engine prints, bounded, in memory.
final class EngineLog: Sendable {
  private let tail = Mutex<[UInt8]>([])
  private static let limit = 64 << 10

  func append(_ bytes: UnsafeRawBufferPointer) {
    tail.withLock { tail in
      tail.append(contentsOf: bytes.suffix(Self.limit))
      if tail.count > Self.limit { tail.removeFirst(tail.count - Self.limit) }
    }
  }

  var text: String { tail.withLock { String(decoding: $0, as: UTF8.self) } }

  /// What the engine itself says went wrong: `msg` and `err` of its last line at level `error`, at most 400 characters, without
  /// what it quotes, for that comes from the files it was given.
  var reason: String? {
    let errors = text.split(whereSeparator: \.isNewline).filter {
      $0.contains("level=error") || $0.contains("level=ERROR")
    }
    guard let line = errors.last else { return nil }
    let parts = ["msg", "err"].compactMap { Self.value(of: $0, in: line) }
    return parts.isEmpty ? nil : String(Self.withoutQuotes(parts.joined(separator: ": ")).prefix(400))
  }

  /// The text with whatever stands between double quotes or backticks replaced by an ellipsis.
  static func withoutQuotes(_ text: String) -> String {
    var out = ""
    var open: Character?
    for character in text {
      if let quote = open {
        if character == quote {
          out += "…\(quote)"
          open = nil
        }
      } else {
        out.append(character)
        if character == "\"" || character == "`" { open = character }
      }
    }
    return open == nil ? out : out + "…"
  }

  var saysPortIsTaken: Bool { text.contains("address already in use") }

  /// The value of a logfmt key, quotes removed.
  static func value(of key: String, in line: some StringProtocol) -> String? {
    var rest = Substring(line)
    while let equals = rest.firstIndex(of: "=") {
      let name = rest[..<equals].split(separator: " ").last
      var value = ""
      rest = rest[rest.index(after: equals)...]
      if rest.first == "\"" {
        rest.removeFirst()
        var isEscaped = false
        while let character = rest.popFirst(), isEscaped || character != "\"" {
          if !isEscaped && character == "\\" {
            isEscaped = true
          } else {
            value.append(character)
            isEscaped = false
          }
        }
      } else {
        value = String(rest.prefix { $0 != " " })
        rest = rest.dropFirst(value.count)
      }
      if let name, name == key { return value }
    }
    return nil
  }
}
