extension PromQLExpression {
  /// Reads an expression as Prometheus does, with the checks of types that its parser makes.
  ///
  /// Text that nests deeper than 128 levels, or has more than 500 operators in a row, is refused; Prometheus has no such limits.
  public static func parse(
    _ text: some StringProtocol, options: PromQLOptions = PromQLOptions()
  ) throws(QueryError) -> PromQLExpression {
    try parse(Array(text.utf8), options: options)
  }

  public static func parse(
    _ bytes: [UInt8], options: PromQLOptions = PromQLOptions()
  ) throws(QueryError) -> PromQLExpression {
    var parser = try PromQLParser(bytes, options)
    return try parser.whole()
  }
}

/// A parser by descent, with operators by precedence.
///
/// Source: prometheus/promql/parser/generated_parser.y and parse.go, 2.42 to 3.14.
struct PromQLParser {
  /// An expression as far as it is read.
  struct Operand {
    var node: PromQLExpression.Node
    var range: Range<Int>
    /// Nil where a variable decides.
    var type: PromQLType?
    var height: Int

    var expression: PromQLExpression { PromQLExpression(node, range: range) }
  }

  /// How many levels a tree may have, of which operators in a row make most: who walks it by recursion needs some kilobytes
  /// of stack for each, in debug builds.
  static let maximumHeight = 500
  /// How deep parentheses, calls and signs may nest: the parser itself takes 16 kB for each in debug builds.
  static let maximumDepth = 128

  let options: PromQLOptions
  var scanner: PromQLScanner
  var token = PromQLToken(kind: .end, range: 0..<0)
  /// Where the last token that was taken ends.
  var end = 0
  var depth = 0
  /// In the second argument of `info`.
  var takesEmptySelectors = false

  init(_ bytes: [UInt8], _ options: PromQLOptions) throws(QueryError) {
    self.options = options
    scanner = PromQLScanner(bytes, options)
    token = try scanner.next()
  }

  mutating func whole() throws(QueryError) -> PromQLExpression {
    if token.kind == .end { throw error("there is no expression", at: token.range.lowerBound) }
    let operand = try expression()
    guard token.kind == .end else { throw unexpected() }
    return operand.expression
  }

  func error(_ message: String, at offset: Int) -> QueryError { scanner.error(message, at: offset) }

  func unexpected(in context: String? = nil) -> QueryError {
    error("unexpected \(token.kind.words)" + (context.map { " in \($0)" } ?? ""), at: token.range.lowerBound)
  }

  @discardableResult mutating func advance() throws(QueryError) -> PromQLToken {
    let taken = token
    end = taken.range.upperBound
    token = try scanner.next()
    return taken
  }

  mutating func expect(_ kind: PromQLToken.Kind, in context: String) throws(QueryError) {
    guard token.kind == kind else { throw unexpected(in: context) }
    try advance()
  }

  /// - Returns: whether the token was there, and is taken.
  mutating func take(_ kind: PromQLToken.Kind) throws(QueryError) -> Bool {
    guard token.kind == kind else { return false }
    try advance()
    return true
  }

  func text(_ range: Range<Int>) -> String { String(decoding: scanner.bytes[range], as: UTF8.self) }

  func height(over heights: Int...) throws(QueryError) -> Int {
    let height = (heights.max() ?? 0) + 1
    guard height <= Self.maximumHeight else { throw tooDeep }
    return height
  }

  private var tooDeep: QueryError {
    error("the expression is nested too deep, or has too many operators in a row", at: token.range.lowerBound)
  }

  /// At the start of everything that may hold itself; `depth` goes down again where it ends.
  mutating func descend() throws(QueryError) {
    guard depth < Self.maximumDepth else { throw tooDeep }
    depth += 1
  }
}

extension PromQLParser {
  mutating func expression(binding minimum: Int = 1) throws(QueryError) -> Operand {
    try descend()
    defer { depth -= 1 }
    var left = try unary()
    while let op = token.kind.binaryOperator, op.precedence >= minimum {
      let place = try advance().range
      left = try binary(op, at: place, left)
    }
    return left
  }

  private mutating func unary() throws(QueryError) -> Operand {
    guard token.kind == .add || token.kind == .subtract else { return try postfixed() }
    let sign = try advance()
    let operand = try expression(binding: PromQLBinary.Operator.power.precedence)
    let range = sign.range.lowerBound..<operand.range.upperBound
    if case .number(var number) = operand.node {
      if sign.kind == .subtract { number.value.negate() }
      return Operand(node: .number(number), range: range, type: .scalar, height: operand.height)
    }
    guard [.scalar, .vector, nil].contains(operand.type) else {
      throw error("a sign stands only before a scalar or an instant vector", at: range.lowerBound)
    }
    return Operand(
      node: .unary(sign.kind == .subtract ? .minus : .plus, operand.expression), range: range, type: operand.type,
      height: try height(over: operand.height))
  }
}

extension PromQLToken.Kind {
  var binaryOperator: PromQLBinary.Operator? {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .modulo: .modulo
    case .power: .power
    case .atan2: .atan2
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .trimUpper: .trimUpper
    case .trimLower: .trimLower
    case .and: .and
    case .or: .or
    case .unless: .unless
    default: nil
    }
  }
}

extension PromQLBinary.Operator {
  /// Greater binds tighter; a sign binds as tight as `*`.
  public var precedence: Int {
    switch self {
    case .or: 1
    case .and, .unless: 2
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .trimUpper, .trimLower: 3
    case .add, .subtract: 4
    case .multiply, .divide, .modulo, .atan2: 5
    case .power: 6
    }
  }

  public var isSetOperator: Bool { precedence < 3 }

  public var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
    default: false
    }
  }
}
