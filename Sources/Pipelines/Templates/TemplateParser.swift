import Expressions

/// Reads a Go template.
struct TemplateParser {
  private static let maximumDepth = 50
  private let bytes: [UInt8]
  private var index = 0
  private var depth = 0

  init(_ source: String) { bytes = Array(source.utf8) }

  mutating func parse() throws(ExpressionError) -> [GoTemplate.Node] {
    let (nodes, end) = try list()
    if end != .end { throw ExpressionError("no {{ if }} is open here", at: index) }
    return nodes
  }

  private enum Terminator { case end, endAction, elseAction }

  /// Nodes until `{{ end }}`, `{{ else … }}` (read up to behind the word) or the end of the source.
  private mutating func list() throws(ExpressionError) -> ([GoTemplate.Node], Terminator) {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else { throw ExpressionError("conditions nested too deep", at: index) }
    var nodes: [GoTemplate.Node] = []
    while index < bytes.count {
      nodes.append(.text(text()))
      guard index < bytes.count else { break }
      let start = index
      open()
      if try comment() { continue }
      switch word() {
      case "end":
        try close()
        return (nodes, .endAction)
      case "else": return (nodes, .elseAction)
      case "if": nodes.append(try condition())
      case let name? where ["range", "with", "define", "template", "block", "break", "continue"].contains(name):
        throw ExpressionError("{{ \(name) }} is not evaluated", at: start, remedy: "only if, else and end are")
      case let name:
        if let name { index -= name.utf8.count }
        nodes.append(.action(try pipe()))
        try close()
      }
    }
    return (nodes, .end)
  }

  private mutating func condition() throws(ExpressionError) -> GoTemplate.Node {
    let start = index
    let pipe = try pipe()
    try close()
    let (then, end) = try list()
    guard end == .elseAction else {
      guard end == .endAction else { throw ExpressionError("{{ if }} has no {{ end }}", at: start) }
      return .condition(pipe, then: then, otherwise: [])
    }
    if word() == "if" {
      depth += 1
      defer { depth -= 1 }
      guard depth <= Self.maximumDepth else { throw ExpressionError("conditions nested too deep", at: index) }
      return .condition(pipe, then: then, otherwise: [try condition()])
    }
    try close()
    let (otherwise, last) = try list()
    guard last == .endAction else { throw ExpressionError("{{ if }} has no {{ end }}", at: start) }
    return .condition(pipe, then: then, otherwise: otherwise)
  }

  // MARK: Actions

  /// Text up to the next action, without the space that its mark trims.
  private mutating func text() -> [UInt8] {
    let start = index
    while index < bytes.count, !at("{{") { index += 1 }
    var text = bytes[start..<index]
    if at("{{-"), index + 3 < bytes.count, isSpace(bytes[index + 3]) {
      while let last = text.last, isSpace(last) { text.removeLast() }
    }
    return Array(text)
  }

  private mutating func open() {
    index += 2
    if index + 1 < bytes.count, bytes[index] == UInt8(ascii: "-"), isSpace(bytes[index + 1]) { index += 2 }
    skipSpace()
  }

  private mutating func close() throws(ExpressionError) {
    skipSpace()
    if at("-}}"), isSpace(bytes[index - 1]) {
      index += 3
      skipSpace()
    } else if at("}}") {
      index += 2
    } else {
      throw ExpressionError("expected }}", at: index)
    }
  }

  private mutating func comment() throws(ExpressionError) -> Bool {
    guard at("/*") else { return false }
    let start = index
    while index < bytes.count, !at("*/") { index += 1 }
    guard index < bytes.count else { throw ExpressionError("a comment is not closed", at: start) }
    index += 2
    try close()
    return true
  }

  private mutating func pipe() throws(ExpressionError) -> GoTemplate.Pipe {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else { throw ExpressionError("parentheses nested too deep", at: index) }
    var commands: [GoTemplate.Command] = []
    repeat {
      var operands: [GoTemplate.Operand] = []
      while let operand = try operand() { operands.append(operand) }
      guard let first = operands.first else { throw ExpressionError("a value is missing", at: index) }
      commands.append(GoTemplate.Command(operand: first, arguments: Array(operands.dropFirst())))
    } while accept("|")
    return GoTemplate.Pipe(commands: commands)
  }

  private mutating func operand() throws(ExpressionError) -> GoTemplate.Operand? {
    skipSpace()
    guard index < bytes.count, !at("}}"), !at("-}}"), !at("|"), !at(")") else { return nil }
    let start = index
    switch bytes[index] {
    case UInt8(ascii: "("):
      index += 1
      let inner = try pipe()
      guard accept(")") else { throw ExpressionError("a parenthesis is not closed", at: start) }
      return .pipe(inner)
    case UInt8(ascii: "\""), UInt8(ascii: "`"):
      guard let text = GoText.literal(bytes, &index) else { throw ExpressionError("a text is not closed", at: start) }
      return .value(.text(Array(text.utf8)))
    case UInt8(ascii: "."):
      index += 1
      guard let name = word() else { throw ExpressionError("a dot alone is not evaluated", at: start) }
      if at(".") { throw ExpressionError("a field of a field is not evaluated", at: index) }
      return .field(name)
    default: break
    }
    let digits = bytes[index...].dropFirst(bytes[index] == UInt8(ascii: "-") ? 1 : 0).prefix {
      (0x30...0x39).contains($0)
    }
    if !digits.isEmpty {
      guard let number = Int(String(decoding: bytes[index..<digits.endIndex], as: UTF8.self)) else {
        throw ExpressionError("a number is too large", at: start)
      }
      index = digits.endIndex
      return .value(.int(number))
    }
    guard let name = word() else {
      throw ExpressionError(
        "something that is not evaluated", at: start, remedy: "use fields, texts, numbers, functions")
    }
    if name == "true" || name == "false" { return .value(.bool(name == "true")) }
    guard TemplateFunctions.names.contains(name) else {
      throw ExpressionError(
        "a function that is not evaluated", at: start,
        remedy: "these are: \(TemplateFunctions.names.sorted().joined(separator: ", "))")
    }
    return .function(name)
  }

  // MARK: Bytes

  private mutating func word() -> String? {
    skipSpace()
    let start = index
    while index < bytes.count, LabelName.isLegacy("_" + String(Unicode.Scalar(bytes[index]))) { index += 1 }
    let name = String(decoding: bytes[start..<index], as: UTF8.self)
    guard LabelName.isLegacy(name) else {
      index = start
      return nil
    }
    return name
  }

  private mutating func accept(_ text: String) -> Bool {
    skipSpace()
    guard at(text) else { return false }
    index += text.utf8.count
    return true
  }

  private func at(_ text: String) -> Bool { bytes[index...].starts(with: text.utf8) }

  private func isSpace(_ byte: UInt8) -> Bool { [9, 10, 13, 32].contains(byte) }

  private mutating func skipSpace() { while index < bytes.count, isSpace(bytes[index]) { index += 1 } }
}
