/// What a template of `line_format` or `label_format` can print.
///
/// Source: grafana/loki pkg/logql/log/fmt.go: its data is the map of labels, and `__line__` and `__timestamp__` are functions.
struct LogQLTemplateReads {
  var labels: Set<String> = []
  var readsEveryLabel = false
  var readsLine = false
  var readsTime = false
  var texts: Set<String> = []
  /// Whether nobody knows what else it prints.
  var isUnknown = false
  /// Whether it prints one value and nothing else.
  var isAlone = false
  /// Whether Loki may leave everything as it is, since the template failed.
  var canFail = false

  init(_ template: LogQLText, isUnknown: Bool) {
    self.isUnknown = isUnknown
    guard !template.isVariable, let parsed = try? GoTemplate(template.value, dialect: .loki) else {
      (readsEveryLabel, readsLine, canFail) = (true, true, true)
      return
    }
    isAlone = parsed.root.count == 1
    for node in parsed.root { read(node, isRoot: true) }
    for definition in parsed.definitions.values { for node in definition.body { read(node, isRoot: true) } }
  }

  /// - Parameter isRoot: whether the dot may be the map of labels.
  private mutating func read(_ node: GoTemplate.Node, isRoot: Bool) {
    switch node {
    case .text(let text): texts.insert(String(decoding: text.bytes, as: UTF8.self))
    case .action(let action): read(action.pipeline, isRoot: isRoot)
    case .branch(let branch):
      canFail = true
      isAlone = false
      for arm in branch.arms {
        if branch.setsDot { read(arm.pipeline, isRoot: isRoot) }
        for node in arm.body { read(node, isRoot: isRoot && !branch.setsDot) }
      }
      for node in branch.otherwise { read(node, isRoot: isRoot) }
    case .loop(let loop):
      canFail = true
      isAlone = false
      read(loop.pipeline, isRoot: isRoot)
      for node in loop.body { read(node, isRoot: false) }
      for node in loop.otherwise { read(node, isRoot: isRoot) }
    case .call(let call):
      canFail = true
      if let pipeline = call.pipeline { read(pipeline, isRoot: isRoot) }
    case .leave, .next: break
    }
  }

  private mutating func read(_ pipeline: GoTemplate.Pipeline, isRoot: Bool) {
    if !pipeline.variables.isEmpty { isAlone = false }
    for command in pipeline.commands {
      if command.operands.count > 1 || pipeline.commands.count > 1 { (canFail, isAlone) = (true, false) }
      for operand in command.operands { read(operand.kind, isRoot: isRoot) }
    }
  }

  private mutating func read(_ operand: GoTemplate.Operand.Kind, isRoot: Bool) {
    switch operand {
    case .dot: if isRoot { readsEveryLabel = true }
    case .field(let path): read(path)
    case .variable("$", let path):
      if path.isEmpty { readsEveryLabel = true } else { read(path) }
    // What is in it was read where it was set.
    case .variable: canFail = true
    case .function("__line__"): readsLine = true
    case .function("__timestamp__"), .function("now"): readsTime = true
    case .function: canFail = true
    case .pipeline(let pipeline):
      canFail = true
      read(pipeline, isRoot: isRoot)
    case .chain(let operand, _):
      canFail = true
      read(operand.kind, isRoot: isRoot)
    case .text(let bytes): texts.insert(String(decoding: bytes, as: UTF8.self))
    case .nothing, .bool, .number: break
    }
  }

  private mutating func read(_ path: [String]) {
    labels.insert(path[0])
    if path.count > 1 { canFail = true }
  }
}
