/// Finds which of many literals stand in a text, in one pass whatever their number (Aho and Corasick, as a dense table
/// over the classes of bytes that the literals tell apart). ASCII letters match in either case, and a digit matches any
/// other: what is found does not depend on which digits a text holds.
final class LiteralAutomaton: @unchecked Sendable {
  /// Class of each byte; 0 for bytes in no literal.
  private let classes: UnsafeMutablePointer<UInt8>
  /// Next state by state and class; a state is its number times `width`.
  private let next: UnsafeMutablePointer<UInt32>
  /// What ends in a state, from the first state on in which something does.
  private let outputs: UnsafeMutablePointer<RuleSet>
  private let firstOutput: UInt32
  private let width: UInt32

  init(_ literals: [(text: [UInt8], rules: RuleSet)]) {
    classes = .allocate(capacity: 256)
    classes.initialize(repeating: 0, count: 256)
    var count: UInt8 = 0
    for byte in Set(literals.flatMap(\.text).map(Self.folded)).sorted() {
      count += 1
      classes[Int(byte)] = count
      if (0x61...0x7A).contains(byte) { classes[Int(byte) - 32] = count }
      if byte == 0x30 { for digit in 0x31...0x39 { classes[digit] = count } }
    }
    let width = Int(count) + 1

    // The trie, then failure links breadth first, which turn it into a complete automaton.
    var table: [Int] = Array(repeating: -1, count: width)
    table.reserveCapacity(width * (literals.reduce(1) { $0 + $1.text.count }))
    var ends = [RuleSet()]
    for literal in literals {
      var state = 0
      for byte in literal.text {
        let slot = state * width + Int(classes[Int(Self.folded(byte))])
        if table[slot] < 0 {
          table[slot] = ends.count
          ends.append(RuleSet())
          for _ in 0..<width { table.append(-1) }
        }
        state = table[slot]
      }
      ends[state].formUnion(literal.rules)
    }
    var failure = Array(repeating: 0, count: ends.count)
    var queue: [Int] = []
    for column in 0..<width {
      if table[column] < 0 { table[column] = 0 } else { queue.append(table[column]) }
    }
    var head = 0
    while head < queue.count {
      let state = queue[head]
      head += 1
      ends[state].formUnion(ends[failure[state]])
      for column in 0..<width {
        let slot = state * width + column
        let fallback = table[failure[state] * width + column]
        if table[slot] < 0 {
          table[slot] = fallback
        } else {
          failure[table[slot]] = fallback
          queue.append(table[slot])
        }
      }
    }

    // States in which something ends come last, so that the scan tells them by one comparison.
    let order = ends.indices.filter { ends[$0].isEmpty } + ends.indices.filter { !ends[$0].isEmpty }
    var place = Array(repeating: 0, count: ends.count)
    for (new, old) in order.enumerated() { place[old] = new }
    let silent = ends.count { $0.isEmpty }
    next = .allocate(capacity: ends.count * width)
    for (new, old) in order.enumerated() {
      for column in 0..<width {
        (next + new * width + column).initialize(to: UInt32(place[table[old * width + column]] * width))
      }
    }
    outputs = .allocate(capacity: max(1, ends.count - silent))
    for (index, old) in order[silent...].enumerated() { (outputs + index).initialize(to: ends[old]) }
    firstOutput = UInt32(silent * width)
    self.width = UInt32(width)
  }

  deinit {
    classes.deallocate()
    next.deallocate()
    outputs.deallocate()
  }

  /// The rules of which a literal stands in the text.
  func rules(in bytes: UnsafeRawBufferPointer) -> RuleSet {
    var found = RuleSet()
    var state: UInt32 = 0
    for byte in bytes {
      state = next[Int(state) + Int(classes[Int(byte)])]
      if state >= firstOutput { found.formUnion(outputs[Int((state - firstOutput) / width)]) }
    }
    return found
  }

  private static func folded(_ byte: UInt8) -> UInt8 {
    switch byte {
    case 0x41...0x5A: byte | 0x20
    case 0x31...0x39: 0x30
    default: byte
    }
  }
}
