import Syntax

/// All commands of a template, however deep.
enum Operands {
  static func visit(_ nodes: [GoTemplate.Node], _ body: (GoTemplate.Command) -> Void) {
    for node in nodes {
      switch node {
      case .text, .leave, .next: break
      case .action(let action): visit(action.pipeline, body)
      case .call(let call): if let pipeline = call.pipeline { visit(pipeline, body) }
      case .branch(let branch):
        for arm in branch.arms {
          visit(arm.pipeline, body)
          visit(arm.body, body)
        }
        visit(branch.otherwise, body)
      case .loop(let loop):
        visit(loop.pipeline, body)
        visit(loop.body, body)
        visit(loop.otherwise, body)
      }
    }
  }

  private static func visit(_ pipeline: GoTemplate.Pipeline, _ body: (GoTemplate.Command) -> Void) {
    for command in pipeline.commands {
      body(command)
      for operand in command.operands { visit(operand, body) }
    }
  }

  private static func visit(_ operand: GoTemplate.Operand, _ body: (GoTemplate.Command) -> Void) {
    switch operand.kind {
    case .pipeline(let pipeline): visit(pipeline, body)
    case .chain(let inner, _): visit(inner, body)
    default: break
    }
  }
}

extension GoTemplate.Command {
  /// Texts that the command's function takes for regular expressions.
  var expressions: [[UInt8]] {
    let names: Set<String> = [
      "reReplaceAll", "match", "regexReplaceAll", "regexReplaceAllLiteral", "count", "filterLabelsRe", "removeLabelsRe",
    ]
    guard case .function(let name) = operands[0].kind, names.contains(name) else { return [] }
    return operands.dropFirst().prefix(2).compactMap { if case .text(let bytes) = $0.kind { bytes } else { nil } }
  }
}
