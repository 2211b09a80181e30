import Syntax
import TestSupport

/// Writes templates by chance.
struct TemplateWriter {
  var random: SeededGenerator
  private let grammar: Grammar
  private let dialect: TemplateDialect
  private var variables: [String] = []
  private var count = 0

  init(_ random: SeededGenerator, _ dialect: TemplateDialect, _ grammar: Grammar) {
    self.random = random
    self.dialect = dialect
    self.grammar = grammar
  }

  /// A template in which a value written that way comes first, and anything after it.
  mutating func text(around way: Grammar.Way) -> String {
    count = 0
    variables = dialect.variables
    let definition = pick([
      "{{ . }}", "{{ .a }}", "{{ range . }}{{ . }}{{ end }}", "{{ $ }}{{ with .b }}{{ . }}{{ end }}",
    ])
    let head = "{{ define \"t\" }}\(definition){{ end }}{{ $v := \"\" }}{{ $w := . }}"
    // Sprig's maps are changed where they are.
    let map = dialect == .promtail ? "{{ $d := dict \"x\" 1 }}" : ""
    return head + map
      + using(["$v", "$w"]) { writer in
        let value = writer.write(way, 3)
        return writer.shown(value) + writer.body(3, of: 2)
      } + "{{ $v }}"
  }

  private mutating func using(_ names: [String], _ write: (inout Self) -> String) -> String {
    let mark = variables.count
    variables += names
    defer { variables.removeLast(variables.count - mark) }
    return write(&self)
  }

  private mutating func pick(_ texts: [String]) -> String { texts.randomElement(using: &random) ?? "." }

  // MARK: Nodes

  /// A value in a place where it is printed, whole or in parts, at once or later.
  private mutating func shown(_ value: String) -> String {
    count += 1
    let name = "$n\(count)"
    switch Int.random(in: 0..<12, using: &random) {
    case 0: return "{{ with \(value) }}{{ . }}\(body(1, of: 2)){{ end }}"
    case 1: return "{{ $v = \(value) }}"
    case 2: return "{{ template \"t\" (\(value)) }}"
    case 3:
      return "{{ with \(name) := \(value) }}" + using([name]) { $0.body(1, of: 2) } + "{{ \(name) }}{{ end }}"
    case 4: return "{{ range \(value) }}{{ . }}{{ end }}"
    case 5: return "{{ $w = \(value) }}{{ $w }}"
    default: return "{{ \(value) }}"
    }
  }

  private mutating func body(_ depth: Int, of size: Int) -> String {
    (0..<Int.random(in: 1...size, using: &random)).map { _ in node(depth - 1) }.joined()
  }

  private mutating func node(_ depth: Int) -> String {
    count += 1
    let name = "$n\(count)"
    switch depth < 1 ? 0 : Int.random(in: 0..<10, using: &random) {
    case 0, 1, 2: return shown(value("any", 2))
    case 3: return "{{ if \(value("any", 1)) }}\(body(depth, of: 2)){{ else }}\(body(depth, of: 2)){{ end }}"
    case 4:
      return
        "{{ with \(value("any", 1)) }}\(body(depth, of: 2)){{ else with \(value("any", 1)) }}\(body(depth, of: 2)){{ end }}"
    case 5: return "{{ range \(value("list", 1)) }}\(body(depth, of: 2)){{ else }}\(body(depth, of: 1)){{ end }}"
    case 6:
      return "{{ range $k\(count), \(name) := \(value("map", 1)) }}"
        + using(["$k\(count)", name]) { $0.body(depth, of: 2) } + "{{ end }}"
    case 7: return "{{ $v = \(value("any", 2)) }}"
    case 8: return "{{ range $v = \(value("list", 1)) }}{{ break }}{{ end }}"
    default: return "{{ template \"t\" (\(value("any", 2))) }}"
    }
  }

  // MARK: Values

  /// A value of a kind: now and then a variable, whatever it holds.
  private mutating func value(_ kind: String, _ depth: Int) -> String {
    if kind == "any", let name = variables.randomElement(using: &random), Int.random(in: 0..<4, using: &random) == 0 {
      return name
    }
    let ways = depth > 0 ? grammar.ways : grammar.leaves
    let fitting = ways.filter { $0.kind == kind || kind == "any" }
    let all = fitting.isEmpty ? grammar.ways.filter { $0.kind == kind } : fitting
    guard let way = all.randomElement(using: &random) else { return "." }
    return write(way, depth)
  }

  private mutating func write(_ way: Grammar.Way, _ depth: Int) -> String {
    var out = ""
    var rest = way.pattern
    while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
      out += rest[..<open]
      let argument = value(String(rest[rest.index(after: open)..<close]), depth - 1)
      // In parentheses unless it is a single word.
      let isWord = argument.allSatisfy { $0.isLetter || $0.isNumber || "$._".contains($0) } || argument.hasPrefix("(")
      let closes = out.hasSuffix("(") && rest[rest.index(after: close)...].hasPrefix(")")
      out += closes || isWord && !argument.hasPrefix("(") ? argument : "(\(argument))"
      rest = rest[rest.index(after: close)...]
    }
    return out + rest
  }
}
