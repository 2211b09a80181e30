extension PromQLReading {
  /// The names and literals of a text of PromQL, in Grafana's dialect, even where it is not well formed.
  ///
  /// MetricsQL, templates of charts and queries in the making come so; what their tokens alone tell is not certain.
  public init(ofAnyText text: some StringProtocol) {
    let bytes = Array(text.utf8)
    if let expression = try? PromQLExpression.parse(bytes, options: .grafana) {
      self = expression.reading
    } else {
      self.init()
      collect(bytes)
    }
  }

  private mutating func collect(_ bytes: [UInt8]) {
    let tokens = Self.tokens(bytes)
    var isInBraces = false
    var openLists = 0
    for (index, token) in tokens.enumerated() {
      let previous = index > 0 ? tokens[index - 1].kind : nil
      let next = index + 1 < tokens.count ? tokens[index + 1].kind : nil
      switch token.kind {
      case .leftBrace: isInBraces = true
      case .rightBrace: isInBraces = false
      case .leftParenthesis where openLists > 0 || previous?.takesLabels == true: openLists += 1
      case .rightParenthesis: openLists = max(0, openLists - 1)
      case .string:
        let literal = String(decoding: token.value, as: UTF8.self)
        if previous?.matcherOperator != nil {
          add(Literal(text: literal, range: token.range))
          guard index > 1, bytes[tokens[index - 2].range].elementsEqual("__name__".utf8) else { break }
          if previous == .assign { add(metric: literal) }
          if previous == .matches { add(metricsListed: literal) }
        } else if isInBraces, next?.matcherOperator == nil {
          add(metric: literal)
        } else if isInBraces || openLists > 0 {
          add(labels: [literal])
        } else {
          add(Literal(text: literal, range: token.range))
        }
      default:
        guard token.kind.isLabelName else { break }
        let name = String(decoding: bytes[token.range], as: UTF8.self)
        if isInBraces || openLists > 0 {
          if name != "__name__", openLists > 0 || next?.matcherOperator != nil { add(labels: [name]) }
        } else if next != .leftParenthesis, token.kind == .identifier || token.kind == .metricIdentifier {
          add(metric: name)
        }
      }
    }
  }

  /// What can't be a token is passed over, a hundred times: of what is no query at all, the rest is not looked at.
  private static func tokens(_ bytes: [UInt8]) -> [PromQLToken] {
    var scanner = PromQLScanner(bytes, .grafana)
    var tokens: [PromQLToken] = []
    var failures = 0
    while scanner.index < bytes.count, failures < 100 {
      let start = scanner.index
      if let token = try? scanner.next() {
        if token.kind == .end { break }
        tokens.append(token)
      } else {
        scanner.index = max(scanner.index, start) + 1
        failures += 1
      }
    }
    return tokens
  }
}

extension PromQLToken.Kind {
  fileprivate var takesLabels: Bool {
    switch self {
    case .by, .without, .on, .ignoring, .groupLeft, .groupRight: true
    default: false
    }
  }
}
