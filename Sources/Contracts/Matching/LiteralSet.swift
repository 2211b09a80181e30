/// Fixed texts of which the longest that stands at a place is wanted: a trie over bytes, flat, so that walking it counts no
/// references.
struct LiteralSet: Sendable {
  private struct Node {
    var byte: UInt8
    var isEnd = false
    /// First node of those that go on from here, or -1.
    var child: Int32 = -1
    /// Next node that goes on from the same one, or -1.
    var sibling: Int32 = -1
  }

  private var nodes = [Node(byte: 0)]

  init(_ texts: some Sequence<String>) {
    for text in texts.sorted() {
      var node = 0
      for byte in text.utf8 { node = next(node, byte) ?? add(byte, to: node) }
      nodes[node].isEnd = true
    }
  }

  private func next(_ node: Int, _ byte: UInt8) -> Int? {
    var child = nodes[node].child
    while child >= 0, nodes[Int(child)].byte != byte { child = nodes[Int(child)].sibling }
    return child < 0 ? nil : Int(child)
  }

  private mutating func add(_ byte: UInt8, to node: Int) -> Int {
    nodes.append(Node(byte: byte, sibling: nodes[node].child))
    nodes[node].child = Int32(nodes.count - 1)
    return nodes.count - 1
  }

  /// End of the longest text that stands at `start`; nil where none does.
  func end(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ limit: Int) -> Int? {
    var node = 0
    var index = start
    var end = nodes[0].isEnd ? start : nil
    while index < limit, let next = next(node, bytes[index]) {
      node = next
      index += 1
      if nodes[node].isEnd { end = index }
    }
    return end
  }
}
