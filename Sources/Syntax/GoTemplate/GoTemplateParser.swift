/// Reads a Go template, as `text/template/parse/parse.go` does it.
struct GoTemplateParser {
  typealias Token = GoTemplateToken
  typealias Node = GoTemplate.Node

  /// Conditions, loops, definitions and parentheses in one another; Go has no such limit for the former.
  static let maximumDepth = 100

  let dialect: TemplateDialect
  private var lexer: GoTemplateLexer
  /// Tokens that were looked at and put back, the next one last.
  private var pending: [Token] = []
  private var definitions: [String: GoTemplate.Definition] = [:]
  var scope: Scope
  var depth = 0
  /// The end of the token that was taken last.
  private var end = 0

  /// What a template or definition knows of itself while it is read.
  struct Scope {
    private var names: [String] = []
    private var counts: [String: Int] = [:]
    var loops = 0

    init(_ variables: [String]) {
      for name in ["$"] + variables { declare(name) }
    }

    var mark: Int { names.count }

    func has(_ name: String) -> Bool { counts[name] != nil }

    mutating func declare(_ name: String) {
      names.append(name)
      counts[name, default: 0] += 1
    }

    mutating func pop(to mark: Int) {
      while names.count > mark, let name = names.popLast(), let count = counts[name] {
        counts[name] = count > 1 ? count - 1 : nil
      }
    }
  }

  init(_ bytes: [UInt8], dialect: TemplateDialect) {
    lexer = GoTemplateLexer(bytes)
    self.dialect = dialect
    scope = Scope(dialect.variables)
  }

  mutating func parse(name: String) throws(QueryError) -> GoTemplate {
    var root: [Node] = []
    while true {
      let token = try next()
      if token.kind == .end { break }
      if token.kind == .leftDelimiter {
        let word = try nextNonSpace()
        if word.kind == .keyword(.define) {
          try definition(from: token)
          continue
        }
        putBack(word)
      }
      putBack(token)
      switch try item() {
      case .node(let node): root.append(node)
      case .end(let range), .otherwise(let range):
        throw error("nothing is open that this could end", at: range.lowerBound)
      }
    }
    if let other = definitions[name] {
      guard root.isBlank || other.body.isBlank else {
        throw error("the template is defined twice", at: other.range.lowerBound)
      }
      if root.isBlank { root = other.body }
      definitions[name] = nil
    }
    return GoTemplate(root: root, definitions: definitions, comments: lexer.comments)
  }

  // MARK: Items

  enum Item {
    case node(Node)
    case end(Range<Int>)
    /// `else`, to its end or up to the `if` or `with` that follows it.
    case otherwise(Range<Int>)
  }

  private mutating func item() throws(QueryError) -> Item {
    let token = try nextNonSpace()
    switch token.kind {
    case .text: return .node(.text(GoTemplate.Text(bytes: Array(lexer.bytes[token.range]), range: token.range)))
    case .leftDelimiter: return try action(from: token.range.lowerBound)
    default: throw unexpected(token, in: "a text")
    }
  }

  /// Up to `end` or `else`, which is returned.
  private mutating func body() throws(QueryError) -> (nodes: [Node], end: Item) {
    try enter()
    defer { depth -= 1 }
    var nodes: [Node] = []
    while true {
      let token = try nextNonSpace()
      if token.kind == .end { throw error("{{end}} is missing", at: token.range.lowerBound) }
      putBack(token)
      switch try item() {
      case .node(let node): nodes.append(node)
      case let end: return (nodes, end)
      }
    }
  }

  /// Up to `end`.
  private mutating func lastBody() throws(QueryError) -> [Node] {
    let (nodes, end) = try body()
    if case .otherwise(let range) = end { throw error("expected {{end}}", at: range.lowerBound) }
    return nodes
  }

  private mutating func action(from start: Int) throws(QueryError) -> Item {
    let token = try nextNonSpace()
    switch token.kind {
    case .keyword(.if): return .node(.branch(try branch(from: start, setsDot: false)))
    case .keyword(.with): return .node(.branch(try branch(from: start, setsDot: true)))
    case .keyword(.range): return .node(.loop(try loop(from: start)))
    case .keyword(.template): return .node(.call(try call(from: start)))
    case .keyword(.block): return .node(.call(try block(from: start)))
    case .keyword(.break):
      try leave(at: token)
      return .node(.leave(start..<end))
    case .keyword(.continue):
      try leave(at: token)
      return .node(.next(start..<end))
    case .keyword(.end):
      try expectClose()
      return .end(start..<end)
    case .keyword(.else):
      let next = try nextNonSpace()
      if next.kind == .keyword(.if) || next.kind == .keyword(.with) {
        let range = start..<end
        putBack(next)
        return .otherwise(range)
      }
      putBack(next)
      try expectClose()
      return .otherwise(start..<end)
    default:
      putBack(token)
      let pipeline = try pipeline(.command, end: .rightDelimiter)
      return .node(.action(GoTemplate.Action(pipeline: pipeline, range: start..<end)))
    }
  }

