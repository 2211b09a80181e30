extension PromQLParser {
  private typealias Length = (duration: PromQLDuration, height: Int)

  private var mayCompute: Bool { options.version >= PromQLVersion(3, 4) }

  /// A range, or a subquery's step.
  mutating func rangeDuration() throws(QueryError) -> PromQLDuration {
    let place = token.range.lowerBound
    let duration = mayCompute ? try computed().duration : try plain()
    if mayCompute, let seconds = duration.literal, seconds <= 0 {
      throw error("a duration must be greater than 0", at: place)
    }
    return duration.settled
  }

  /// Before 3.4; numbers since 2.54.
  private mutating func plain() throws(QueryError) -> PromQLDuration {
    if token.kind == .number, options.version < PromQLVersion(2, 54) { throw unexpected(in: "a duration") }
    return try atom(in: "a duration")
  }

  /// A literal or a variable.
  private mutating func atom(in context: String) throws(QueryError) -> PromQLDuration {
    switch token.kind {
    case .template: return .variable(text(try advance().range))
    case .duration: return .milliseconds(try milliseconds(try advance()))
    default:
      let place = token.range.lowerBound
      let seconds = try literal(in: context).value
      guard seconds <= 0x1p63 / 1e9 else { throw error("a duration out of range", at: place) }
      return .number(seconds)
    }
  }

  /// What `offset` takes without parentheses binds tighter than what follows it: `x offset -2 ^ 2` is `(x offset -2) ^ 2`.
  mutating func offsetDuration() throws(QueryError) -> PromQLDuration {
    let isNegative = token.kind == .subtract
    guard mayCompute else {
      _ = try take(.subtract)
      let duration = try plain()
      return (isNegative ? duration.negated : duration).settled
    }
    switch token.kind {
    case .add, .subtract: break
    case .leftParenthesis: return try computed().duration.settled
    default: return try unsigned().duration.settled
    }
    try advance()
    switch token.kind {
    case .add, .subtract:
      // As Prometheus has it, a second sign makes all that follows part of the duration.
      let inner = try signed()
      return try operators(behind: (isNegative ? inner.duration.negated : inner.duration, inner.height + 1), 1)
        .duration.settled
    case .leftParenthesis:
      // No feature needs to be enabled for these.
      try advance()
      let inner = PromQLDuration.parentheses(try computed().duration)
      try expect(.rightParenthesis, in: "a duration")
      return isNegative ? inner.negated : inner
    default:
      let inner = try unsigned().duration
      return (isNegative ? inner.negated : inner).settled
    }
  }

  private mutating func computed(binding minimum: Int = 1) throws(QueryError) -> Length {
    try descend()
    defer { depth -= 1 }
    return try operators(behind: try signed(), minimum)
  }

  private mutating func operators(behind first: Length, _ minimum: Int) throws(QueryError) -> Length {
    var left = first
    while let op = token.kind.durationOperator, op.precedence >= minimum {
      let place = try advance().range.lowerBound
      try require(.durationExpressions, at: place)
      let right = try computed(binding: op == .power ? op.precedence : op.precedence + 1)
      if op == .divide || op == .modulo, right.duration.literal == 0 { throw error("division by zero", at: place) }
      left = (.binary(op, left.duration, right.duration), try height(over: left.height, right.height))
    }
    return left
  }

  private mutating func signed() throws(QueryError) -> Length {
    guard token.kind == .add || token.kind == .subtract else { return try unsigned() }
    let isNegative = try advance().kind == .subtract
    let inner = try computed(binding: PromQLDuration.Operator.power.precedence)
    return (isNegative ? inner.duration.negated : inner.duration, try height(over: inner.height))
  }

  private mutating func unsigned() throws(QueryError) -> Length {
    let first = token
    switch first.kind {
    case .leftParenthesis:
      try require(.durationExpressions, at: first.range.lowerBound)
      try advance()
      let inner = try computed()
      try expect(.rightParenthesis, in: "a duration")
      return (.parentheses(inner.duration), try height(over: inner.height))
    case .step, .range:
      try require(.durationExpressions, at: first.range.lowerBound)
      try advance()
      try expect(.leftParenthesis, in: "a duration")
      try expect(.rightParenthesis, in: "a duration")
      return (first.kind == .step ? .step : .range, 1)
    case .maximum, .minimum, .aggregator:
      let word = text(first.range).lowercased()
      guard first.kind != .aggregator || options.version >= PromQLVersion(3, 6) && ["max", "min"].contains(word) else {
        throw unexpected(in: "a duration")
      }
      try require(.durationExpressions, at: first.range.lowerBound)
      try advance()
      try expect(.leftParenthesis, in: "a duration")
      let left = try computed()
      try expect(.comma, in: "a duration")
      let right = try computed()
      try expect(.rightParenthesis, in: "a duration")
      let height = try height(over: left.height, right.height)
      return (
        word.hasPrefix("max") ? .maximum(left.duration, right.duration) : .minimum(left.duration, right.duration),
        height
      )
    default: return (try atom(in: "a duration"), 1)
    }
  }

  private func require(_ feature: PromQLFeatures, at place: Int) throws(QueryError) {
    guard options.features.contains(feature) else {
      throw error("a computed duration is experimental and not enabled", at: place)
    }
  }
}

extension PromQLDuration {
  /// Seconds of a literal.
  fileprivate var literal: Double? {
    switch self {
    case .milliseconds(let value): Double(value) / 1000
    case .number(let seconds): seconds
    default: nil
    }
  }

  fileprivate var negated: PromQLDuration {
    switch self {
    case .milliseconds(let value): .milliseconds(-value)
    case .number(let seconds): .number(-seconds)
    default: .negative(self)
    }
  }

  /// By itself, a number of seconds is the same as a duration.
  fileprivate var settled: PromQLDuration {
    guard case .number(let seconds) = self, let milliseconds = Int64(exactly: seconds * 1000) else { return self }
    return .milliseconds(milliseconds)
  }
}

extension PromQLDuration.Operator {
  fileprivate var precedence: Int {
    switch self {
    case .add, .subtract: 1
    case .multiply, .divide, .modulo: 2
    case .power: 3
    }
  }
}

extension PromQLToken.Kind {
  fileprivate var durationOperator: PromQLDuration.Operator? {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .modulo: .modulo
    case .power: .power
    default: nil
    }
  }
}
