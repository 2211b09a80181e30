import Crypto
import Expressions

/// Functions of templates: Go's own, Promtail's, and the common ones of Sprig.
enum TemplateFunctions {
  typealias Value = GoTemplate.Value

  static let names: Set<String> = [
    "and", "or", "not", "eq", "ne", "len", "ToLower", "ToUpper", "Replace", "Trim", "TrimLeft", "TrimRight",
    "TrimPrefix", "TrimSuffix", "TrimSpace", "Hash", "Sha2Hash", "regexReplaceAll", "regexReplaceAllLiteral", "lower",
    "upper",
    "trim", "contains", "hasPrefix", "hasSuffix", "replace", "trunc", "default", "sha256sum",
  ]

  /// Nil where Go would stop with an error.
  static func call(_ name: String, _ arguments: [Value]) -> Value? {
    switch name {
    case "and": return arguments.first { !$0.isTrue } ?? arguments.last
    case "or": return arguments.first(where: \.isTrue) ?? arguments.last
    case "not": return arguments.count == 1 ? .bool(!arguments[0].isTrue) : nil
    case "eq": return arguments.count > 1 ? equals(arguments[0], arguments.dropFirst()).map { .bool($0) } : nil
    case "ne": return arguments.count == 2 ? equals(arguments[0], arguments.dropFirst()).map { .bool(!$0) } : nil
    case "default": return arguments.count == 2 ? (arguments[1].isTrue ? arguments[1] : arguments[0]) : nil
    case "trunc":
      guard arguments.count == 2, case .int(let count) = arguments[0], case .text(let text) = arguments[1] else {
        return nil
      }
      return .text(count >= 0 ? Array(text.prefix(count)) : Array(text.suffix(-count)))
    case "Replace":
      guard arguments.count == 4, case .int(let count) = arguments[3], let texts = texts(arguments.dropLast()) else {
        return nil
      }
      return .text(replaced(texts[0], texts[1], texts[2], count))
    default:
      guard let texts = texts(arguments[...]) else { return nil }
      return ofTexts(name, texts)
    }
  }

  /// Whether one of the others is the same; nil where kinds differ, which Go refuses to compare.
  private static func equals(_ value: Value, _ others: ArraySlice<Value>) -> Bool? {
    for other in others {
      if value == other { return true }
      switch (value, other) {
      case (.nothing, _), (_, .nothing), (.text, .text), (.int, .int), (.bool, .bool): continue
      default: return nil
      }
    }
    return false
  }

  private static func texts(_ values: ArraySlice<Value>) -> [[UInt8]]? {
    var texts: [[UInt8]] = []
    for value in values {
      guard case .text(let text) = value else { return nil }
      texts.append(text)
    }
    return texts
  }

  private static func ofTexts(_ name: String, _ texts: [[UInt8]]) -> Value? {
    switch (name, texts.count) {
    case ("len", 1): return .int(texts[0].count)
    case ("ToLower", 1), ("lower", 1): return .text(mapped(texts[0], GoCase.lowered))
    case ("ToUpper", 1), ("upper", 1): return .text(mapped(texts[0], GoCase.uppered))
    case ("TrimSpace", 1), ("trim", 1): return .text(GoText.trimmed(texts[0][...]))
    case ("Trim", 2): return .text(trimmed(texts[0], texts[1], left: true, right: true))
    case ("TrimLeft", 2): return .text(trimmed(texts[0], texts[1], left: true, right: false))
    case ("TrimRight", 2): return .text(trimmed(texts[0], texts[1], left: false, right: true))
    case ("TrimPrefix", 2):
      return .text(texts[0].starts(with: texts[1]) ? Array(texts[0].dropFirst(texts[1].count)) : texts[0])
    case ("TrimSuffix", 2): return .text(ends(texts[0], texts[1]) ? Array(texts[0].dropLast(texts[1].count)) : texts[0])
    case ("contains", 2): return .bool(texts[0].isEmpty || texts[1].contains(texts[0]))
    case ("hasPrefix", 2): return .bool(texts[1].starts(with: texts[0]))
    case ("hasSuffix", 2): return .bool(ends(texts[1], texts[0]))
    case ("replace", 3): return .text(replaced(texts[2], texts[0], texts[1], -1))
    case ("Hash", 2): return .text(hexadecimal(SHA3_256.hash(data: texts[0] + texts[1])))
    case ("Sha2Hash", 2): return .text(hexadecimal(SHA256.hash(data: texts[0] + texts[1])))
    case ("sha256sum", 1): return .text(hexadecimal(SHA256.hash(data: texts[0])))
    case ("regexReplaceAll", 3): return substituted(texts[1], texts[0], texts[2], isLiteral: false)
    case ("regexReplaceAllLiteral", 3): return substituted(texts[1], texts[0], texts[2], isLiteral: true)
    default: return nil
    }
  }

  private static func mapped(_ text: [UInt8], _ mapping: (String) -> String) -> [UInt8] {
    Array(mapping(String(decoding: text, as: UTF8.self)).utf8)
  }

  private static func ends(_ text: [UInt8], _ suffix: [UInt8]) -> Bool {
    text.count >= suffix.count && text.suffix(suffix.count).elementsEqual(suffix)
  }

  private static func hexadecimal(_ digest: some Sequence<UInt8>) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  }

  private static func trimmed(_ text: [UInt8], _ set: [UInt8], left: Bool, right: Bool) -> [UInt8] {
    let members = Set(String(decoding: set, as: UTF8.self).unicodeScalars)
    var scalars = String(decoding: text, as: UTF8.self).unicodeScalars[...]
    if left { scalars = scalars.drop { members.contains($0) } }
    if right { while let last = scalars.last, members.contains(last) { scalars.removeLast() } }
    return Array(String(scalars).utf8)
  }

  /// Go's `strings.Replace`: the first `count`, or all where it is negative; nothing stands before every character.
  private static func replaced(_ text: [UInt8], _ old: [UInt8], _ new: [UInt8], _ count: Int) -> [UInt8] {
    var out: [UInt8] = []
    var left = count
    if old.isEmpty {
      for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
        if left != 0 { out += new }
        left -= left > 0 ? 1 : 0
        out += UTF8.encode(scalar).map(Array.init) ?? []
      }
      return left != 0 ? out + new : out
    }
    var index = 0
    while index < text.count {
      if left != 0, text[index...].starts(with: old) {
        out += new
        index += old.count
        left -= left > 0 ? 1 : 0
      } else {
        out.append(text[index])
        index += 1
      }
    }
    return out
  }

  private static func substituted(_ text: [UInt8], _ expression: [UInt8], _ new: [UInt8], isLiteral: Bool) -> Value? {
    guard let expression = try? RE2(String(decoding: expression, as: UTF8.self)) else { return nil }
    let template = RE2.Template(String(decoding: new, as: UTF8.self))
    var out: [UInt8] = []
    var position = 0
    for match in RE2Matcher(expression).allMatches(in: text) {
      guard let whole = match[0] else { continue }
      out += text[position..<whole.lowerBound]
      out += isLiteral ? new : text.withUnsafeBytes { template.expanded(match, of: $0, names: expression.groupNames) }
      position = whole.upperBound
    }
    return .text(out + text[position...])
  }
}
