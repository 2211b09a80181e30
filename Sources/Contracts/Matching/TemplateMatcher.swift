/// Matches texts against a graph of templates. One per worker; nothing is allocated per text once its stacks have grown.
struct TemplateMatcher {
  /// What a slot of a matched template held.
  struct Capture {
    var grammar: Int32
    var range: Range<Int>
  }

  /// A way that was not taken.
  private struct Choice {
    var state: Int32
    /// Of the state's slots, the first to try.
    var slot: Int
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
    guard let walk = graph.walk, !walk.states.isEmpty else { return nil }
    let limit = range.upperBound
    var (state, index) = (graph.root, range.lowerBound)
    for _ in 0..<Self.maximumSteps {
      let here = walk.states[Int(state)]
      if !here.run.isEmpty {
        let end = Self.end(of: walk.pool, here.run, bytes, index, limit)
        if end - index == here.run.count {
          (state, index) = (here.afterRun, end)
          continue
        }
        note(end, state)
      } else {
        if index == limit, here.accepts >= 0 { return Int(here.accepts) }
        note(index, state)
        if here.table >= 0, index < limit {
          let next = walk.tables[Int(here.table) + Int(bytes[index])]
          if next >= 0 {
            if !here.slots.isEmpty {
              choices.append(Choice(state: state, slot: here.slots.lowerBound, index: index, captures: captures.count))
            }
            (state, index) = (next, index + 1)
            continue
          }
        }
        if let next = take(here.slots, of: state, at: index, walk, bytes, limit) {
          (state, index) = next
          continue
        }
      }
      guard let next = takeBack(walk, bytes, limit) else { return nil }
      (state, index) = next
    }
    return nil
  }

  /// Takes the first of the slots whose type stands there, and keeps those after it for later.
  @inline(__always)
  private mutating func take(
    _ slots: Range<Int>, of state: Int32, at index: Int, _ walk: TemplateWalk, _ bytes: UnsafeRawBufferPointer,
    _ limit: Int
  ) -> (Int32, Int)? {
    for place in slots {
      let slot = walk.slotEdges[place]
      guard let end = walk.grammars[Int(slot.grammar)].end(bytes, index, limit, walk.slotTables) else { continue }
      if place + 1 < slots.upperBound {
        choices.append(Choice(state: state, slot: place + 1, index: index, captures: captures.count))
      }
      captures.append(Capture(grammar: slot.grammar, range: index..<end))
      return (slot.next, end)
    }
    return nil
  }

  /// Goes back to the last way that was not taken and can be.
  private mutating func takeBack(
    _ walk: TemplateWalk, _ bytes: UnsafeRawBufferPointer, _ limit: Int
  ) -> (Int32, Int)? {
    while let choice = choices.popLast() {
      captures.removeLast(captures.count - choice.captures)
      let slots = choice.slot..<walk.states[Int(choice.state)].slots.upperBound
      if let next = take(slots, of: choice.state, at: choice.index, walk, bytes, limit) { return next }
    }
    return nil
  }

  /// How far the bytes from `index` on are those of the run.
  private static func end(
    of pool: UnsafeBufferPointer<UInt8>, _ run: Range<Int>, _ bytes: UnsafeRawBufferPointer, _ index: Int, _ limit: Int
  ) -> Int {
    let count = min(run.count, limit - index)
    var same = 0
    while same < count, bytes[index + same] == pool[run.lowerBound + same] { same += 1 }
    return index + same
  }

  @inline(__always)
  private mutating func note(_ index: Int, _ state: Int32) {
    guard index > furthest || (index == furthest && state == graph.root) else { return }
    furthest = index
    stoppedIn = state
  }
}
