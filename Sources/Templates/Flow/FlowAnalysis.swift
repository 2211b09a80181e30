import Syntax

/// Runs a template on all data at once.
///
/// Every branch is taken. A variable keeps whatever is set to it anywhere, and the template is run again until no variable grows
/// any more, so that no order of assignments, `break` or `continue` matters.
final class FlowAnalysis {
  typealias Value = AbstractValue
  typealias Node = GoTemplate.Node

  /// Steps; what a template says beyond them counts as anything.
  static let limit = 20_000
  /// Templates that call one another.
  static let maximumDepth = 40

  let template: Template
  var queries: [TemplateFlow.Place: Query] = [:]
  private var output: Set<TemplateFlow.Reach> = []
  private var control: Set<TemplateFlow.Reach> = []
  private var missing: Set<String> = []
  private var steps = 0
  private var depth = 0
  private var calls: Set<Call> = []
  private var variables: [Variable] = []
  /// What is set to a variable with `=`, by the place of its declaration.
  private var assigned: [Site: Value] = [:]
  /// What Sprig's `set` and `merge` put into maps; any map can be the one that they change, the data too.
  private var written = Value()
  private var hasChanged = false
  /// Output that is a value of the template itself (Grafana's `tmpl.Exec`).
  private var captures: [Value] = []
  private var place = TemplateFlow.Place(file: nil, offset: 0)
  /// Where the action of the text itself begins that is being run.
  private var offset = 0
  private var isBuiltIn = false

  struct Query {
    var number: Int
    var literals = Value.Literals()
    var uses: Set<TemplateSource> = []
  }

  private struct Site: Hashable {
    var place: TemplateFlow.Place
    var name: String
  }

  private struct Variable {
    var site: Site
    var value: Value
  }

  private struct Call: Hashable {
    var name: String
    var dot: Value
    var offset: Int
  }

  init(_ template: Template) { self.template = template }

  var dialect: TemplateDialect { template.dialect }

  // MARK: Results

  func run() -> TemplateFlow {
    run(template.source.root, file: nil, DataModel.variables(dialect))
  }

  func run(definition name: String) -> TemplateFlow? {
    template.definitions[name].map { run($0.body, file: $0.file, []) }
  }

  private func run(_ nodes: [Node], file: Int?, _ declared: [(name: String, value: Value)]) -> TemplateFlow {
    repeat {
      let root = shared(DataModel.root(dialect))
      hasChanged = false
      calls = []
      variables = []
      place = TemplateFlow.Place(file: file, offset: -1)
      for (name, value) in [("$", root)] + declared { declare(name, value) }
      walk(nodes, dot: root)
    } while hasChanged && steps <= Self.limit
    return result()
  }

  private func result() -> TemplateFlow {
    // Numbers by place, not by the order in which they were met.
    let sites = queries.sorted { ($0.key.file ?? -1, $0.key.offset) < ($1.key.file ?? -1, $1.key.offset) }
    var numbers: [Int: Int] = [:]
    for (number, site) in sites.enumerated() { numbers[site.value.number] = number }
    func renumbered(_ source: TemplateSource) -> TemplateSource {
      switch source {
      case .queryLabel(let number, let name): .queryLabel(numbers[number] ?? number, name)
      case .queryLabels(let number): .queryLabels(numbers[number] ?? number)
      case .queryValue(let number): .queryValue(numbers[number] ?? number)
      default: source
      }
    }
    func sorted(_ reaches: Set<TemplateFlow.Reach>) -> [TemplateFlow.Reach] {
      reaches.map { reach in
        var reach = reach
        reach.source = renumbered(reach.source)
        return reach
      }
      .sorted { Self.key($0) < Self.key($1) }
    }
    return TemplateFlow(
      output: sorted(output), control: sorted(control),
      queries: sites.map { place, query in
        let text = { (bytes: [UInt8]) in String(decoding: bytes, as: UTF8.self) }
        return TemplateFlow.Query(
          place: place, texts: query.literals.isComplete ? query.literals.texts.map(text).sorted() : nil,
          formats: query.literals.formats.map(text).sorted(),
          isFormatted: query.literals.isFormatted && query.literals.texts.isEmpty, uses: Set(query.uses.map(renumbered))
        )
      },
      missing: missing.sorted())
  }

