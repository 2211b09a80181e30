/// Whether labels that a client chooses can reach the result of a query, told by its aggregations.
///
/// `sum by (job) (…)` lets `job` through and nothing else; `without`, `topk` and the like let labels through, and whatever is
/// not aggregated keeps them all. What cannot be told counts as carried.
struct LabelFlow {
  private enum Token: Equatable {
    case name(String)
    case symbol(Character)
  }

  private let tokens: [Token]
  private let readsLiteLLM: Bool
  private var index = 0
  private var isCarried = false
  private var depth = 0
  private static let maximumDepth = 200

  /// True where series of LiteLLM or of vLLM's adapters, or log lines, may reach the result with such labels.
  static func carriesClientLabels(_ query: String) -> Bool {
    var flow = LabelFlow(tokens: tokens(of: query))
    flow.read(covered: false, until: nil)
    return flow.isCarried
  }

  private init(tokens: [Token]) {
    self.tokens = tokens
    readsLiteLLM = tokens.contains { if case .name(let name) = $0 { name.hasPrefix("litellm_") } else { false } }
  }

  private var next: Token? { index < tokens.count ? tokens[index] : nil }

  /// Reads up to the closing bracket that belongs to this level.
  private mutating func read(covered: Bool, until close: Character?) {
    guard depth < Self.maximumDepth else {
      isCarried = true
      index = tokens.count
      return
    }
    depth += 1
    defer { depth -= 1 }
    while let token = next {
      index += 1
      switch token {
      case .symbol(let symbol) where symbol == close: return
      case .symbol("("): read(covered: covered, until: ")")
      case .symbol("{"):
        // A selector by itself: any metric, or log lines.
        if !covered { isCarried = true }
        skip(to: "}")
      case .name(let name) where Self.aggregators.contains(name.lowercased()): aggregation(covered: covered)
      case .name(let name) where ["group_left", "group_right"].contains(name.lowercased()):
        if next == .symbol("(") { note(labels()) }
      case .name(let name):
        if Self.isClients(name), !covered { isCarried = true }
        if next == .symbol("{") {
          index += 1
          skip(to: "}")
        }
      case .symbol: break
      }
    }
  }

  /// After the aggregator's name: an optional clause, the operand, an optional clause.
  private mutating func aggregation(covered: Bool) {
    var isBy = clause()
    guard next == .symbol("(") else { return }
    let operand = index + 1
    index = operand
    skip(to: ")")
    let end = index
    isBy = clause() ?? isBy
    let after = index
    index = operand
    read(covered: covered || isBy != false, until: ")")
    index = max(after, end)
  }

  /// True for `by`, whose labels are noted; false for `without`; nil where no clause stands here.
  private mutating func clause() -> Bool? {
    guard case .name(let name)? = next, ["by", "without"].contains(name.lowercased()) else { return nil }
    index += 1
    guard next == .symbol("(") else { return nil }
    let labels = labels()
    guard name.lowercased() == "by" else { return false }
    note(labels)
    return true
  }

  private mutating func labels() -> [String] {
    let start = index
    index += 1
    skip(to: ")")
    return tokens[start..<index].compactMap { if case .name(let name) = $0 { name } else { nil } }
  }

  private mutating func note(_ labels: [String]) {
    if labels.contains(where: { ClientLabels.contains($0, readingLiteLLM: readsLiteLLM) }) { isCarried = true }
  }

  private mutating func skip(to close: Character) {
    let open: Character = close == ")" ? "(" : "{"
    var depth = 1
    while let token = next, depth > 0 {
      index += 1
      if token == .symbol(open) { depth += 1 }
      if token == .symbol(close) { depth -= 1 }
    }
  }

  private static func isClients(_ name: String) -> Bool { name.hasPrefix("litellm_") || name.hasPrefix("vllm:lora") }

  /// Those that keep no label but the ones they are told to.
  private static let aggregators: Set<String> = [
    "sum", "avg", "count", "min", "max", "group", "stddev", "stdvar", "quantile",
  ]

  /// Names and symbols outside strings and comments.
  private static func tokens(of query: String) -> [Token] {
    var tokens: [Token] = []
    var characters = query[...]
    while let first = characters.first {
      if first == "\"" || first == "'" || first == "`" {
        characters.removeFirst()
        var isEscaped = false
        while let character = characters.popFirst(), isEscaped || character != first {
          isEscaped = !isEscaped && character == "\\" && first != "`"
        }
      } else if first == "#" {
        characters = characters.drop { !$0.isNewline }
      } else if isNameCharacter(first) {
        let name = characters.prefix(while: isNameCharacter)
        if !first.isNumber { tokens.append(.name(String(name))) }
        characters = characters[name.endIndex...]
      } else {
        if !first.isWhitespace { tokens.append(.symbol(first)) }
        characters.removeFirst()
      }
    }
    return tokens
  }

  private static func isNameCharacter(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || character == "_" || character == ":")
  }
}
