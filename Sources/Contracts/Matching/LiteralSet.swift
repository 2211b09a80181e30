/// Fixed texts of which the longest that stands at a place is wanted: a trie over bytes.
struct LiteralSet: Sendable {
  private struct Node {
    var edges: [(byte: UInt8, next: Int32)] = []
    var isEnd = false
  }

  private var nodes = [Node()]

  init(_ texts: some Sequence<String>) {
    for text in texts.sorted() {
      var node = 0
      for byte in text.utf8 {
        if let edge = nodes[node].edges.first(where: { $0.byte == byte }) {
          node = Int(edge.next)
        } else {
          nodes[node].edges.append((byte, Int32(nodes.count)))
          node = nodes.count
          nodes.append(Node())
        }
      }
      nodes[node].isEnd = true
    }
  }

  /// End of the longest text that stands at `start`; nil where none does.
  func end(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ limit: Int) -> Int? {
    var node = 0
    var index = start
    var end = nodes[0].isEnd ? start : nil
    while index < limit {
      let byte = bytes[index]
      guard let edge = nodes[node].edges.first(where: { $0.byte == byte }) else { break }
      node = Int(edge.next)
      index += 1
      if nodes[node].isEnd { end = index }
    }
    return end
  }
}