  private static func key(_ reach: TemplateFlow.Reach) -> (Int, Int, Int, String) {
    (reach.offset, reach.place?.file ?? -1, reach.place?.offset ?? -1, "\(reach.source)")
  }

  // MARK: Nodes

  private func at(_ range: Range<Int>) {
    place.offset = range.lowerBound
    if place.file == nil, depth == 0 { offset = range.lowerBound }
  }

  private func walk(_ nodes: [Node], dot: Value) {
    for node in nodes {
      steps += 1
      guard steps <= Self.limit else {
        if steps == Self.limit + 1 { show(.anything) }
        return
      }
      switch node {
      case .text, .leave, .next: break
      case .action(let action):
        at(action.range)
        let value = evaluate(action.pipeline, dot: dot)
        if action.pipeline.variables.isEmpty { show(value) }
      case .branch(let branch): walk(branch, dot: dot)
      case .loop(let loop): walk(loop, dot: dot)
      case .call(let call):
        at(call.range)
        let value = call.pipeline.map { evaluate($0, dot: dot) } ?? Value()
        run(call.name, dot: value)
      }
    }
  }

  private func walk(_ branch: GoTemplate.Branch, dot: Value) {
    let mark = variables.count
    for arm in branch.arms {
      at(arm.range)
      let value = evaluate(arm.pipeline, dot: dot)
      decide(value)
      let inner = variables.count
      walk(arm.body, dot: branch.setsDot ? value : dot)
      variables.removeLast(variables.count - inner)
    }
    walk(branch.otherwise, dot: dot)
    variables.removeLast(variables.count - mark)
  }

  private func walk(_ loop: GoTemplate.Loop, dot: Value) {
    let mark = variables.count
    at(loop.range)
    var pipeline = loop.pipeline
    pipeline.variables = []
    let value = evaluate(pipeline, dot: dot)
    record([], control: value.text.union(value.control))
    let (element, key) = DataModel.element(of: value)
    let names = loop.pipeline.variables
    for (name, value) in zip(names, names.count > 1 ? [key, element] : [element]) {
      if loop.pipeline.isAssignment { set(name, value) } else { declare(name, value) }
    }
    walk(loop.body, dot: element)
    variables.removeLast(variables.count - mark)
    walk(loop.otherwise, dot: dot)
  }

  /// Runs a template by its name.
  func run(_ name: String, dot: Value) {
    guard let entry = template.definitions[name] else {
      guard let nodes = KnownTemplates.body(name, in: dialect) else {
        missing.insert(name)
        return show(.anything)
      }
      let outer = isBuiltIn
      isBuiltIn = true
      run(nodes, name: name, file: nil, dot: dot)
      isBuiltIn = outer
      return
    }
    let outer = isBuiltIn
    isBuiltIn = false
    run(entry.body, name: name, file: entry.file, dot: dot)
    isBuiltIn = outer
  }

  private func run(_ nodes: [Node], name: String, file: Int?, dot: Value) {
    guard depth < Self.maximumDepth else { return show(.anything) }
    // What was shown for the same dot and from the same action need not be shown again.
    guard captures.count > 0 || calls.insert(Call(name: name, dot: dot, offset: offset)).inserted else { return }
    let outer = (variables, place)
    variables = []
    place = TemplateFlow.Place(file: file, offset: -1)
    declare("$", dot)
    depth += 1
    walk(nodes, dot: dot)
    depth -= 1
    (variables, place) = outer
  }

  /// Runs a template for its text.
  func captured(_ name: String, dot: Value) -> Value {
    captures.append(.plain)
    run(name, dot: dot)
    return captures.removeLast()
  }

  // MARK: Reaches

  private func show(_ value: Value) {
    let printed = value.printed
    if captures.isEmpty {
      record(printed, control: value.control)
    } else {
      captures[captures.count - 1].text.formUnion(printed)
      captures[captures.count - 1].control.formUnion(value.control)
    }
  }

