extension PromQLParser {
  /// What stands between operators: an operand, and what follows it in brackets or by `offset` and `@`.
  mutating func postfixed() throws(QueryError) -> Operand {
    var operand = try self.operand()
    while true {
      switch token.kind {
      case .leftBracket: operand = try ranged(operand)
      case .offset: operand = try offset(operand)
      case .at: operand = try fixed(operand)
      case .anchored, .smoothed: operand = try extended(operand)
      default: return operand
      }
    }
  }

  private mutating func operand() throws(QueryError) -> Operand {
    let first = token
    switch first.kind {
    case .number: return try number()
    case .duration where options.version >= PromQLVersion(2, 54): return try number()
    case .string:
      try advance()
      return Operand(
        node: .string(String(decoding: first.value, as: UTF8.self)), range: first.range, type: .string, height: 1)
    case .leftParenthesis:
      try advance()
      let inner = try expression()
      try expect(.rightParenthesis, in: "parentheses")
      return Operand(
        node: .parentheses(inner.expression), range: first.range.lowerBound..<end, type: inner.type,
        height: try height(over: inner.height))
    case .leftBrace: return try selector(name: nil, from: first.range.lowerBound)
    case .template: return try variable()
    case .aggregator:
      try advance()
      if let op = PromQLAggregation.Operator(rawValue: text(first.range).lowercased()),
        [.leftParenthesis, .by, .without].contains(token.kind)
      {
        return try aggregation(op, first)
      }
      return try selector(name: text(first.range), from: first.range.lowerBound)
    case _ where first.kind.isMetricName:
      try advance()
      if token.kind == .leftParenthesis, mayBeFunction(first.kind) { return try call(first) }
      return try selector(name: text(first.range), from: first.range.lowerBound)
    default: throw unexpected()
    }
  }

  private mutating func number() throws(QueryError) -> Operand {
    let range = token.range
    return Operand(node: .number(try literal(in: "number")), range: range, type: .scalar, height: 1)
  }

  /// Words of the language that became functions later.
  private func mayBeFunction(_ kind: PromQLToken.Kind) -> Bool {
    switch kind {
    case .identifier: true
    case .start, .finish, .step, .range: options.version >= PromQLVersion(3, 12)
    case .maximum, .minimum: true
    default: false
    }
  }

  /// A variable stands for an expression, a name, a function or an aggregation; what follows it tells.
  private mutating func variable() throws(QueryError) -> Operand {
    let first = try advance()
    let name = text(first.range)
    switch token.kind {
    case .by, .without: return try aggregation(.variable, first)
    case .leftParenthesis: return try call(first)
    case .leftBrace, .leftBracket, .offset, .at: return try selector(name: name, from: first.range.lowerBound)
    default:
      let isWhole = GrafanaVariable.end(in: scanner.bytes, at: first.range.lowerBound) == first.range.upperBound
      if isWhole || ASCII.isDigit(scanner.bytes[first.range.lowerBound]) {
        return Operand(node: .variable(name), range: first.range, type: nil, height: 1)
      }
      return try selector(name: name, from: first.range.lowerBound)
    }
  }

  private mutating func arguments(of function: String = "") throws(QueryError) -> [Operand] {
    try expect(.leftParenthesis, in: "a call")
    var arguments: [Operand] = []
    while token.kind != .rightParenthesis {
      if !arguments.isEmpty { try expect(.comma, in: "arguments") }
      takesEmptySelectors = function == "info" && arguments.count == 1
      arguments.append(try expression())
      takesEmptySelectors = false
    }
    try advance()
    return arguments
  }

  private mutating func aggregation(_ op: PromQLAggregation.Operator, _ name: PromQLToken) throws(QueryError) -> Operand
  {
    let clause = try groupingClause()
    let arguments = try self.arguments()
    let last = clause == nil ? try groupingClause() : clause
    return try aggregation(op, name, last, arguments)
  }

