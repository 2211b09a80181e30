import Expressions

extension LogQLParser {
  static let lowest = 1

  static func precedence(_ op: LogQLBinary.Operator) -> Int {
    switch op {
    case .or: 1
    case .and, .unless: 2
    case .equal, .notEqual, .greater, .less, .greaterOrEqual, .lessOrEqual: 3
    case .add, .subtract: 4
    case .multiply, .divide, .modulo: 5
    case .power: 6
    }
  }

  mutating func expression(_ minimum: Int) throws(QueryError) -> Operand {
    try nested { (parser) throws(QueryError) in
      var left = try parser.primary()
      while case .symbol(let symbol) = parser.kind, let op = LogQLBinary.Operator(rawValue: symbol) {
        let precedence = Self.precedence(op)
        guard precedence >= minimum else { break }
        let place = parser.start
        parser.advance()
        let (returnsBool, matching) = try parser.modifiers()
        let right = try parser.expression(op == .power ? precedence : precedence + 1)
        left = try parser.binary(op, left, right, at: place, returnsBool: returnsBool, matching: matching)
      }
      return left
    }
  }

  private func binary(
    _ op: LogQLBinary.Operator, _ left: Operand, _ right: Operand, at place: Int, returnsBool: Bool,
    matching: PromQLMatching?
  ) throws(QueryError) -> Operand {
    for operand in [left, right] {
      switch operand.expression.node {
      case .lines: throw error("lines are no operand of '\(op.rawValue)'", at: operand.expression.range.lowerBound)
      case .variants: throw error("variants are no operand", at: operand.expression.range.lowerBound)
      default: break
      }
    }
    if [.and, .or, .unless].contains(op), left.isNumber || right.isNumber {
      throw error("a number is no operand of '\(op.rawValue)'", at: place)
    }
    let node = LogQLExpression.Node.binary(
      LogQLBinary(op, left.expression, right.expression, returnsBool: returnsBool, matching: matching))
    return Operand(
      expression: LogQLExpression(
        node, range: left.expression.range.lowerBound..<right.expression.range.upperBound),
      height: try checked(height: max(left.height, right.height) + 1), isNumber: left.isNumber && right.isNumber)
  }

  /// `bool`, then `on` or `ignoring`, then `group_left` or `group_right`.
  private mutating func modifiers() throws(QueryError) -> (Bool, PromQLMatching?) {
    let returnsBool = accept("bool")
    let isOn = accept("on")
    guard isOn || accept("ignoring") else { return (returnsBool, nil) }
    var matching = PromQLMatching(labels: try names().map(\.value), isOn: isOn)
    let isLeft = accept("group_left")
    if isLeft || accept("group_right") {
      matching.cardinality = isLeft ? .manyToOne : .oneToMany
      if kind == .symbol("(") { matching.included = try names().map(\.value) }
    }
    return (returnsBool, matching)
  }

  private mutating func primary() throws(QueryError) -> Operand {
    let start = start
    switch kind {
    case .symbol("{"):
      let pipeline = try pipeline()
      return operand(.lines(pipeline), from: start)
    case .symbol("("):
      advance()
      var inner = try expression(Self.lowest)
      if case .variants = inner.expression.node { throw error("variants stand in no parentheses", at: start) }
      try expect(")")
      inner.expression.range = start..<end
      return inner
    case .symbol("+"), .symbol("-"), .number:
      let value = try signedNumber()
      guard value.isValid else { throw error("not a number that fits", at: start) }
      return operand(.number(value.value), from: start, isNumber: true)
    case .variable(let name):
      advance()
      return operand(.variable(name), from: start)
    case .symbol("variants"): return try variants()
    case .function("vector"):
      advance()
      try expect("(")
      guard let value = try scalar() else { throw error("expected a number") }
      try expect(")")
      return operand(.vector(value), from: start)
    case .function("label_replace"): return try labelReplace()
    case .function(let name):
      if let op = LogQLRangeAggregation.Operator(rawValue: name) { return try rangeAggregation(op) }
      if let op = LogQLAggregation.Operator(rawValue: name) { return try aggregation(op) }
    default: break
    }
    throw error("expected a selector, a number or an aggregation")
  }

  private func operand(_ node: LogQLExpression.Node, from start: Int, isNumber: Bool = false) -> Operand {
    Operand(expression: LogQLExpression(node, range: start..<end), height: 1, isNumber: isNumber)
  }