  /// A condition: of a map it is whether there is an entry at all.
  private func decide(_ value: Value) {
    var names: Set<TemplateSource> = []
    for case .map(let map) in value.shapes { names.insert(.names(map)) }
    record([], control: value.text.union(value.control).union(names))
  }

  private func record(_ shown: Set<TemplateSource>, control decided: Set<TemplateSource>) {
    func reach(_ source: TemplateSource) -> TemplateFlow.Reach {
      TemplateFlow.Reach(source: source, offset: offset, place: isBuiltIn ? nil : place)
    }
    output.formUnion(shown.map(reach))
    control.formUnion(decided.map(reach))
  }

  // MARK: Maps that are changed

  func write(_ values: [Value]) {
    let all = values.reduce(written) { $0.union($1) }
    if all != written { (written, hasChanged) = (all, true) }
  }

  /// A value that can be, or hold, a map that is changed elsewhere.
  func shared(_ value: Value) -> Value { written == Value() ? value : value.union(written) }

  // MARK: Variables

  private func declare(_ name: String, _ value: Value) {
    let site = Site(place: place, name: name)
    variables.append(Variable(site: site, value: assigned[site].map(value.union) ?? value))
  }

  private func set(_ name: String, _ value: Value) {
    guard let index = variables.lastIndex(where: { $0.site.name == name }) else { return }
    variables[index].value.formUnion(value)
    let site = variables[index].site
    let union = assigned[site].map(value.union) ?? value
    guard union != assigned[site] else { return }
    assigned[site] = union
    hasChanged = true
  }

  private func variable(_ name: String) -> Value { variables.last { $0.site.name == name }?.value ?? Value() }

  // MARK: Pipelines

  private func evaluate(_ pipeline: GoTemplate.Pipeline, dot: Value) -> Value {
    var value: Value?
    for command in pipeline.commands { value = evaluate(command, piped: value, dot: dot) }
    let result = value ?? Value()
    for name in pipeline.variables {
      if pipeline.isAssignment { set(name, result) } else { declare(name, result) }
    }
    return result
  }

  private func evaluate(_ command: GoTemplate.Command, piped: Value?, dot: Value) -> Value {
    let arguments = command.operands.dropFirst().map { evaluate($0, dot: dot) } + (piped.map { [$0] } ?? [])
    return evaluate(command.operands[0], arguments, dot: dot)
  }

  private func evaluate(_ operand: GoTemplate.Operand, _ arguments: [Value] = [], dot: Value) -> Value {
    steps += 1
    guard steps <= Self.limit else { return .anything }
    switch operand.kind {
    case .dot: return dot
    case .nothing, .bool, .number: return .plain
    case .text(let bytes): return .literal(bytes)
    case .field(let names): return members(names, of: dot, arguments)
    case .variable(let name, let names): return members(names, of: variable(name), arguments)
    case .pipeline(let pipeline): return evaluate(pipeline, dot: dot)
    case .chain(let inner, let names): return members(names, of: evaluate(inner, dot: dot), arguments)
    case .function(let name):
      return call(name, arguments, at: TemplateFlow.Place(file: place.file, offset: operand.range.lowerBound))
    }
  }

  private func members(_ names: [String], of value: Value, _ arguments: [Value]) -> Value {
    var value = value
    for (index, name) in names.enumerated() {
      let isLast = index == names.count - 1
      let spaces = value.shapes.compactMap { if case .namespace(let space) = $0 { space } else { nil } }
      var rest = value
      rest.shapes = rest.shapes.filter { if case .namespace = $0 { false } else { true } }
      var result = DataModel.member(name, of: rest, in: dialect)
      for space in spaces { result.formUnion(call("\(space).\(name)", isLast ? arguments : [], at: place)) }
      value = result
      if isLast, spaces.isEmpty, !arguments.isEmpty {
        // A method with arguments: `Join`, `Format`, `Remove`; they may be in its result, or decide on it.
        let given = arguments.reduce(into: Set<TemplateSource>()) { $0.formUnion($1.printed) }
        if value.shapes.isEmpty || value.shapes == [.container] { value.text.formUnion(given) }
        value.control.formUnion(arguments.reduce(into: given) { $0.formUnion($1.control) })
      }
    }
    return value
  }
}