  private mutating func leave(at token: Token) throws(QueryError) {
    try expectClose()
    guard scope.loops > 0 else {
      throw error("{{break}} and {{continue}} belong into {{range}}", at: token.range.lowerBound)
    }
  }

  private mutating func branch(from start: Int, setsDot: Bool) throws(QueryError) -> GoTemplate.Branch {
    let mark = scope.mark
    defer { scope.pop(to: mark) }
    var branch = GoTemplate.Branch(arms: [], otherwise: [], setsDot: setsDot, range: start..<end)
    var start = start
    while true {
      let pipeline = try pipeline(.command, end: .rightDelimiter)
      let range = start..<end
      if branch.arms.isEmpty { branch.range = range }
      let (nodes, end) = try body()
      branch.arms.append(GoTemplate.Branch.Arm(pipeline: pipeline, body: nodes, range: range))
      guard case .otherwise(let other) = end else { return branch }
      let token = try next()
      guard token.kind == .keyword(setsDot ? .with : .if) else {
        putBack(token)
        branch.otherwise = try lastBody()
        return branch
      }
      start = other.lowerBound
    }
  }

  private mutating func loop(from start: Int) throws(QueryError) -> GoTemplate.Loop {
    let mark = scope.mark
    defer { scope.pop(to: mark) }
    let pipeline = try pipeline(.range, end: .rightDelimiter)
    let range = start..<end
    scope.loops += 1
    let (nodes, end) = try body()
    scope.loops -= 1
    var otherwise: [Node] = []
    if case .otherwise = end { otherwise = try lastBody() }
    return GoTemplate.Loop(pipeline: pipeline, body: nodes, otherwise: otherwise, range: range)
  }

  private mutating func call(from start: Int) throws(QueryError) -> GoTemplate.Call {
    let name = try templateName()
    let token = try nextNonSpace()
    guard token.kind != .rightDelimiter else { return GoTemplate.Call(name: name, pipeline: nil, range: start..<end) }
    putBack(token)
    let pipeline = try pipeline(.command, end: .rightDelimiter)
    return GoTemplate.Call(name: name, pipeline: pipeline, range: start..<end)
  }

  private mutating func block(from start: Int) throws(QueryError) -> GoTemplate.Call {
    let name = try templateName()
    let pipeline = try pipeline(.command, end: .rightDelimiter)
    let range = start..<end
    try define(name, range)
    return GoTemplate.Call(name: name, pipeline: pipeline, range: range)
  }

  private mutating func definition(from token: Token) throws(QueryError) {
    let name = try templateName()
    try expectClose()
    try define(name, token.range.lowerBound..<end)
  }

  private mutating func define(_ name: String, _ range: Range<Int>) throws(QueryError) {
    let outer = scope
    scope = Scope([])
    let nodes = try lastBody()
    scope = outer
    if let old = definitions[name], !old.body.isBlank {
      guard nodes.isBlank else { throw error("the template is defined twice", at: range.lowerBound) }
      return
    }
    definitions[name] = GoTemplate.Definition(body: nodes, range: range)
  }

  private mutating func templateName() throws(QueryError) -> String {
    let token = try nextNonSpace()
    guard token.kind == .string else { throw unexpected(token, in: "place of a template's name, a string") }
    return String(decoding: try string(token), as: UTF8.self)
  }

  // MARK: Tokens

  mutating func enter() throws(QueryError) {
    depth += 1
    guard depth <= Self.maximumDepth else {
      throw error("conditions, loops or parentheses stand in one another too deep", at: end)
    }
  }

  mutating func next() throws(QueryError) -> Token {
    let token: Token
    if let last = pending.popLast() { token = last } else { token = try lexer.next() }
    end = token.range.upperBound
    return token
  }

  mutating func nextNonSpace() throws(QueryError) -> Token {
    while true {
      let token = try next()
      if token.kind != .space { return token }
    }
  }

  mutating func putBack(_ token: Token) { pending.append(token) }

  private mutating func expectClose() throws(QueryError) {
    let token = try nextNonSpace()
    guard token.kind == .rightDelimiter else { throw unexpected(token, in: "place of }}") }
  }

  func text(of token: Token) -> ArraySlice<UInt8> { lexer.bytes[token.range] }

  func string(_ token: Token) throws(QueryError) -> [UInt8] {
    try GoString.read(lexer.bytes, at: token.range.lowerBound, as: .go).value
  }

  func unexpected(_ token: Token, in place: String) -> QueryError {
    error("unexpected \(token.description) in \(place)", at: token.range.lowerBound)
  }

  func error(_ message: String, at offset: Int) -> QueryError { lexer.error(message, at: offset) }
}
