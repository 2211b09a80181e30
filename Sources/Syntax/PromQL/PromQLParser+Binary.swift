extension PromQLParser {
  /// Behind the operator: its modifiers and the right side.
  mutating func binary(_ op: PromQLBinary.Operator, at place: Range<Int>, _ left: Operand) throws(QueryError) -> Operand
  {
    let returnsBool = try take(.bool)
    var matching = try self.matching()
    let right = try expression(binding: op == .power ? op.precedence : op.precedence + 1)
    let areScalars = left.type == .scalar && right.type == .scalar
    if returnsBool, !op.isComparison {
      throw error("\"bool\" stands only behind comparisons", at: place.lowerBound)
    }
    if op.isComparison, !returnsBool, areScalars {
      throw error("a comparison of scalars needs \"bool\"", at: place.lowerBound)
    }
    if matching.isOn, matching.labels.contains(where: matching.included.contains) {
      throw error("a label stands in \"on\" and in the group clause at once", at: place.lowerBound)
    }
    for side in [left, right] where side.type == .matrix || side.type == .string {
      throw error("an operator takes only scalars and instant vectors", at: side.range.lowerBound)
    }
    let areVectors = left.type != .scalar && right.type != .scalar
    if !areVectors {
      if !matching.labels.isEmpty {
        throw error("series are matched only between instant vectors", at: place.lowerBound)
      }
      if matching.leftFill != nil || matching.rightFill != nil {
        throw error("series are filled in only between instant vectors", at: place.lowerBound)
      }
      if op.isSetOperator { throw error("a set operator takes no scalar", at: place.lowerBound) }
    } else if op.isSetOperator {
      if matching.cardinality != .oneToOne { throw error("a set operator takes no group clause", at: place.lowerBound) }
      if matching.leftFill != nil || matching.rightFill != nil {
        throw error("a set operator fills in no series", at: place.lowerBound)
      }
      matching.cardinality = .manyToMany
    }
    let node = PromQLBinary(
      op, left.expression, right.expression, returnsBool: returnsBool, matching: areVectors ? matching : nil)
    return Operand(
      node: .binary(node), range: left.range.lowerBound..<right.range.upperBound,
      type: type(left.type, right.type), height: try height(over: left.height, right.height))
  }

  private func type(_ left: PromQLType?, _ right: PromQLType?) -> PromQLType? {
    if left == .vector || right == .vector { return .vector }
    return left == nil || right == nil ? nil : .scalar
  }

  private mutating func matching() throws(QueryError) -> PromQLMatching {
    var matching = PromQLMatching()
    if token.kind == .on || token.kind == .ignoring {
      matching.isOn = try advance().kind == .on
      matching.labels = try grouping()
      if token.kind == .groupLeft || token.kind == .groupRight {
        matching.cardinality = try advance().kind == .groupLeft ? .manyToOne : .oneToMany
        if token.kind == .leftParenthesis { matching.included = try grouping() }
      }
    }
    let fill = token
    switch fill.kind {
    case .fill:
      try advance()
      matching.leftFill = try fillValue()
      matching.rightFill = matching.leftFill
    case .fillLeft, .fillRight:
      try advance()
      let value = try fillValue()
      let isLeft = fill.kind == .fillLeft
      let other = try take(isLeft ? .fillRight : .fillLeft) ? try fillValue() : nil
      (matching.leftFill, matching.rightFill) = isLeft ? (value, other) : (other, value)
    default: return matching
    }
    if !options.features.contains(.fillModifiers) {
      throw error("\"fill\" is experimental and not enabled", at: fill.range.lowerBound)
    }
    return matching
  }

  private mutating func fillValue() throws(QueryError) -> PromQLNumber {
    try expect(.leftParenthesis, in: "fill value")
    let isNegative = token.kind == .subtract
    if token.kind == .add || isNegative { try advance() }
    var number = try literal(in: "fill value")
    try expect(.rightParenthesis, in: "fill value")
    if isNegative { number.value.negate() }
    return number
  }

  /// A number, or a duration for its seconds.
  mutating func literal(in context: String) throws(QueryError) -> PromQLNumber {
    guard token.kind == .number || token.kind == .duration else { throw unexpected(in: context) }
    let literal = try advance()
    let bytes = scanner.bytes[literal.range]
    if literal.kind == .number {
      guard let value = GoNumber.value(bytes) else { throw error("a bad number", at: literal.range.lowerBound) }
      return PromQLNumber(value)
    }
    return PromQLNumber(Double(try milliseconds(literal)) / 1000, isDuration: true)
  }

  func milliseconds(_ duration: PromQLToken) throws(QueryError) -> Int64 {
    guard let milliseconds = PrometheusDuration.milliseconds(scanner.bytes[duration.range]) else {
      throw error("a bad duration, or one too long", at: duration.range.lowerBound)
    }
    if milliseconds == 0, options.version < PromQLVersion(3, 4) {
      throw error("a duration must be greater than 0", at: duration.range.lowerBound)
    }
    return milliseconds
  }

  /// `(job, instance)`, with a comma at the end or not.
  mutating func grouping() throws(QueryError) -> [String] {
    try expect(.leftParenthesis, in: "a list of labels")
    var labels: [String] = []
    while token.kind != .rightParenthesis {
      if !labels.isEmpty {
        try expect(.comma, in: "a list of labels")
        if token.kind == .rightParenthesis { break }
      }
      labels.append(try groupingLabel())
    }
    try advance()
    return labels
  }

  private mutating func groupingLabel() throws(QueryError) -> String {
    let isQuoted = token.kind == .string && options.version >= PromQLVersion(2, 55)
    guard isQuoted || token.kind.isLabelName || token.kind == .template else {
      throw unexpected(in: "a list of labels")
    }
    let label = try advance()
    let name = isQuoted ? label.value : Array(scanner.bytes[label.range])
    let takesUTF8 = options.version >= PromQLVersion(3, 0)
    guard label.kind == .template || (takesUTF8 ? PromQLName.isUTF8(name) : PromQLName.isLabel(name)) else {
      throw error("a bad name of a label", at: label.range.lowerBound)
    }
    return String(decoding: name, as: UTF8.self)
  }
}

/// Names as Prometheus tells whether they need quotes.
enum PromQLName {
  static func isLabel(_ name: some Collection<UInt8>) -> Bool {
    guard let first = name.first, ASCII.isLetter(first) else { return false }
    return name.allSatisfy { ASCII.isLetter($0) || ASCII.isDigit($0) }
  }

  static func isMetric(_ name: some Collection<UInt8>) -> Bool {
    let colon = UInt8(ascii: ":")
    guard let first = name.first, ASCII.isLetter(first) || first == colon else { return false }
    return name.allSatisfy { ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == colon }
  }

  /// What any name may be since 3.0.
  static func isUTF8(_ name: some Collection<UInt8>) -> Bool {
    !name.isEmpty && String(validating: name, as: UTF8.self) != nil
  }
}
