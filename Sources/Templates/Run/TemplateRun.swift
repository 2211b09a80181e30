import Expressions
import Syntax

/// One run of a template on its data (`text/template/exec.go` of Go 1.24).
class TemplateRun {
  typealias Value = TemplateValue
  typealias Node = GoTemplate.Node

  let template: Template
  let environment: TemplateEnvironment
  private(set) var out: [UInt8] = []
  private var variables: [(name: String, value: Value)] = []
  private var steps = 0
  private var depth = 0
  private var place: TemplateFlow.Place?
  private var file: Int?

  enum Outcome { case goesOn, leave, next }

  init(_ template: Template, _ environment: TemplateEnvironment) {
    self.template = template
    self.environment = environment
  }

  var dialect: TemplateDialect { template.dialect }
  var printer: GoPrinter { GoPrinter(printsPairs: dialect != .alertmanager || environment.isSince(0, 26)) }

  func run(_ data: Value) throws(TemplateError) -> [UInt8] {
    do {
      variables = [("$", data)]
      for name in dialect.variables {
        let field = name.dropFirst().prefix(1).uppercased() + name.dropFirst(2)
        variables.append((name, try member(field, of: data)))
      }
      _ = try walk(template.source.root, dot: data)
      // Some receivers take `<no value>` for wrong HTML (`ngalert/state/template/template.go` of Grafana 12).
      guard dialect == .grafanaRules else { return out }
      return GoText.replaced(out, Array("<no value>".utf8), Array("[no value]".utf8), -1)
    } catch {
      var error = error
      error.place = error.place ?? place
      throw error
    }
  }

  // MARK: Nodes

  private func step() throws(TemplateError) {
    steps += 1
    guard steps <= environment.limits.steps else { throw TemplateError("the template takes too many steps") }
  }

  private func at(_ range: Range<Int>) { place = TemplateFlow.Place(file: file, offset: range.lowerBound) }

  private func write(_ bytes: [UInt8]) throws(TemplateError) {
    try check(bytes.count + out.count)
    out += bytes
  }

  func check(_ size: Int) throws(TemplateError) {
    guard size <= environment.limits.output else { throw TemplateError("the output grows too long") }
  }

  private func walk(_ nodes: [Node], dot: Value) throws(TemplateError) -> Outcome {
    for node in nodes {
      try step()
      switch node {
      case .text(let text): try write(text.bytes)
      case .leave: return .leave
      case .next: return .next
      case .action(let action):
        at(action.range)
        let value = try evaluate(action.pipeline, dot: dot)
        if action.pipeline.variables.isEmpty {
          var printer = printer
          try printer.show(value)
          try write(printer.out)
        }
      case .branch(let branch):
        let outcome = try walk(branch, dot: dot)
        if outcome != .goesOn { return outcome }
      case .loop(let loop):
        let outcome = try walk(loop, dot: dot)
        if outcome != .goesOn { return outcome }
      case .call(let call):
        at(call.range)
        let value = try call.pipeline.map { (pipeline) throws(TemplateError) in try evaluate(pipeline, dot: dot) }
        try run(call.name, dot: value ?? .none)
      }
    }
    return .goesOn
  }

  private func walk(_ branch: GoTemplate.Branch, dot: Value) throws(TemplateError) -> Outcome {
    let mark = variables.count
    defer { variables.removeLast(variables.count - mark) }
    for arm in branch.arms {
      at(arm.range)
      let value = try evaluate(arm.pipeline, dot: dot)
      if value.isTrue { return try walk(arm.body, dot: branch.setsDot ? value : dot) }
    }
    return try walk(branch.otherwise, dot: dot)
  }

  private func walk(_ loop: GoTemplate.Loop, dot: Value) throws(TemplateError) -> Outcome {
    let mark = variables.count
    defer { variables.removeLast(variables.count - mark) }
    at(loop.range)
    let value = try evaluate(loop.pipeline, dot: dot)
    let inner = variables.count
    let elements = try Self.elements(of: value)
    for (key, element) in elements {
      try step()
      let names = loop.pipeline.variables
      if loop.pipeline.isAssignment {
        for (name, value) in zip(names, names.count > 1 ? [key, element] : [element]) { try set(name, value) }
      } else {
        if names.count > 0 { variables[inner - 1].value = element }
        if names.count > 1 { variables[inner - 2].value = key }
      }
      let outcome = try walk(loop.body, dot: element)
      variables.removeLast(variables.count - inner)
      if outcome == .leave { break }
    }
    return elements.isEmpty ? try walk(loop.otherwise, dot: dot) : .goesOn
  }

  private static func elements(of value: Value) throws(TemplateError) -> [(key: Value, element: Value)] {
    switch value {
    case .none: return []
    case .list(let list): return list.elements.enumerated().map { (.int($0.offset), $0.element) }
    case .map(let map): return map.names.map { (.string($0), map[$0] ?? .none) }
    case .int(let count), .long(let count):
      guard count <= 1_000_000 else { throw TemplateError("too many rounds of a loop") }
      return (0..<max(0, count)).map { (.int($0), .int($0)) }
    default: throw TemplateError("range needs a list, a map or a whole number")
    }
  }

  func run(_ name: String, dot: Value) throws(TemplateError) {
    guard let entry = template.definitions[name] else {
      throw TemplateError("a template that is not defined is called")
    }
    guard depth < environment.limits.depth else { throw TemplateError("templates call one another too deep") }
    let outer = (variables, file)
    let caller = place
    (variables, file) = ([("$", dot)], entry.file)
    depth += 1
    defer {
      (variables, file) = outer
      depth -= 1
    }
    _ = try walk(entry.body, dot: dot)
    place = caller
  }

