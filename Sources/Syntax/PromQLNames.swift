/// Which names and literals a PromQL expression holds, told by its tokens alone.
///
/// It also takes Grafana's variables (`$job`, `${job:regex}`, `[[job]]`) and expressions that are not well formed: what it
/// can't place it skips.
public struct PromQLNames: Sendable, Hashable {
  /// A string literal: its text without quotes (of the escapes only `\\` and the quote's own are resolved), and where
  /// it stands, as UTF-8 offsets into the expression, quotes included.
  public struct Literal: Sendable, Hashable {
    public var text: String
    public var range: Range<Int>
  }

  /// Metric names read, in the order of first appearance.
  public private(set) var metrics: [String] = []
  /// Label names in selectors and in `by`, `without`, `on`, `ignoring`, `group_left` and `group_right`.
  public private(set) var labels: [String] = []
  public private(set) var literals: [Literal] = []

  /// The metric names that an expression reads.
  public static func metricNames(in expression: String) -> [String] { PromQLNames(expression).metrics }

  public init(_ expression: String) {
    let tokens = PromQLLexer.tokens(expression)
    var braces = 0
    var brackets = 0
    var labelLists = 0
    for (index, token) in tokens.enumerated() {
      let next = index + 1 < tokens.count ? tokens[index + 1] : nil
      switch token.kind {
      case .symbol("{"): braces += 1
      case .symbol("}"): braces = max(braces - 1, 0)
      case .symbol("["): brackets += 1
      case .symbol("]"): brackets = max(brackets - 1, 0)
      case .symbol("(") where labelLists > 0 || Self.takesLabels(index > 0 ? tokens[index - 1] : nil): labelLists += 1
      case .symbol(")"): labelLists = max(labelLists - 1, 0)
      case .string(let text):
        literals.append(Literal(text: text, range: token.range))
        if braces > 0 {
          note(string: text, in: tokens, at: index)
        } else if labelLists > 0 {
          add(text, to: &labels)
        }
      case .name(let name) where braces > 0 || labelLists > 0:
        if brackets == 0, name != "__name__", braces == 0 || next?.isOperator == true { add(name, to: &labels) }
      case .name(let name) where brackets == 0:
        if next?.kind == .symbol("(") { break }
        if Self.keywords.contains(name.lowercased()) { break }
        if next.map({ Self.takesLabels($0) }) == true, Self.aggregators.contains(name.lowercased()) { break }
        add(name, to: &metrics)
      default: break
      }
    }
  }

  /// A string inside braces: a metric name by itself, or the value of `__name__`.
  private mutating func note(string text: String, in tokens: [PromQLLexer.Token], at index: Int) {
    let previous = tokens[index - 1]
    let isAlone =
      [.symbol("{"), .symbol(",")].contains(previous.kind)
      && !(index + 1 < tokens.count && tokens[index + 1].isOperator)
    if isAlone {
      add(text, to: &metrics)
    } else if !previous.isOperator {
      add(text, to: &labels)
    } else if index >= 2, tokens[index - 2].kind == .name("__name__") {
      switch previous.kind {
      case .symbol("="): add(text, to: &metrics)
      case .symbol("=~"):
        let names = text.split(separator: "|", omittingEmptySubsequences: false)
        if names.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(PromQLLexer.isNameByte) }) {
          for name in names { add(String(name), to: &metrics) }
        }
      default: break
      }
    }
  }

  private func add(_ name: String, to list: inout [String]) {
    if !list.contains(name) { list.append(name) }
  }

  private static func takesLabels(_ token: PromQLLexer.Token?) -> Bool {
    if case .name(let name)? = token?.kind { labelKeywords.contains(name.lowercased()) } else { false }
  }

  private static let labelKeywords: Set<String> = ["by", "without", "on", "ignoring", "group_left", "group_right"]
  private static let keywords: Set<String> = labelKeywords.union([
    "and", "or", "unless", "atan2", "bool", "offset", "inf", "nan",
  ])
  private static let aggregators: Set<String> = [
    "sum", "avg", "count", "min", "max", "group", "stddev", "stdvar", "topk", "bottomk", "count_values", "quantile",
    "limitk", "limit_ratio",
  ]
}

