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

    // The trie, then failure links breadth first, which turn it into a complete automaton. No literal leads back to the
    // root, so that 0 in the trie is "no child", and in the automaton the root.
    let capacity = literals.reduce(1) { $0 + $1.text.count }
    let table = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity * width)
    defer { table.deallocate() }
    table.initialize(repeating: 0, count: capacity * width)
    var ends = [RuleSet()]
    for literal in literals {
      var state = 0
      for byte in literal.text {
        let slot = state * width + Int(classes[Int(Self.folded(byte))])
        if table[slot] == 0 {
          table[slot] = UInt32(ends.count)
          ends.append(RuleSet())
        }
        state = Int(table[slot])
      }
      ends[state].formUnion(literal.rules)
    }
    var failure = Array(repeating: 0, count: ends.count)
    var queue: [Int] = []
    queue.reserveCapacity(ends.count)
    for column in 0..<width where table[column] != 0 { queue.append(Int(table[column])) }
    var head = 0
    while head < queue.count {
      let state = queue[head]
      head += 1
      ends[state].formUnion(ends[failure[state]])
      let (row, fallback) = (table + state * width, table + failure[state] * width)
      for column in 0..<width {
        if row[column] == 0 {
          row[column] = fallback[column]
        } else {
          failure[Int(row[column])] = Int(fallback[column])
          queue.append(Int(row[column]))
        }
      }
    }

    // States in which something ends come last, so that the scan tells them by one comparison.
    let silent = ends.count { $0.isEmpty }
    // By state, where its row begins in the finished table.
    var rows: [UInt32] = []
    rows.reserveCapacity(ends.count)
    var (quiet, loud) = (0, silent)
    outputs = .allocate(capacity: max(1, ends.count - silent))
    for end in ends {
      if end.isEmpty {
        rows.append(UInt32(quiet * width))
        quiet += 1
      } else {
        (outputs + (loud - silent)).initialize(to: end)
        rows.append(UInt32(loud * width))
        loud += 1
      }
    }
    let next = UnsafeMutablePointer<UInt32>.allocate(capacity: ends.count * width)
    rows.withUnsafeBufferPointer { rows in
      for (state, row) in rows.enumerated() {
        for column in 0..<width { (next + Int(row) + column).initialize(to: rows[Int(table[state * width + column])]) }
      }
    }
    self.next = next
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
