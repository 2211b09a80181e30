import Vocabulary

/// Makes one graph of templates: each becomes a chain of nodes, and sets of nodes that can be reached alike become states.
struct TemplateGraphBuilder {
  private enum Node {
    case literal([UInt8], next: Int)
    case slot(Int32, next: Int)
    case split([Int])
    case end(template: Int)
  }

  /// A node, and how many bytes of its literal are passed.
  private struct Item: Hashable, Comparable {
    var node: Int
    var offset: Int

    static func < (left: Item, right: Item) -> Bool { (left.node, left.offset) < (right.node, right.offset) }
  }

  private let templates: [Template]
  private let names: FleetNames
  private var nodes: [Node] = []
  /// The template that each node belongs to.
  private var owners: [Int] = []
  private var graph = TemplateGraph()
  private var grammars: [SlotKind: Int32] = [:]
  private var known: [[Item]: Int32] = [:]

  init(_ templates: [Template], names: FleetNames) {
    self.templates = templates
    self.names = names
  }

  mutating func build() throws(Fault) -> TemplateGraph {
    var starts: [Item] = []
    for (index, template) in templates.enumerated() {
      let end = add(.end(template: index), of: index)
      starts.append(Item(node: chain(template.elements, of: index, to: end), offset: 0))
    }
    try checkFollowers()
    graph.root = try state(of: closure(starts))
    return graph
  }

  private mutating func add(_ node: Node, of template: Int) -> Int {
    nodes.append(node)
    owners.append(template)
    return nodes.count - 1
  }

  private mutating func chain(_ elements: [Template.Element], of template: Int, to end: Int) -> Int {
    var next = end
    for element in elements.reversed() {
      switch element {
      case .literal(let bytes):
        if !bytes.isEmpty { next = add(.literal(bytes, next: next), of: template) }
      case .slot(let slot):
        if case .oneOf(let texts) = slot.kind {
          // Listed texts are text: the graph tells them apart by their bytes, as it does templates.
          next = add(.split(texts.map { add(.literal(Array($0.utf8), next: next), of: template) }), of: template)
        } else {
          next = add(.slot(grammar(of: slot), next: next), of: template)
        }
      case .optional(let inner): next = add(.split([chain(inner, of: template, to: next), next]), of: template)
      case .choice(let choices):
        var branches: [Int] = []
        for choice in choices { branches.append(chain(choice, of: template, to: next)) }
        next = add(.split(branches), of: template)
      }
    }
    return next
  }

  private mutating func grammar(of slot: Slot) -> Int32 {
    if let known = grammars[slot.kind] { return known }
    let index = Int32(graph.grammars.count)
    graph.grammars.append(SlotGrammar(slot.kind, names: names, tables: &graph.slotTables))
    graph.slotTexts.append(slot.text)
    grammars[slot.kind] = index
    return index
  }

  /// Items with splits followed, sorted, each once.
  private func closure(_ items: [Item]) -> [Item] {
    var found: Set<Item> = []
    var open = items
    while let item = open.popLast() {
      if case .split(let branches) = nodes[item.node] {
        open += branches.map { Item(node: $0, offset: 0) }
      } else {
        found.insert(item)
      }
    }
    return found.sorted()
  }

  /// A slot takes all that its type can take: what follows must not begin with such a byte, nor be another slot.
  private func checkFollowers() throws(Fault) {
    for (index, node) in nodes.enumerated() {
      guard case .slot(let grammar, let next) = node else { continue }
      let slot = graph.grammars[Int(grammar)]
      for follower in closure([Item(node: next, offset: 0)]) {
        switch nodes[follower.node] {
        case .literal(let bytes, _) where slot.takes(bytes[0]):
          throw fault(
            "{\(graph.slotTexts[Int(grammar)])} takes in the text that must follow it: it can never match", index)
        case .slot(let other, _) where !Self.parts(slot, graph.grammars[Int(other)]):
          throw fault("two slots stand side by side: where one ends could not be told", index)
        default: break
        }
      }
    }
  }

