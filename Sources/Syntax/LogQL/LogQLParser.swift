extension LogQLExpression {
  /// Parses a query as Loki does before it runs it: its grammar, what its operators may stand on, and the regular expressions
  /// and patterns that it compiles then. What it finds wrong only when it runs the query `stageErrors` tells.
  ///
  /// Source: grafana/loki pkg/logql/syntax/syntax.y, ast.go and parser.go, from 2.9 to 3.8.
  public static func parse(_ text: String, options: LogQLOptions = LogQLOptions()) throws(QueryError)
    -> LogQLExpression
  {
    var parser = LogQLParser(
      tokens: try LogQLLexer.tokens(text, options), bytes: Array(text.utf8), options: options)
    let operand = try parser.expression(LogQLParser.lowest)
    guard parser.kind == .end else { throw parser.error("expected an operator or the end") }
    return operand.expression
  }
}

/// A parser by recursive descent that takes what Loki's table-driven one takes.
struct LogQLParser {
  /// An expression with what its parents need to know.
  struct Operand {
    var expression: LogQLExpression
    /// Of its tree.
    var height: Int
    /// Whether Loki folds it into one number.
    var isNumber = false
  }

  /// How high a tree may be. Loki has no limit; queries that people write stay below ten.
  static let highest = 200
  /// How deep the parser may nest itself: enough for every tree that is printed.
  static let deepest = 3 * highest + 40

  let tokens: [LogQLToken]
  let bytes: [UInt8]
  let options: LogQLOptions
  var index = 0
  private var depth = 0

  init(tokens: [LogQLToken], bytes: [UInt8], options: LogQLOptions) {
    self.tokens = tokens
    self.bytes = bytes
    self.options = options
  }

  // MARK: - Tokens

  /// The last token is the end, which is never passed.
  var kind: LogQLToken.Kind { tokens[index].kind }
  var start: Int { tokens[index].range.lowerBound }
  /// Of the token that was taken last.
  var end: Int { index == 0 ? 0 : tokens[index - 1].range.upperBound }
  var next: LogQLToken.Kind { tokens[min(index + 1, tokens.count - 1)].kind }

  func error(_ message: String, at offset: Int? = nil) -> QueryError {
    QueryError(message, at: offset ?? start, in: bytes)
  }

  mutating func advance() { index = min(index + 1, tokens.count - 1) }

  mutating func accept(_ symbol: String) -> Bool {
    guard kind == .symbol(symbol) else { return false }
    advance()
    return true
  }

  mutating func expect(_ symbol: String) throws(QueryError) {
    guard accept(symbol) else { throw error("expected '\(symbol)'") }
  }

  /// A label's name.
  mutating func name() throws(QueryError) -> LogQLText {
    guard case .identifier(let name) = kind else {
      guard case .variable(let name) = kind else { throw error("expected a label's name") }
      return take(name)
    }
    return take(name)
  }

  mutating func string() throws(QueryError) -> LogQLText {
    guard case .string(let value) = kind else {
      guard case .variable(let name) = kind else { throw error("expected a quoted text") }
      return take(name, isVariable: true)
    }
    return take(value)
  }

  private mutating func take(_ value: String, isVariable: Bool = false) -> LogQLText {
    let range = tokens[index].range
    advance()
    return LogQLText(value, range: range, isVariable: isVariable)
  }

  /// Names in parentheses, perhaps none.
  mutating func names() throws(QueryError) -> [LogQLText] {
    try expect("(")
    if accept(")") { return [] }
    var names = [try name()]
    while accept(",") { names.append(try name()) }
    try expect(")")
    return names
  }

  // MARK: - Depth

  /// Does what may nest itself.
  mutating func nested<Value>(
    _ body: (inout LogQLParser) throws(QueryError) -> Value
  ) throws(QueryError) -> Value {
    guard depth < Self.deepest else { throw error("nested too deeply") }
    depth += 1
    defer { depth -= 1 }
    return try body(&self)
  }

  func checked(height: Int) throws(QueryError) -> Int {
    guard height <= Self.highest else { throw error("nested too deeply") }
    return height
  }
}
