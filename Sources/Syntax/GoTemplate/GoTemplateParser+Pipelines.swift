/// Pipelines, commands and operands.
extension GoTemplateParser {
  enum Context { case command, range, parentheses }

  /// Up to the token that ends it, which is taken.
  mutating func pipeline(_ context: Context, end: Token.Kind) throws(QueryError) -> GoTemplate.Pipeline {
    let first = try nextNonSpace()
    putBack(first)
    var pipeline = GoTemplate.Pipeline(
      variables: [], isAssignment: false, commands: [], range: first.range.lowerBound..<first.range.lowerBound)
    while try declaration(in: context, to: &pipeline) {}
    while true {
      let token = try nextNonSpace()
      switch token.kind {
      case end:
        try check(pipeline, before: token)
        pipeline.range = pipeline.range.lowerBound..<token.range.lowerBound
        return pipeline
      case .bool, .character, .complex, .dot, .field, .identifier, .number, .nothing, .string, .variable,
        .leftParenthesis:
        putBack(token)
        pipeline.commands.append(try command())
      default: throw unexpected(token, in: "a pipeline")
      }
    }
  }

  /// A variable that is declared or set, if one is here.
  /// - Returns: whether another one must follow.
  private mutating func declaration(in context: Context, to pipeline: inout GoTemplate.Pipeline) throws(QueryError)
    -> Bool
  {
    let variable = try nextNonSpace()
    guard variable.kind == .variable else {
      putBack(variable)
      return false
    }
    var tokens = [variable]
    repeat { tokens.append(try next()) } while tokens.last?.kind == .space
    let name = String(decoding: text(of: variable), as: UTF8.self)
    switch tokens.last?.kind {
    case .declare, .assign:
      pipeline.isAssignment = tokens.last?.kind == .assign
      pipeline.variables.append(name)
      scope.declare(name)
      return false
    case .comma:
      pipeline.variables.append(name)
      scope.declare(name)
      guard context == .range, pipeline.variables.count < 2 else {
        throw error("too many variables are declared", at: variable.range.lowerBound)
      }
      let token = try nextNonSpace()
      putBack(token)
      guard [.variable, .rightDelimiter, .rightParenthesis].contains(token.kind) else {
        throw unexpected(token, in: "place of a variable")
      }
      return true
    default:
      for token in tokens.reversed() { putBack(token) }
      return false
    }
  }

  private func check(_ pipeline: GoTemplate.Pipeline, before token: Token) throws(QueryError) {
    guard !pipeline.commands.isEmpty else { throw error("a value is missing", at: token.range.lowerBound) }
    for command in pipeline.commands.dropFirst() {
      switch command.operands[0].kind {
      case .bool, .dot, .nothing, .number, .text:
        throw error("a value can't take the result of what stands before |", at: command.range.lowerBound)
      default: break
      }
    }
  }

  private mutating func command() throws(QueryError) -> GoTemplate.Command {
    var operands: [GoTemplate.Operand] = []
    while true {
      let first = try nextNonSpace()
      putBack(first)
      if let operand = try operand() { operands.append(operand) }
      let token = try next()
      switch token.kind {
      case .space: continue
      case .rightDelimiter, .rightParenthesis: putBack(token)
      case .pipe: break
      default: throw unexpected(token, in: "an operand")
      }
      guard let first = operands.first, let last = operands.last else {
        throw error("a value is missing", at: token.range.lowerBound)
      }
      return GoTemplate.Command(operands: operands, range: first.range.lowerBound..<last.range.upperBound)
    }
  }

  /// A term with the fields that follow it at once; nil where none is here.
  private mutating func operand() throws(QueryError) -> GoTemplate.Operand? {
    guard var operand = try term() else { return nil }
    var fields: [String] = []
    var upper = operand.range.upperBound
    while true {
      let token = try next()
      guard token.kind == .field else {
        putBack(token)
        break
      }
      fields.append(fieldName(token))
      upper = token.range.upperBound
    }
    guard !fields.isEmpty else { return operand }
    let range = operand.range.lowerBound..<upper
    switch operand.kind {
    case .field(let path): operand.kind = .field(path + fields)
    case .variable(let name, let path): operand.kind = .variable(name, path + fields)
    case .bool, .text, .number, .nothing, .dot:
      throw error("a constant has no fields", at: operand.range.upperBound)
    case .function, .pipeline, .chain: operand.kind = .chain(operand, fields)
    }
    operand.range = range
    return operand
  }

  private mutating func term() throws(QueryError) -> GoTemplate.Operand? {
    let token = try nextNonSpace()
    guard let kind = try kind(of: token) else {
      putBack(token)
      return nil
    }
    var range = token.range
    if case .pipeline(let pipeline) = kind { range = token.range.lowerBound..<(pipeline.range.upperBound + 1) }
    return GoTemplate.Operand(kind: kind, range: range)
  }

  private mutating func kind(of token: Token) throws(QueryError) -> GoTemplate.Operand.Kind? {
    switch token.kind {
    case .identifier:
      let name = String(decoding: text(of: token), as: UTF8.self)
      guard dialect.function(name) != nil else {
        throw error("a function that \(dialect.subject) does not have", at: token.range.lowerBound)
      }
      return .function(name)
    case .dot: return .dot
    case .nothing: return .nothing
    case .bool: return .bool(text(of: token).elementsEqual("true".utf8))
    case .variable:
      let name = String(decoding: text(of: token), as: UTF8.self)
      guard scope.has(name) else { throw error("a variable that is not declared here", at: token.range.lowerBound) }
      return .variable(name, [])
    case .field: return .field([fieldName(token)])
    case .character, .number, .complex:
      guard let number = GoTemplateNumber(text(of: token), isCharacter: token.kind == .character) else {
        throw error("not a number that Go can hold", at: token.range.lowerBound)
      }
      return .number(number)
    case .leftParenthesis:
      try enter()
      defer { depth -= 1 }
      return .pipeline(try pipeline(.parentheses, end: .rightParenthesis))
    case .string: return .text(try string(token))
    default: return nil
    }
  }

  private func fieldName(_ token: Token) -> String { String(decoding: text(of: token).dropFirst(), as: UTF8.self) }
}