/// Tokens of PromQL (prometheus/promql/parser/lex.go), as far as names and literals need them.
public enum PromQLLexer {
  public enum Kind: Sendable, Hashable {
    case name(String)
    case string(String)
    case number
    /// A Grafana variable.
    case variable
    case symbol(String)
  }

  public struct Token: Sendable {
    public var kind: Kind
    /// UTF-8 offsets into the expression.
    public var range: Range<Int>

    /// A matcher's operator.
    public var isOperator: Bool {
      [.symbol("="), .symbol("!="), .symbol("=~"), .symbol("!~")].contains(kind)
    }
  }

  public static func tokens(_ expression: String) -> [Token] {
    let bytes = Array(expression.utf8)
    var tokens: [Token] = []
    var index = 0
    func at(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }
    while index < bytes.count {
      let start = index
      let byte = bytes[index]
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D:
        index += 1
        continue
      case UInt8(ascii: "#"):
        while index < bytes.count, bytes[index] != 0x0A { index += 1 }
        continue
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
        tokens.append(Token(kind: .string(string(bytes, &index)), range: start..<index))
      case UInt8(ascii: "$"):
        index += 1
        if at(index) == UInt8(ascii: "{") {
          while index < bytes.count, bytes[index] != UInt8(ascii: "}") { index += 1 }
          index = min(index + 1, bytes.count)
        } else {
          while isNameByte(at(index)), at(index) != UInt8(ascii: ":") { index += 1 }
        }
        tokens.append(Token(kind: .variable, range: start..<index))
      case UInt8(ascii: "[") where at(index + 1) == UInt8(ascii: "["):
        while index < bytes.count, bytes[index] != UInt8(ascii: "]") { index += 1 }
        index = min(index + 2, bytes.count)
        tokens.append(Token(kind: .variable, range: start..<index))
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        index += 1
        while isNumberByte(at(index), after: at(index - 1)) { index += 1 }
        tokens.append(Token(kind: .number, range: start..<index))
      case _ where isNameByte(byte):
        while isNameByte(at(index)) { index += 1 }
        tokens.append(Token(kind: .name(text(bytes, start..<index)), range: start..<index))
      default:
        index += 1
        let isPair =
          (byte == UInt8(ascii: "=") || byte == UInt8(ascii: "!"))
          && [UInt8(ascii: "="), UInt8(ascii: "~")].contains(at(index))
        if isPair { index += 1 }
        tokens.append(Token(kind: .symbol(text(bytes, start..<index)), range: start..<index))
      }
    }
    return tokens
  }

  static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"), UInt8(ascii: ":"):
      true
    default: false
    }
  }

  /// Digits, durations (`1h30m`), hexadecimal and exponents.
  private static func isNumberByte(_ byte: UInt8, after previous: UInt8) -> Bool {
    if byte == UInt8(ascii: ".") || (isNameByte(byte) && byte != UInt8(ascii: ":")) { return true }
    return (byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")) && previous | 0x20 == UInt8(ascii: "e")
  }

  private static func string(_ bytes: [UInt8], _ index: inout Int) -> String {
    let quote = bytes[index]
    var out: [UInt8] = []
    index += 1
    while index < bytes.count, bytes[index] != quote {
      if bytes[index] == UInt8(ascii: "\\"), quote != UInt8(ascii: "`"), index + 1 < bytes.count {
        index += 1
        if bytes[index] != quote, bytes[index] != UInt8(ascii: "\\") { out.append(UInt8(ascii: "\\")) }
      }
      out.append(bytes[index])
      index += 1
    }
    index = min(index + 1, bytes.count)
    return String(decoding: out, as: UTF8.self)
  }

  private static func text(_ bytes: [UInt8], _ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}