  /// An expression that yields series.
  private mutating func series() throws(QueryError) -> Operand {
    let start = start
    let operand = try expression(Self.lowest)
    switch operand.expression.node {
    case .lines: throw error("expected series where lines stand", at: start)
    case .variants: throw error("variants are no operand", at: start)
    default: return operand
    }
  }

  private mutating func aggregation(_ op: LogQLAggregation.Operator) throws(QueryError) -> Operand {
    let start = start
    advance()
    var grouping = try grouping()
    try expect("(")
    let parameter = try parameter()
    let inner = try series()
    try expect(")")
    if grouping == nil { grouping = try self.grouping() }
    switch op {
    case .topk, .bottomk, .approximateTopK:
      guard let parameter else { throw error("\(op.rawValue) needs a number first", at: start) }
      if let literal = parameter.literal, (LogQLNumber.integer(literal) ?? 0) <= 0 {
        throw error("\(op.rawValue) takes a whole number above 0", at: start)
      }
      if op == .approximateTopK, grouping != nil { throw error("\(op.rawValue) takes no grouping", at: start) }
    default:
      if op == .sort || op == .sortDescending, grouping?.labels.isEmpty == false {
        throw error("\(op.rawValue) takes no grouping", at: start)
      }
      if parameter != nil { throw error("\(op.rawValue) takes no number", at: start) }
    }
    let node = LogQLExpression.Node.aggregation(
      LogQLAggregation(op, inner.expression, parameter: parameter?.scalar, grouping: grouping))
    return Operand(
      expression: LogQLExpression(node, range: start..<end), height: try checked(height: inner.height + 1))
  }

  mutating func grouping() throws(QueryError) -> LogQLGrouping? {
    let isBy = accept("by")
    guard isBy || accept("without") else { return nil }
    return LogQLGrouping(try names(), isWithout: !isBy)
  }

  /// A number and a comma, before what is aggregated.
  mutating func parameter() throws(QueryError) -> (scalar: LogQLScalar, literal: String?)? {
    guard next == .symbol(",") else { return nil }
    switch kind {
    case .number(let literal):
      index += 2
      return (.number(LogQLNumber.double(literal).value), literal)
    case .variable(let name):
      index += 2
      return (.variable(name), nil)
    default: return nil
    }
  }

  private mutating func scalar() throws(QueryError) -> LogQLScalar? {
    switch kind {
    case .number(let literal):
      let value = LogQLNumber.double(literal)
      guard value.isValid else { throw error("not a number that fits") }
      advance()
      return .number(value.value)
    case .variable(let name):
      advance()
      return .variable(name)
    default: return nil
    }
  }

  mutating func signedNumber() throws(QueryError) -> (value: Double, isValid: Bool) {
    let isNegative = accept("-")
    if !isNegative { _ = accept("+") }
    guard case .number(let literal) = kind else { throw error("expected a number") }
    advance()
    let number = LogQLNumber.double(literal)
    return (isNegative ? -number.value : number.value, number.isValid)
  }

  private mutating func labelReplace() throws(QueryError) -> Operand {
    let start = start
    advance()
    try expect("(")
    let inner = try series()
    var texts: [LogQLText] = []
    for _ in 0..<4 {
      try expect(",")
      texts.append(try string())
    }
    try expect(")")
    try check(regex: texts[3]) { (source) throws(ExpressionError) in try RE2("^(?:\(source))$") }
    let node = LogQLExpression.Node.labelReplace(
      LogQLLabelReplace(
        inner.expression, destination: texts[0], replacement: texts[1], source: texts[2], regex: texts[3]))
    return Operand(
      expression: LogQLExpression(node, range: start..<end), height: try checked(height: inner.height + 1))
  }

  private mutating func variants() throws(QueryError) -> Operand {
    let start = start
    advance()
    try expect("(")
    var variants: [LogQLExpression] = []
    var height = 0
    repeat {
      let variant = try series()
      variants.append(variant.expression)
      height = max(height, variant.height)
    } while accept(",")
    try expect(")")
    try expect("of")
    try expect("(")
    let operand = try logRange()
    try expect(")")
    return Operand(
      expression: LogQLExpression(.variants(LogQLVariants(variants, of: operand)), range: start..<end),
      height: try checked(height: height + 1))
  }
}
