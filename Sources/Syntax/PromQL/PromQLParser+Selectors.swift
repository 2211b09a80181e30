import Expressions

extension PromQLParser {
  /// The conditions behind a name, or alone.
  mutating func selector(name: String?, from start: Int) throws(QueryError) -> Operand {
    var selector = PromQLSelector(name: name)
    var selects = name != nil
    if try take(.leftBrace) {
      var isFirst = true
      while token.kind != .rightBrace {
        if !isFirst {
          try expect(.comma, in: "conditions")
          if token.kind == .rightBrace { break }
        }
        isFirst = false
        try condition(of: &selector, hasName: name != nil, &selects)
      }
      try advance()
    }
    // Else every series there is would be read, as by a typing error.
    guard selects || takesEmptySelectors else {
      throw error("a selector needs a condition that an empty value does not meet", at: start)
    }
    return Operand(node: .selector(selector), range: start..<end, type: .vector, height: 1)
  }

  /// - Parameter selects: becomes true where the condition does not hold for an empty value.
  private mutating func condition(
    of selector: inout PromQLSelector, hasName: Bool, _ selects: inout Bool
  ) throws(QueryError) {
    let isQuoted = token.kind == .string && options.version >= PromQLVersion(2, 51)
    guard isQuoted || token.kind == .identifier || token.kind == .template else { throw unexpected(in: "conditions") }
    let subject = try advance()
    let name = isQuoted ? String(decoding: subject.value, as: UTF8.self) : text(subject.range)
    let place = subject.range.lowerBound
    guard let op = token.kind.matcherOperator else {
      switch subject.kind {
      case .template:
        selector.variables.append(name)
        selects = true
      case .string:
        if hasName { throw error("the metric's name is set twice", at: place) }
        if selector.name == nil, !name.isEmpty {
          selector.name = name
        } else {
          selector.matchers.append(
            LabelMatcher(
              name: "__name__", op: .equal, value: name, range: subject.range,
              valueRange: subject.range))
        }
        selects = selects || !name.isEmpty
      default: throw unexpected(in: "conditions")
      }
      return
    }
    try advance()
    guard token.kind == .string else { throw unexpected(in: "conditions") }
    if hasName, name == "__name__" { throw error("the metric's name is set twice", at: place) }
    let literal = try advance()
    let value = String(decoding: literal.value, as: UTF8.self)
    selector.matchers.append(
      LabelMatcher(name: name, op: op, value: value, range: place..<end, valueRange: literal.range))
    selects = try !holdsForEmpty(op, value, literal) || selects
  }

  private func holdsForEmpty(
    _ op: LabelMatcher.Operator, _ value: String, _ literal: PromQLToken
  ) throws(QueryError) -> Bool {
    // What a variable makes of it, nobody knows.
    if options.dialect == .grafana, GrafanaVariable.occurs(in: value) { return false }
    switch op {
    case .equal: return value.isEmpty
    case .notEqual: return !value.isEmpty
    case .matches, .matchesNot:
      guard String(validating: literal.value, as: UTF8.self) != nil else {
        throw error("a regular expression that is not UTF-8", at: literal.range.lowerBound)
      }
      do {
        let isOld = options.version < PromQLVersion(3, 0)
        let expression = try RE2(value, anchored: isOld ? .prometheus2 : .prometheus3)
        return RE2Matcher(expression).matches([]) == (op == .matches)
      } catch {
        throw self.error("a bad regular expression: \(error.problem)", at: literal.range.lowerBound)
      }
    }
  }
}

extension PromQLToken.Kind {
  var matcherOperator: LabelMatcher.Operator? {
    switch self {
    case .assign: .equal
    case .notEqual: .notEqual
    case .matches: .matches
    case .matchesNot: .matchesNot
    default: nil
    }
  }
}
