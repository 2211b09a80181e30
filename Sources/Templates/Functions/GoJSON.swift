import Syntax

/// `encoding/json` of values in templates.
package enum GoJSON {
  static func text(_ value: TemplateValue, depth: Int = 0) throws(TemplateError) -> [UInt8] {
    guard depth < 50 else { throw TemplateError("values nested too deep to be written as JSON") }
    switch value {
    case .none: return Array("null".utf8)
    case .bool(let flag): return Array((flag ? "true" : "false").utf8)
    case .int(let number), .constant(_, let number): return Array(String(number).utf8)
    case .duration(let number): return Array(String(number).utf8)
    case .float(let number): return try float(number)
    case .text(let bytes), .markup(let bytes): return string(bytes)
    case .time(let time): return string(Array(time.format("2006-01-02T15:04:05.999999999Z07:00").utf8))
    case .list(let list):
      var parts: [[UInt8]] = []
      for element in list.elements { parts.append(try text(element, depth: depth + 1)) }
      return Array("[".utf8) + parts.joined(separator: Array(",".utf8)) + Array("]".utf8)
    case .map(let map):
      var parts: [[UInt8]] = []
      for name in map.names {
        parts.append(string(Array(name.utf8)) + Array(":".utf8) + (try text(map[name] ?? .none, depth: depth + 1)))
      }
      return Array("{".utf8) + parts.joined(separator: Array(",".utf8)) + Array("}".utf8)
    case .object(let object):
      var parts: [[UInt8]] = []
      for field in object.fields {
        let name = jsonName(field.name, in: object.kind)
        parts.append(string(Array(name.utf8)) + Array(":".utf8) + (try text(field.value, depth: depth + 1)))
      }
      return Array("{".utf8) + parts.joined(separator: Array(",".utf8)) + Array("}".utf8)
    }
  }

  /// Alertmanager's fields bear tags: their names with a small first letter, but for one.
  private static func jsonName(_ name: String, in kind: TemplateValue.Object.Kind) -> String {
    switch kind {
    case .notification, .alert, .grafanaNotification, .grafanaAlert:
      name == "NotificationReason" ? "notification_reason" : name.prefix(1).lowercased() + name.dropFirst()
    default: name
    }
  }

  /// Plain where it is neither very small nor very large.
  private static func float(_ number: Double) throws(TemplateError) -> [UInt8] {
    guard number.isFinite else { throw TemplateError("a number that JSON does not have") }
    let size = number.magnitude
    let isScientific = size != 0 && (size < 1e-6 || size >= 1e21)
    var text = GoFloat.text(number, UInt8(ascii: isScientific ? "e" : "f"), precision: nil)
    if isScientific, text.hasSuffix("e-0\(text.suffix(1))") { text = String(text.dropLast(2)) + String(text.suffix(1)) }
    return Array(text.utf8)
  }

  /// `<`, `>` and `&` escaped, what is not UTF-8 replaced.
  package static func string(_ bytes: [UInt8]) -> [UInt8] {
    var out = [UInt8(ascii: "\"")]
    for (scalar, range) in GoText.scalars(bytes) {
      switch scalar {
      case "\u{FFFD}" where range.count == 1: out += "\\ufffd".utf8
      case "\"": out += "\\\"".utf8
      case "\\": out += "\\\\".utf8
      case "\n": out += "\\n".utf8
      case "\r": out += "\\r".utf8
      case "\t": out += "\\t".utf8
      case "\u{8}": out += "\\b".utf8
      case "\u{C}": out += "\\f".utf8
      case "<", ">", "&", "\u{2028}", "\u{2029}", "\0"..<" ":
        out += Array("\\u".utf8) + GoText.hexadecimal(scalar.value, 4)
      default: out += bytes[range]
      }
    }
    return out + [UInt8(ascii: "\"")]
  }
}
