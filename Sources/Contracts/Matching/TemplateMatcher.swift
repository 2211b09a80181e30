/// Matches texts against a graph of templates. One per worker; nothing is allocated per text once its stacks have grown.
struct TemplateMatcher {
  /// What a slot of a matched template held.
  struct Capture {
    var grammar: Int32
    var range: Range<Int>
  }

  private struct Choice {
    var state: Int32
    /// 0 for the literals, then the slots from 1 on.
    var edge: Int
    var index: Int
    var captures: Int
  }

  /// Most states looked at in one text. A text that needs more is unclaimed.
  static let maximumSteps = 20_000

  let graph: TemplateGraph
  private(set) var captures: [Capture] = []
  /// How far the best attempt came, and in which state it stopped.
  private(set) var furthest = 0
  private(set) var stoppedIn: Int32 = 0
  private var choices: [Choice] = []

  init(_ graph: TemplateGraph) { self.graph = graph }

  /// Index of the template that the whole range obeys; nil where there is none.
  mutating func match(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
    captures.removeAll(keepingCapacity: true)
    choices.removeAll(keepingCapacity: true)
    furthest = range.lowerBound
    stoppedIn = graph.root
    guard !graph.states.isEmpty else { return nil }
    choices.append(Choice(state: graph.root, edge: 0, index: range.lowerBound, captures: 0))
    var steps = 0
    while let choice = choices.popLast() {
      captures.removeLast(captures.count - choice.captures)
      var current: Choice? = choice
      while let here = current {
        steps += 1
        guard steps < Self.maximumSteps else { return nil }
        let state = graph.states[Int(here.state)]
        if here.index == range.upperBound, state.accepts >= 0 { return Int(state.accepts) }
        current = follow(here, state, bytes, range.upperBound)
      }
    }
    return nil
  }

  /// Takes the edge that `here` names or the first one after it that can be taken, and keeps the rest for later.
  private mutating func follow(
    _ here: Choice, _ state: TemplateGraph.State, _ bytes: UnsafeRawBufferPointer, _ limit: Int
  ) -> Choice? {
    if !state.run.isEmpty { return followRun(here, state, bytes, limit) }
    note(here.index, here.state)
    var edge = here.edge
    if edge == 0 {
      edge = 1
      if state.table >= 0, here.index < limit {
        let next = graph.tables[Int(state.table) + Int(bytes[here.index])]
        if next >= 0 {
          if !state.slots.isEmpty {
            choices.append(Choice(state: here.state, edge: 1, index: here.index, captures: captures.count))
          }
          return Choice(state: next, edge: 0, index: here.index + 1, captures: 0)
        }
      }
    }
    while edge <= state.slots.count {
      let slot = graph.slotEdges[state.slots.lowerBound + edge - 1]
      if let end = graph.grammars[Int(slot.grammar)].end(bytes, here.index, limit, graph.slotTables) {
        if edge < state.slots.count {
          choices.append(Choice(state: here.state, edge: edge + 1, index: here.index, captures: captures.count))
        }
        captures.append(Capture(grammar: slot.grammar, range: here.index..<end))
        return Choice(state: slot.next, edge: 0, index: end, captures: 0)
      }
      edge += 1
    }
    return nil
  }

  private mutating func followRun(
    _ here: Choice, _ state: TemplateGraph.State, _ bytes: UnsafeRawBufferPointer, _ limit: Int
  ) -> Choice? {
    var index = here.index
    for offset in state.run {
      guard index < limit, bytes[index] == graph.pool[offset] else {
        note(index, here.state)
        return nil
      }
      index += 1
    }
    return Choice(state: state.afterRun, edge: 0, index: index, captures: 0)
  }

  private mutating func note(_ index: Int, _ state: Int32) {
    guard index > furthest || (index == furthest && state == graph.root) else { return }
    furthest = index
    stoppedIn = state
  }
}