  private func aggregation(
    _ op: PromQLAggregation.Operator, _ name: PromQLToken, _ clause: (isWithout: Bool, labels: [String])?,
    _ arguments: [Operand]
  ) throws(QueryError) -> Operand {
    let place = name.range.lowerBound
    let isExperimental = op == .limitK || op == .limitRatio
    if isExperimental, !options.features.contains(.experimentalFunctions) {
      throw error("\"\(op.rawValue)\" is experimental and not enabled", at: place)
    }
    // A variable decides whether there is a parameter.
    let count = op == .variable ? min(max(arguments.count, 1), 2) : op.parameterType == nil ? 1 : 2
    guard arguments.count == count else {
      throw error("an aggregation needs \(count) argument\(count == 1 ? "" : "s"), not \(arguments.count)", at: place)
    }
    try check(arguments[count - 1], is: .vector)
    if let type = op.parameterType { try check(arguments[0], is: type) }
    var node = PromQLAggregation(
      op, arguments[count - 1].expression, parameter: count == 2 ? arguments[0].expression : nil,
      grouping: clause?.labels ?? [], isWithout: clause?.isWithout ?? false)
    if op == .variable { node.variable = text(name.range) }
    return Operand(
      node: .aggregation(node), range: place..<end, type: .vector,
      height: try height(over: arguments[0].height, arguments[count - 1].height))
  }

  private mutating func groupingClause() throws(QueryError) -> (isWithout: Bool, labels: [String])? {
    guard token.kind == .by || token.kind == .without else { return nil }
    return (try advance().kind == .without, try grouping())
  }

  private mutating func call(_ name: PromQLToken) throws(QueryError) -> Operand {
    let place = name.range.lowerBound
    let function = text(name.range)
    let arguments = try self.arguments(of: function)
    var type: PromQLType?
    if name.kind == .template {
      // `$aggregation(…) by (job)`
      if let clause = try groupingClause() { return try aggregation(.variable, name, clause, arguments) }
    } else {
      guard let known = PromQLFunction.named(function, in: options.version),
        known.until.map({ options.version < $0 || options.features.contains(.removedFunctions) }) ?? true
      else { throw error("an unknown function", at: place) }
      if known.isExperimental, !options.features.contains(.experimentalFunctions) {
        throw error("the function \"\(known.name)\" is experimental and not enabled", at: place)
      }
      try check(arguments, of: known, at: place)
      type = known.result
    }
    let tallest = arguments.map(\.height).max() ?? 0
    return Operand(
      node: .call(PromQLCall(function, arguments.map(\.expression))), range: place..<end, type: type,
      height: try height(over: tallest))
  }

  private func check(_ operand: Operand, is type: PromQLType) throws(QueryError) {
    guard operand.type == type || operand.type == nil else {
      throw error(
        "expected \(type.rawValue), not \(operand.type?.rawValue ?? "none")", at: operand.range.lowerBound)
    }
  }

  private func check(_ arguments: [Operand], of function: PromQLFunction, at place: Int) throws(QueryError) {
    let least = function.arguments.count - (function.optional == 0 ? 0 : 1)
    let most = function.optional.map { least + $0 } ?? Int.max
    guard (least...most).contains(arguments.count) else {
      throw error("the function \"\(function.name)\" does not take \(arguments.count) arguments", at: place)
    }
    for (index, argument) in arguments.enumerated() {
      try check(argument, is: function.arguments[min(index, function.arguments.count - 1)])
    }
    if function.name == "info", arguments.count > 1 {
      guard case .selector(let selector) = arguments[1].node, selector.name == nil else {
        throw error("the second argument of \"info\" is conditions in braces", at: arguments[1].range.lowerBound)
      }
    }
  }
}

extension PromQLAggregation.Operator {
  var parameterType: PromQLType? {
    switch self {
    case .topk, .bottomk, .quantile, .limitK, .limitRatio: .scalar
    case .countValues: .string
    default: nil
    }
  }
}
