/// A token of PromQL.
struct PromQLToken: Sendable {
  enum Kind: UInt8, Sendable {
    case end
    case identifier, metricIdentifier, string, number, duration
    /// Letters, digits and at least one of Grafana's variables, with nothing between them.
    case template
    case comma, colon, leftParenthesis, rightParenthesis, leftBrace, rightBrace, leftBracket, rightBracket, at
    case assign, matches, matchesNot
    case add, subtract, multiply, divide, modulo, power
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, trimUpper, trimLower
    case and, or, unless, atan2
    case aggregator
    case by, without, bool, on, ignoring, groupLeft, groupRight, fill, fillLeft, fillRight
    case offset, smoothed, anchored
    case start, finish, step, range, maximum, minimum
  }

  var kind: Kind
  /// UTF-8 offsets into the text.
  var range: Range<Int>
  /// Of a string: its bytes without quotes, the escapes resolved.
  var value: [UInt8] = []
}

extension PromQLToken.Kind {
  /// By the word in small letters, with the first version that knows it.
  static let keywords: [String: (kind: Self, since: PromQLVersion)] = {
    let old = PromQLVersion.oldest
    var words: [String: (kind: Self, since: PromQLVersion)] = [
      "and": (.and, old), "or": (.or, old), "unless": (.unless, old), "atan2": (.atan2, old), "inf": (.number, old),
      "nan": (.number, old), "offset": (.offset, old), "by": (.by, old), "without": (.without, old), "on": (.on, old),
      "ignoring": (.ignoring, old), "group_left": (.groupLeft, old), "group_right": (.groupRight, old),
      "bool": (.bool, old), "start": (.start, old), "end": (.finish, old), "step": (.step, PromQLVersion(3, 6)),
      "smoothed": (.smoothed, PromQLVersion(3, 7)), "anchored": (.anchored, PromQLVersion(3, 7)),
      "fill": (.fill, PromQLVersion(3, 10)), "fill_left": (.fillLeft, PromQLVersion(3, 10)),
      "fill_right": (.fillRight, PromQLVersion(3, 10)), "range": (.range, PromQLVersion(3, 10)),
      "max_of": (.maximum, PromQLVersion(3, 13)), "min_of": (.minimum, PromQLVersion(3, 13)),
    ]
    for op in PromQLAggregation.Operator.allCases where op != .variable {
      let isNew = op == .limitK || op == .limitRatio
      words[op.rawValue] = (.aggregator, isNew ? PromQLVersion(2, 54) : old)
    }
    return words
  }()

  /// Whether a metric may be called so.
  var isMetricName: Bool {
    switch self {
    case .identifier, .metricIdentifier, .and, .or, .unless, .aggregator, .by, .without, .fill, .fillLeft, .fillRight,
      .offset, .smoothed, .anchored, .start, .finish, .step, .range, .maximum, .minimum:
      true
    default: false
    }
  }

  /// Whether it may stand in a list of labels; `without` may not.
  var isLabelName: Bool {
    switch self {
    case .atan2, .bool, .on, .ignoring, .groupLeft, .groupRight: true
    case .without: false
    default: isMetricName
    }
  }

  /// How an error calls it.
  var words: String {
    switch self {
    case .end: "end of input"
    case .identifier, .metricIdentifier: "identifier"
    case .string: "string"
    case .number: "number"
    case .duration: "duration"
    case .template: "variable"
    case .aggregator: "aggregation"
    default: "\"\(Self.symbols[self] ?? "")\""
    }
  }

  private static let symbols: [Self: String] = [
    .comma: ",", .colon: ":", .leftParenthesis: "(", .rightParenthesis: ")", .leftBrace: "{", .rightBrace: "}",
    .leftBracket: "[", .rightBracket: "]", .at: "@", .assign: "=", .matches: "=~", .matchesNot: "!~", .add: "+",
    .subtract: "-", .multiply: "*", .divide: "/", .modulo: "%", .power: "^", .equal: "==", .notEqual: "!=", .less: "<",
    .lessOrEqual: "<=", .greater: ">", .greaterOrEqual: ">=", .trimUpper: "</", .trimLower: ">/",
  ].merging(
    keywords.filter { $0.value.kind != .number && $0.value.kind != .aggregator }.map { ($0.value.kind, $0.key) }
  ) { symbol, _ in symbol }
}
