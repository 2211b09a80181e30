extension PromQLParser {
  /// `[5m]` or `[1h:5m]`
  mutating func ranged(_ operand: Operand) throws(QueryError) -> Operand {
    let place = try advance().range.lowerBound
    let range = try rangeDuration()
    let lower = operand.range.lowerBound
    if try take(.colon) {
      let step = token.kind == .rightBracket ? nil : try rangeDuration()
      try expect(.rightBracket, in: "a subquery")
      guard operand.type == .vector || operand.type == nil else {
        throw error("a subquery stands only behind an instant vector", at: lower)
      }
      return Operand(
        node: .subquery(PromQLSubquery(operand.expression, range: range, step: step)), range: lower..<end,
        type: .matrix,
        height: try height(over: operand.height))
    }
    try expect(.rightBracket, in: "a range")
    guard case .selector(var selector) = operand.node, selector.range == nil else {
      throw error("a range stands only behind a selector", at: place)
    }
    switch selector.offset {
    case .milliseconds, .number, .variable: throw error("\"offset\" stands behind the range", at: place)
    default: break
    }
    switch selector.instant {
    case .milliseconds, .variable: throw error("\"@\" stands behind the range", at: place)
    default: break
    }
    selector.range = range
    return Operand(node: .selector(selector), range: lower..<end, type: .matrix, height: operand.height)
  }

  mutating func offset(_ operand: Operand) throws(QueryError) -> Operand {
    let place = try advance().range.lowerBound
    let duration = try offsetDuration()
    // None is as good as zero, and may be set again.
    let offset = duration == .milliseconds(0) ? nil : duration
    var node = operand.node
    let isSet: Bool
    switch node {
    case .selector(var selector):
      isSet = selector.offset != nil
      selector.offset = offset
      node = .selector(selector)
    case .subquery(var subquery):
      isSet = subquery.offset != nil
      subquery.offset = offset
      node = .subquery(subquery)
    default: throw error("\"offset\" stands only behind a selector or a subquery", at: place)
    }
    if isSet { throw error("\"offset\" is set twice", at: place) }
    return Operand(
      node: node, range: operand.range.lowerBound..<end, type: operand.type, height: operand.height)
  }

  /// `@ 1609746000`, `@ start()`
  mutating func fixed(_ operand: Operand) throws(QueryError) -> Operand {
    let place = try advance().range.lowerBound
    let instant = try self.instant()
    var node = operand.node
    let isSet: Bool
    switch node {
    case .selector(var selector):
      isSet = selector.instant != nil
      selector.instant = instant
      node = .selector(selector)
    case .subquery(var subquery):
      isSet = subquery.instant != nil
      subquery.instant = instant
      node = .subquery(subquery)
    default: throw error("\"@\" stands only behind a selector or a subquery", at: place)
    }
    if isSet { throw error("\"@\" is set twice", at: place) }
    return Operand(
      node: node, range: operand.range.lowerBound..<end, type: operand.type, height: operand.height)
  }

  private mutating func instant() throws(QueryError) -> PromQLInstant {
    switch token.kind {
    case .start, .finish:
      let isStart = try advance().kind == .start
      try expect(.leftParenthesis, in: "\"@\"")
      try expect(.rightParenthesis, in: "\"@\"")
      return isStart ? .start : .end
    case .template: return .variable(text(try advance().range))
    default: break
    }
    let place = token.range.lowerBound
    let isNegative = token.kind == .subtract
    if token.kind == .add || isNegative { try advance() }
    if token.kind == .duration, options.version < PromQLVersion(2, 54) { throw unexpected(in: "\"@\"") }
    let number = try literal(in: "\"@\"").value
    let seconds = isNegative ? -number : number
    guard abs(seconds) < 0x1p63 else { throw error("a time out of bounds", at: place) }
    // Go's conversion of what does not fit, on the processors it runs on.
    return .milliseconds(Int64(exactly: (seconds * 1000).rounded()) ?? Int64.min)
  }

  mutating func extended(_ operand: Operand) throws(QueryError) -> Operand {
    let modifier = try advance()
    let place = modifier.range.lowerBound
    guard options.features.contains(.extendedRangeSelectors) else {
      throw error("\"anchored\" and \"smoothed\" are experimental and not enabled", at: place)
    }
    guard case .selector(var selector) = operand.node else {
      throw error("\"anchored\" and \"smoothed\" stand only behind a selector", at: place)
    }
    if modifier.kind == .anchored { selector.isAnchored = true } else { selector.isSmoothed = true }
    if selector.isAnchored, selector.isSmoothed {
      throw error("\"anchored\" and \"smoothed\" exclude each other", at: place)
    }
    return Operand(
      node: .selector(selector), range: operand.range.lowerBound..<end, type: operand.type, height: operand.height)
  }
}
