import Syntax

/// `encoding/json` of values in templates.
package enum GoJSON {
  /// - Parameters:
  ///   - indent: before each line of a list or map that is not empty, as often as it is deep; nil for no lines.
  ///   - escapesMarkup: whether `<`, `>` and `&` are escaped.
  static func text(
    _ value: TemplateValue, indent: String? = nil, escapesMarkup: Bool = true
  ) throws(TemplateError) -> [UInt8] {
    var writer = Writer(indent: indent.map { Array($0.utf8) }, escapesMarkup: escapesMarkup)
    try writer.write(value, depth: 0)
    return writer.out
  }

  private struct Writer {
    var indent: [UInt8]?
    var escapesMarkup: Bool
    var out: [UInt8] = []

    mutating func write(_ value: TemplateValue, depth: Int) throws(TemplateError) {
      guard depth < 50 else { throw TemplateError("values nested too deep to be written as JSON") }
      switch value {
      case .none: out += "null".utf8
      case .bool(let flag): out += (flag ? "true" : "false").utf8
      case .int(let number), .long(let number), .constant(_, let number): out += String(number).utf8
      case .duration(let number): out += String(number).utf8
      case .float(let number): out += try GoJSON.float(number)
      case .text(let bytes), .markup(let bytes): out += string(bytes, escapesMarkup: escapesMarkup)
      case .time(let time): out += string(Array(time.format("2006-01-02T15:04:05.999999999Z07:00").utf8))
      case .list(let list): try write(list.elements.map { (nil, $0) }, "[", "]", depth)
      case .map(let map): try write(map.names.map { ($0, map[$0] ?? .none) }, "{", "}", depth)
      case .object(let object):
        let named = object.fields.compactMap { field in
          GoJSON.name(of: field, in: object.kind).map { (name: $0, value: field.value) }
        }
        try write(named, "{", "}", depth)
      }
    }

    private mutating func write(
      _ elements: [(name: String?, value: TemplateValue)], _ open: String, _ close: String, _ depth: Int
    ) throws(TemplateError) {
      out += open.utf8
      for (index, element) in elements.enumerated() {
        if index > 0 { out += ",".utf8 }
        newLine(depth + 1)
        if let name = element.name {
          out += string(Array(name.utf8), escapesMarkup: escapesMarkup) + Array((indent == nil ? ":" : ": ").utf8)
        }
        try write(element.value, depth: depth + 1)
      }
      if !elements.isEmpty { newLine(depth) }
      out += close.utf8
    }

    private mutating func newLine(_ depth: Int) {
      guard let indent else { return }
      out.append(0x0A)
      for _ in 0..<depth { out += indent }
    }
  }

  /// Fields of notifications bear tags: their names with a small first letter, but for some; nil for one that is left out.
  private static func name(
    of field: (name: String, value: TemplateValue), in kind: TemplateValue.Object.Kind
  ) -> String? {
    switch kind {
    case .notification, .alert, .grafanaNotification, .grafanaAlert: break
    default: return field.name
    }
    // `omitempty` of grafana/alerting (`templates/template_data.go`).
    let optional = ["RuleUID", "ImageURL", "EmbeddedImage", "OrgID", "ExtraData", "AppVersion", "TruncatedAlerts"]
    if optional.contains(field.name), !field.value.isTrue { return nil }
    return switch field.name {
    case "NotificationReason": "notification_reason"
    case "OrgID": "orgId"
    case "ExtraData": "enrichments"
    case "Vars": nil
    default: field.name.prefix(1).lowercased() + field.name.dropFirst()
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

  /// What is not UTF-8 is replaced.
  package static func string(_ bytes: [UInt8], escapesMarkup: Bool = true) -> [UInt8] {
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
      case "<" where !escapesMarkup, ">" where !escapesMarkup, "&" where !escapesMarkup: out += bytes[range]
      case "<", ">", "&", "\u{2028}", "\u{2029}", "\0"..<" ":
        out += Array("\\u".utf8) + GoText.hexadecimal(scalar.value, 4)
      default: out += bytes[range]
      }
    }
    return out + [UInt8(ascii: "\"")]
  }
}
