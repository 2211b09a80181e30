import Expressions

/// The part of Go's `text/template` that Promtail's configurations use: fields, texts, numbers, pipes, parentheses,
/// `if … else … end`, comments, trimming marks and the functions of `TemplateFunctions`.
///
/// `range`, `with`, variables and whatever else there is are refused, so that nothing is evaluated that is not understood.
struct GoTemplate {
  enum Value: Hashable {
    /// A field that is not there.
    case nothing
    case text([UInt8])
    case int(Int)
    case bool(Bool)

    var isTrue: Bool {
      switch self {
      case .nothing: false
      case .text(let bytes): !bytes.isEmpty
      case .int(let number): number != 0
      case .bool(let flag): flag
      }
    }

    /// As the template prints it.
    var printed: [UInt8] {
      switch self {
      case .nothing: Array("<no value>".utf8)
      case .text(let bytes): bytes
      case .int(let number): Array(String(number).utf8)
      case .bool(let flag): Array((flag ? "true" : "false").utf8)
      }
    }
  }

  indirect enum Node {
    case text([UInt8])
    case action(Pipe)
    case condition(Pipe, then: [Node], otherwise: [Node])
  }

  /// Commands; each but the first gets the result of the one before as its last argument.
  struct Pipe {
    var commands: [Command]
  }

  struct Command {
    var operand: Operand
    var arguments: [Operand]
  }

  indirect enum Operand {
    case value(Value)
    case field(String)
    case function(String)
    case pipe(Pipe)
  }

  private let nodes: [Node]

  /// - Throws: an error with its byte offset for what is no template, or none that is evaluated here.
  init(_ source: String) throws(ExpressionError) {
    var parser = TemplateParser(source)
    nodes = try parser.parse()
  }

  /// - Parameter missing: what a field that is not there yields.
  /// - Returns: nil where a function gets what it can't take; Promtail then leaves the entry as it was.
  func run(_ fields: [String: [UInt8]], missing: Value) -> [UInt8]? {
    var out: [UInt8] = []
    let evaluator = Evaluator(fields: fields, missing: missing)
    return evaluator.write(nodes, to: &out) ? out : nil
  }
}

private struct Evaluator {
  let fields: [String: [UInt8]]
  let missing: GoTemplate.Value

  /// False after a mistake.
  func write(_ nodes: [GoTemplate.Node], to out: inout [UInt8]) -> Bool {
    for node in nodes {
      switch node {
      case .text(let bytes): out += bytes
      case .action(let pipe):
        guard let value = value(pipe) else { return false }
        out += value.printed
      case .condition(let pipe, let then, let otherwise):
        guard let value = value(pipe) else { return false }
        guard write(value.isTrue ? then : otherwise, to: &out) else { return false }
      }
    }
    return true
  }

  private func value(_ pipe: GoTemplate.Pipe) -> GoTemplate.Value? {
    var result: GoTemplate.Value?
    for command in pipe.commands {
      guard let next = value(command, piped: result) else { return nil }
      result = next
    }
    return result
  }

  private func value(_ command: GoTemplate.Command, piped: GoTemplate.Value?) -> GoTemplate.Value? {
    guard case .function(let name) = command.operand else {
      return piped == nil && command.arguments.isEmpty ? value(command.operand) : nil
    }
    var arguments: [GoTemplate.Value] = []
    for argument in command.arguments {
      guard let value = value(argument) else { return nil }
      // What stands behind the argument that decides is not evaluated.
      if name == "or" && value.isTrue || name == "and" && !value.isTrue { return value }
      arguments.append(value)
    }
    return TemplateFunctions.call(name, arguments + (piped.map { [$0] } ?? []))
  }

  private func value(_ operand: GoTemplate.Operand) -> GoTemplate.Value? {
    switch operand {
    case .value(let value): value
    case .field(let name): fields[name].map { .text($0) } ?? missing
    case .function(let name): TemplateFunctions.call(name, [])
    case .pipe(let pipe): value(pipe)
    }
  }
}
