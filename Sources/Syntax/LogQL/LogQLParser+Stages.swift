import Expressions

extension LogQLParser {
  mutating func pipeline() throws(QueryError) -> LogQLPipeline {
    let start = start
    try expect("{")
    var pipeline = LogQLPipeline([])
    if !accept("}") {
      repeat {
        if case .variable = kind, next == .symbol(",") || next == .symbol("}") {
          pipeline.variables.append(try name())
        } else {
          pipeline.matchers.append(try matcher(name()))
        }
      } while accept(",")
      try expect("}")
    }
    pipeline.selectorRange = start..<end
    let matchers = pipeline.matchers
    if !options.allowsAnyStream, pipeline.variables.isEmpty, !matchers.contains(where: excludesAbsence) {
      throw error("a selector needs a condition that a stream without the label fails", at: start)
    }
    pipeline.stages = try stages()
    return pipeline
  }

  /// Whether streams that lack the label are left out.
  private func excludesAbsence(_ matcher: LabelMatcher) -> Bool {
    options.allowsVariables && matcher.hasVariable || !matcher.accepts("")
  }

  private mutating func matcher(_ name: LogQLText) throws(QueryError) -> LabelMatcher {
    guard case .symbol(let symbol) = kind, let op = LabelMatcher.Operator(rawValue: symbol) else {
      throw error("expected one of = != =~ !~")
    }
    advance()
    let value = try string()
    if op == .matches || op == .matchesNot {
      try check(regex: value) { (source) throws(ExpressionError) in try RE2(source, anchored: .prometheus3) }
    }
    return LabelMatcher(
      name: name.value, op: op, value: value.value, range: name.range.lowerBound..<value.range.upperBound)
  }

  @discardableResult func check(
    regex: LogQLText, _ compile: (String) throws(ExpressionError) -> RE2
  ) throws(QueryError) -> RE2? {
    if options.allowsVariables, regex.isVariable || GrafanaVariable.occurs(in: regex.value) { return nil }
    do throws(ExpressionError) {
      return try compile(regex.value)
    } catch {
      throw self.error("not a regular expression", at: regex.range.lowerBound)
    }
  }

  // MARK: - Stages

  /// As many as there are; `unwrap` is none.
  mutating func stages() throws(QueryError) -> [LogQLStage] {
    var stages: [LogQLStage] = []
    while true {
      let start = start
      let node: LogQLStage.Node
      switch kind {
      case .symbol("|") where next != .symbol("unwrap"):
        advance()
        node = try stage()
      case .symbol(let symbol):
        guard let op = LogQLLineFilter.Operator(rawValue: symbol) else { return stages }
        advance()
        node = .lineFilter(try lineFilter(op))
      case .variable(let name):
        advance()
        node = .variable(name, afterBar: false)
      default: return stages
      }
      stages.append(LogQLStage(node, range: start..<end))
    }
  }

  private mutating func lineFilter(_ op: LogQLLineFilter.Operator) throws(QueryError) -> LogQLLineFilter {
    var alternatives = [try alternative()]
    while options.version >= .loki30, accept("or") { alternatives.append(try alternative()) }
    return LogQLLineFilter(op, alternatives)
  }

  private mutating func alternative() throws(QueryError) -> LogQLLineFilter.Alternative {
    guard kind == .function("ip") else { return LogQLLineFilter.Alternative(try string()) }
    return LogQLLineFilter.Alternative(try address(), isAddress: true)
  }

  private mutating func address() throws(QueryError) -> LogQLText {
    advance()
    try expect("(")
    let text = try string()
    try expect(")")
    return text
  }

  /// Behind the bar.
  private mutating func stage() throws(QueryError) -> LogQLStage.Node {
    guard case .symbol(let symbol) = kind, symbol != "(" else {
      if case .variable(let name) = kind, !startsFilter(next) {
        advance()
        return .variable(name, afterBar: true)
      }
      return .labelFilter(try labelFilter())
    }
    advance()
    switch symbol {
    case "json": return .json(try extractions())
    case "logfmt":
      var logfmt = LogQLLogfmt()
      while case .flag(let flag) = kind {
        advance()
        if flag == "strict" { logfmt.isStrict = true } else { logfmt.keepsEmpty = true }
      }
      logfmt.extractions = try extractions()
      return .logfmt(logfmt)
    case "regexp": return .regexp(try named(string()))
    case "pattern":
      let text = try string()
      if let problem = LogQLPattern.problem(inParser: text.value), !isFilledIn(text) {
        throw error(problem, at: text.range.lowerBound)
      }
      return .pattern(text)
    case "unpack": return .unpack
    case "line_format": return .lineFormat(try string())
    case "label_format":
      return .labelFormat(try list { (parser) throws(QueryError) in try parser.labelFormat() })
    case "decolorize": return .decolorize
    case "drop": return .drop(try list { (parser) throws(QueryError) in try parser.choice() })
    case "keep": return .keep(try list { (parser) throws(QueryError) in try parser.choice() })
    default: throw error("expected a stage", at: tokens[index - 1].range.lowerBound)
    }
  }

  private func startsFilter(_ kind: LogQLToken.Kind) -> Bool {
    guard case .symbol(let symbol) = kind else { return false }
    return LogQLComparison.Operator(rawValue: symbol) != nil || LabelMatcher.Operator(rawValue: symbol) != nil
  }