  /// Spaces part any two values, and end where one begins.
  private static func parts(_ slot: SlotGrammar, _ next: SlotGrammar) -> Bool {
    next.code == .spaces ? slot.code != .spaces : slot.code == .spaces && next.code != .art
  }

  private func fault(_ problem: String, _ node: Int) -> Fault {
    Fault(.usage, problem, at: templates[owners[node]].place)
  }

  private mutating func state(of items: [Item]) throws(Fault) -> Int32 {
    if let state = known[items] { return state }
    guard graph.states.count < TemplateGraph.maximumStates else {
      throw Fault(
        .usage, "the templates make more than \(TemplateGraph.maximumStates) states",
        at: items.first.flatMap { templates[owners[$0.node]].place }, remedy: "Write fewer optional parts in a line.")
    }
    let index = graph.states.count
    known[items] = Int32(index)
    graph.states.append(TemplateGraph.State())
    graph.states[index].passes = Int32(items.map { owners[$0.node] }.min() ?? -1)
    if try !addRun(items, to: index) { try addBranches(items, to: index) }
    return Int32(index)
  }

  /// The byte that all items want next; nil where they differ, or one is no literal.
  private func commonByte(_ items: [Item]) -> UInt8? {
    var common: UInt8?
    for item in items {
      guard case .literal(let bytes, _) = nodes[item.node] else { return nil }
      if let common, common != bytes[item.offset] { return nil }
      common = bytes[item.offset]
    }
    return common
  }

  private func advanced(_ item: Item) -> Item {
    guard case .literal(let bytes, let next) = nodes[item.node] else { return item }
    return item.offset + 1 < bytes.count ? Item(node: item.node, offset: item.offset + 1) : Item(node: next, offset: 0)
  }

  private mutating func addRun(_ items: [Item], to index: Int) throws(Fault) -> Bool {
    var run: [UInt8] = []
    var items = items
    while let byte = commonByte(items) {
      run.append(byte)
      items = closure(items.map(advanced))
    }
    guard !run.isEmpty else { return false }
    graph.states[index].run = graph.pool.count..<graph.pool.count + run.count
    graph.pool += run
    let next = try state(of: items)
    graph.states[index].afterRun = next
    return true
  }

  private mutating func addBranches(_ items: [Item], to index: Int) throws(Fault) {
    var byByte: [UInt8: [Item]] = [:]
    var bySlot: [Int32: [Item]] = [:]
    for item in items {
      switch nodes[item.node] {
      case .literal(let bytes, _): byByte[bytes[item.offset], default: []].append(advanced(item))
      case .slot(let grammar, let next): bySlot[grammar, default: []].append(Item(node: next, offset: 0))
      case .end(let template): try accept(template, in: index)
      case .split: break
      }
    }
    var edges: [TemplateGraph.SlotEdge] = []
    for (grammar, items) in bySlot.sorted(by: { $0.key < $1.key }) {
      edges.append(TemplateGraph.SlotEdge(grammar: grammar, next: try state(of: closure(items))))
    }
    graph.states[index].slots = graph.slotEdges.count..<graph.slotEdges.count + edges.count
    graph.slotEdges += edges
    guard !byByte.isEmpty else { return }
    var table = [Int32](repeating: -1, count: 256)
    for (byte, items) in byByte.sorted(by: { $0.key < $1.key }) { table[Int(byte)] = try state(of: closure(items)) }
    graph.states[index].table = Int32(graph.tables.count)
    graph.tables += table
  }

  private mutating func accept(_ template: Int, in index: Int) throws(Fault) {
    let other = Int(graph.states[index].accepts)
    guard other < 0 else {
      let place = templates[other].place.map { " (\($0))" } ?? ""
      throw Fault(
        .usage, "the template claims what another claims\(place)", at: templates[template].place,
        remedy: "Leave one of the two out, or make them differ.")
    }
    graph.states[index].accepts = Int32(template)
  }
}