  /// The output of a template by itself.
  func captured(_ name: String, dot: Value) throws(TemplateError) -> [UInt8] {
    let outer = out
    out = []
    try run(name, dot: dot)
    defer { out = outer }
    return out
  }

  // MARK: Variables

  private func set(_ name: String, _ value: Value) throws(TemplateError) {
    guard let index = variables.lastIndex(where: { $0.name == name }) else {
      throw TemplateError("a variable is set that is not declared")
    }
    variables[index].value = value
  }

  private func variable(_ name: String) throws(TemplateError) -> Value {
    guard let found = variables.last(where: { $0.name == name }) else {
      throw TemplateError("a variable is used that is not declared here")
    }
    return found.value
  }

  // MARK: Pipelines

  private func evaluate(_ pipeline: GoTemplate.Pipeline, dot: Value) throws(TemplateError) -> Value {
    var piped: Value?
    for command in pipeline.commands { piped = try evaluate(command, piped: piped, dot: dot) }
    let value = piped ?? .none
    for name in pipeline.variables {
      if pipeline.isAssignment { try set(name, value) } else { variables.append((name, value)) }
    }
    return value
  }

  private func evaluate(
    _ command: GoTemplate.Command, piped: Value?, dot: Value
  ) throws(TemplateError) -> Value {
    let arguments = Arguments(operands: command.operands.dropFirst(), piped: piped, dot: dot)
    return try evaluate(command.operands[0], arguments)
  }

  /// What a function or method is given: operands that are not evaluated yet, and the result of what stands before the `|`.
  struct Arguments {
    var operands: ArraySlice<GoTemplate.Operand>
    var piped: Value?
    var dot: Value

    var isEmpty: Bool { operands.isEmpty && piped == nil }
    var count: Int { operands.count + (piped == nil ? 0 : 1) }
  }

  private func evaluate(
    _ operand: GoTemplate.Operand, _ arguments: Arguments
  ) throws(TemplateError) -> Value {
    try step()
    switch operand.kind {
    case .function(let name): return try call(name, arguments)
    case .field(let names): return try members(names, of: arguments.dot, arguments)
    case .chain(let inner, let names):
      let alone = Arguments(operands: [], piped: nil, dot: arguments.dot)
      return try members(names, of: try evaluate(inner, alone), arguments)
    case .variable(let name, let names) where !names.isEmpty:
      return try members(names, of: try variable(name), arguments)
    default: break
    }
    guard arguments.isEmpty else { throw TemplateError("arguments are given to what is no function") }
    switch operand.kind {
    case .dot: return arguments.dot
    case .variable(let name, _): return try variable(name)
    case .pipeline(let pipeline): return try evaluate(pipeline, dot: arguments.dot)
    case .bool(let flag): return .bool(flag)
    case .text(let bytes): return .text(bytes)
    case .number(let number): return try constant(number)
    case .nothing, .function, .field, .chain: throw TemplateError("nil is no command")
    }
  }

  private func members(
    _ names: [String], of value: Value, _ arguments: Arguments
  ) throws(TemplateError) -> Value {
    var value = value
    for name in names.dropLast() { value = try member(name, of: value) }
    return try member(names[names.count - 1], of: value, arguments)
  }

  private func constant(_ number: GoTemplateNumber) throws(TemplateError) -> Value {
    if number.imaginary != nil { throw .unsupported("a complex number") }
    if number.isFloat, let float = number.float { return .float(float) }
    guard let int = number.int else { throw TemplateError("a number is too large") }
    return .int(Int(int))
  }

  // MARK: Calls

  /// A function by its name, or by that of its space and its own: `coll.Dict`.
  func call(_ name: String, _ arguments: Arguments) throws(TemplateError) -> Value {
    if name == "and" || name == "or" { return try choose(arguments, until: name == "or") }
    guard let function = TemplateFunctions.function(name, in: dialect) else {
      throw .unsupported("a function")
    }
    return try call(function, arguments)
  }

  /// `and` and `or` evaluate no more than they need.
  private func choose(_ arguments: Arguments, until wanted: Bool) throws(TemplateError) -> Value {
    guard arguments.count > 0 else { throw TemplateError("a function is given too few arguments") }
    var value = Value.none
    for operand in arguments.operands {
      value = try self.value(of: operand, as: .any, arguments.dot)
      if value.isTrue == wanted { return value }
    }
    return arguments.piped ?? value
  }

  func call(_ function: TemplateFunction, _ arguments: Arguments) throws(TemplateError) -> Value {
    let count = arguments.count
    guard count >= function.parameters.count, function.rest != nil || count == function.parameters.count else {
      throw TemplateError("a function is given too few or too many arguments")
    }
    var values: [Value] = []
    values.reserveCapacity(count)
    for (index, operand) in arguments.operands.enumerated() {
      values.append(try value(of: operand, as: function.parameter(index), arguments.dot))
    }
    if let piped = arguments.piped { values.append(try function.parameter(count - 1).accept(piped)) }
    return try function.body(self, values)
  }

  private func value(
    of operand: GoTemplate.Operand, as parameter: TemplateFunction.Parameter, _ dot: Value
  ) throws(TemplateError) -> Value {
    switch operand.kind {
    case .nothing:
      guard parameter.takesNil else { throw TemplateError("nil is given where a value is needed") }
      return .none
    case .bool(let flag):
      guard parameter == .any || parameter == .bool else { throw TemplateError("an argument is of the wrong type") }
      return .bool(flag)
    case .text(let bytes):
      guard parameter == .any || parameter == .text else { throw TemplateError("an argument is of the wrong type") }
      return .text(bytes)
    case .number(let number):
      if let value = try parameter.accept(number) { return value }
      return try constant(number)
    default:
      return try parameter.accept(try evaluate(operand, Arguments(operands: [], piped: nil, dot: dot)))
    }
  }
}
