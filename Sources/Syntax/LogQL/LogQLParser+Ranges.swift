extension LogQLParser {
  mutating func rangeAggregation(_ op: LogQLRangeAggregation.Operator) throws(QueryError) -> Operand {
    let start = start
    advance()
    try expect("(")
    let parameter = try parameter()
    let operand = try logRange()
    try expect(")")
    let grouping = try grouping()
    if op == .quantile {
      guard let parameter else { throw error("\(op.rawValue) needs a number first", at: start) }
      if let literal = parameter.literal, !LogQLNumber.double(literal).isValid {
        throw error("not a number that fits", at: start)
      }
    } else if parameter != nil {
      throw error("\(op.rawValue) takes no number", at: start)
    }
    if grouping != nil, !op.takesGrouping { throw error("\(op.rawValue) takes no grouping", at: start) }
    if operand.unwrap == nil ? !op.takesLines : !op.takesUnwrapped {
      throw error("\(op.rawValue) \(operand.unwrap == nil ? "needs" : "takes no") unwrap", at: start)
    }
    let node = LogQLExpression.Node.rangeAggregation(
      LogQLRangeAggregation(op, operand, parameter: parameter?.scalar, grouping: grouping))
    return Operand(expression: LogQLExpression(node, range: start..<end), height: 1)
  }

  /// Lines with a range. It may stand behind the selector, the stages or `unwrap`, and any of these may be in parentheses.
  mutating func logRange() throws(QueryError) -> LogQLRange {
    guard kind == .symbol("(") else { return try bareRange() }
    return try nested { (parser) throws(QueryError) in
      parser.advance()
      if parser.kind == .symbol("(") {
        let inner = try parser.logRange()
        try parser.expect(")")
        return inner
      }
      let pipeline = try parser.pipeline()
      var unwrap = try parser.unwrap()
      if case .range = parser.kind {
        let inner = try parser.bareRange(pipeline, unwrap: unwrap)
        try parser.expect(")")
        return inner
      }
      try parser.expect(")")
      let (duration, offset) = try parser.rangeAndOffset()
      // Behind the parentheses there may be `unwrap` where nothing but a selector is inside.
      if unwrap == nil, pipeline.stages.isEmpty { unwrap = try parser.unwrap() }
      return LogQLRange(pipeline, unwrap: unwrap, duration: duration, offset: offset)
    }
  }

  private mutating func bareRange() throws(QueryError) -> LogQLRange {
    let pipeline = try pipeline()
    return try bareRange(pipeline, unwrap: try unwrap())
  }

  private mutating func bareRange(_ before: LogQLPipeline, unwrap: LogQLUnwrap?) throws(QueryError) -> LogQLRange {
    var (pipeline, unwrap) = (before, unwrap)
    let (duration, offset) = try rangeAndOffset()
    if pipeline.stages.isEmpty, unwrap == nil {
      pipeline.stages = try stages()
      unwrap = try self.unwrap()
    }
    return LogQLRange(pipeline, unwrap: unwrap, duration: duration, offset: offset)
  }

  private mutating func rangeAndOffset() throws(QueryError) -> (LogQLDuration, LogQLDuration?) {
    guard case .range(let duration) = kind else { throw error("expected a range") }
    advance()
    guard accept("offset") else { return (duration, nil) }
    switch kind {
    case .duration(let nanoseconds):
      advance()
      // An offset of nothing is none.
      return (duration, nanoseconds == 0 ? nil : .nanoseconds(nanoseconds))
    case .variable(let name):
      advance()
      return (duration, .variable(name))
    default: throw error("expected a duration")
    }
  }

  /// `| unwrap label`, then filters.
  private mutating func unwrap() throws(QueryError) -> LogQLUnwrap? {
    guard kind == .symbol("|"), next == .symbol("unwrap") else { return nil }
    index += 2
    var result: LogQLUnwrap
    if case .function(let name) = kind, let conversion = LogQLUnwrap.Conversion(rawValue: name) {
      advance()
      try expect("(")
      result = LogQLUnwrap(try self.name(), conversion: conversion)
      try expect(")")
    } else {
      result = LogQLUnwrap(try name())
    }
    while accept("|") { result.filters.append(try labelFilter()) }
    return result
  }
}

extension LogQLRangeAggregation.Operator {
  var takesGrouping: Bool {
    switch self {
    case .average, .deviation, .variance, .quantile, .maximum, .minimum, .first, .last: true
    default: false
    }
  }

  var takesUnwrapped: Bool {
    switch self {
    case .count, .bytes, .bytesRate: false
    default: true
    }
  }

  var takesLines: Bool {
    switch self {
    case .count, .rate, .bytes, .bytesRate, .absent: true
    default: false
    }
  }
}