  private func isFilledIn(_ text: LogQLText) -> Bool {
    options.allowsVariables && (text.isVariable || GrafanaVariable.occurs(in: text.value))
  }

  private func named(_ text: LogQLText) throws(QueryError) -> LogQLText {
    let expression = try check(regex: text) { (source) throws(ExpressionError) in try RE2(source) }
    if let expression, expression.groupNames.allSatisfy({ $0 == nil }) {
      throw error("the regular expression names no group", at: text.range.lowerBound)
    }
    return text
  }

  private mutating func list<Element>(
    _ element: (inout LogQLParser) throws(QueryError) -> Element
  ) throws(QueryError) -> [Element] {
    var list = [try element(&self)]
    while accept(",") { list.append(try element(&self)) }
    return list
  }

  private mutating func extractions() throws(QueryError) -> [LogQLExtraction] {
    switch kind {
    case .identifier, .variable:
      return try list { (parser) throws(QueryError) in
        let label = try parser.name()
        guard parser.accept("=") else { return LogQLExtraction(label, label) }
        return LogQLExtraction(label, try parser.string())
      }
    default: return []
    }
  }

  private mutating func labelFormat() throws(QueryError) -> LogQLLabelFormat {
    let label = try name()
    try expect("=")
    if case .identifier = kind { return LogQLLabelFormat(label, .rename(try name())) }
    return LogQLLabelFormat(label, .template(try string()))
  }

  private mutating func choice() throws(QueryError) -> LogQLLabelChoice {
    let name = try name()
    guard case .symbol(let symbol) = kind, LabelMatcher.Operator(rawValue: symbol) != nil else { return .name(name) }
    return .matcher(try matcher(name))
  }

  // MARK: - Label filters

  /// What joins two filters; a lower one binds less. A comma and mere succession have no rank: whatever follows them joins
  /// first, as in Loki's grammar, whose conflicts are resolved so.
  private enum Joint {
    case or, and, comma, succession

    var rank: Int? { self == .or ? 1 : self == .and ? 2 : nil }
  }

  mutating func labelFilter() throws(QueryError) -> LogQLLabelFilter { try joinedFilters().filter }

  private mutating func joinedFilters() throws(QueryError) -> (filter: LogQLLabelFilter, height: Int) {
    try nested { (parser) throws(QueryError) in
      var operands = [try parser.singleFilter()]
      var joints: [Joint] = []
      func reduce(_ parser: LogQLParser) throws(QueryError) {
        let (right, left) = (operands.removeLast(), operands.removeLast())
        let node =
          joints.removeLast() == .or
          ? LogQLLabelFilter.Node.or(left.filter, right.filter) : .and(left.filter, right.filter)
        let range = left.filter.range.lowerBound..<right.filter.range.upperBound
        operands.append(
          (LogQLLabelFilter(node, range: range), try parser.checked(height: max(left.height, right.height) + 1)))
      }
      while let joint = parser.joint() {
        while let last = joints.last?.rank, let rank = joint.rank, rank <= last { try reduce(parser) }
        joints.append(joint)
        operands.append(try parser.singleFilter())
      }
      while !joints.isEmpty { try reduce(parser) }
      return operands[0]
    }
  }

  /// Takes what joins the next filter.
  private mutating func joint() -> Joint? {
    switch kind {
    case .symbol("or"):
      advance()
      return .or
    case .symbol("and"):
      advance()
      return .and
    case .symbol(","):
      advance()
      return .comma
    case .symbol("("), .identifier: return .succession
    case .variable where startsFilter(next): return .succession
    default: return nil
    }
  }

  private mutating func singleFilter() throws(QueryError) -> (filter: LogQLLabelFilter, height: Int) {
    let start = start
    if accept("(") {
      var inner = try joinedFilters()
      try expect(")")
      inner.filter.range = start..<end
      return inner
    }
    let node = try filterNode()
    return (LogQLLabelFilter(node, range: start..<end), 1)
  }

  private mutating func filterNode() throws(QueryError) -> LogQLLabelFilter.Node {
    let label = try name()
    guard case .symbol(let symbol) = kind else { throw error("expected a comparison") }
    switch next {
    case .string where LabelMatcher.Operator(rawValue: symbol) != nil: return .matcher(try matcher(label))
    case .variable where symbol == "=~" || symbol == "!~": return .matcher(try matcher(label))
    case .function("ip") where symbol == "=" || symbol == "!=":
      advance()
      return .address(label, isNegated: symbol == "!=", try address())
    default: break
    }
    guard let op = symbol == "=" ? .equal : LogQLComparison.Operator(rawValue: symbol) else {
      throw error("expected a comparison")
    }
    advance()
    return .comparison(LogQLComparison(label, op, try comparedValue()))
  }

  private mutating func comparedValue() throws(QueryError) -> LogQLComparison.Value {
    let start = start
    switch kind {
    case .duration(let nanoseconds):
      advance()
      return .nanoseconds(nanoseconds)
    case .bytes(let bytes):
      advance()
      return .bytes(bytes)
    case .variable(let name):
      advance()
      return .variable(name)
    default:
      let number = try signedNumber()
      guard number.isValid || options.version < .loki38 else { throw error("not a number that fits", at: start) }
      return .number(number.value)
    }
  }
}
