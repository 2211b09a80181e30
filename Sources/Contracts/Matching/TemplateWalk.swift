/// A graph as matchers walk it: immutable and shared, in memory of its own, so that a step counts no references.
final class TemplateWalk: @unchecked Sendable {
  let states: UnsafeBufferPointer<TemplateGraph.State>
  let pool: UnsafeBufferPointer<UInt8>
  let tables: UnsafeBufferPointer<Int32>
  let slotEdges: UnsafeBufferPointer<TemplateGraph.SlotEdge>
  let grammars: UnsafeBufferPointer<SlotGrammar>
  let slotTables: SlotTables

  init(_ graph: TemplateGraph) {
    states = Self.copy(graph.states)
    pool = Self.copy(graph.pool)
    tables = Self.copy(graph.tables)
    slotEdges = Self.copy(graph.slotEdges)
    grammars = Self.copy(graph.grammars)
    slotTables = graph.slotTables
  }

  deinit {
    states.deallocate()
    pool.deallocate()
    tables.deallocate()
    slotEdges.deallocate()
    grammars.deallocate()
  }

  /// The elements are plain figures, so that none has to be taken down.
  private static func copy<Element>(_ array: [Element]) -> UnsafeBufferPointer<Element> {
    let buffer = UnsafeMutableBufferPointer<Element>.allocate(capacity: array.count)
    _ = buffer.initialize(from: array)
    return UnsafeBufferPointer(buffer)
  }
}
