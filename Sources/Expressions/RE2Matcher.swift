/// Runs one expression over texts. Each worker has its own, since its memory is used again from call to call.
public final class RE2Matcher {
  public let expression: RE2
  private let instructions: [Program.Instruction]
  private let firstBytes: [Bool]
  private let slots: Int
  private var current: ThreadList
  private var following: ThreadList
  private var stack: [Entry] = []
  /// Positions of the thread that is being added.
  private var scratch: [Int]
  /// Groups of the best match so far: start and end of each, -1 where it took no part.
  private var best: [Int]

  private enum Entry {
    case visit(UInt32)
    case restore(slot: Int, position: Int)
  }

  public init(_ expression: RE2) {
    self.expression = expression
    instructions = expression.program.instructions
    firstBytes = expression.program.firstBytes
    slots = 2 * expression.groupNames.count
    current = ThreadList(size: instructions.count)
    following = ThreadList(size: instructions.count)
    scratch = [Int](repeating: -1, count: slots)
    best = scratch
  }

  /// The leftmost match that begins at or after `start`, of those the one that Perl would choose.
  ///
  /// - Returns: byte ranges by group, the first that of the whole match; nil for a group that took no part. Nil without a
  ///   match.
  public func firstMatch(in text: UnsafeRawBufferPointer, from start: Int = 0) -> [Range<Int>?]? {
    guard run(text, from: start, wantsGroups: true) else { return nil }
    return (0..<slots / 2).map { group in
      let (low, high) = (best[2 * group], best[2 * group + 1])
      return low >= 0 && high >= low ? low..<high : nil
    }
  }

  /// Whether there is a match anywhere; cheaper than to know where.
  public func matches(_ text: UnsafeRawBufferPointer) -> Bool { run(text, from: 0, wantsGroups: false) }

  public func matches(_ text: [UInt8]) -> Bool { text.withUnsafeBytes { matches($0) } }

  public func firstMatch(in text: [UInt8], from start: Int = 0) -> [Range<Int>?]? {
    text.withUnsafeBytes { firstMatch(in: $0, from: start) }
  }

  /// All matches that do not overlap, as Go's `FindAll` counts them: an empty one right behind another is none.
  public func allMatches(in text: [UInt8]) -> [[Range<Int>?]] {
    text.withUnsafeBytes { bytes in
      var matches: [[Range<Int>?]] = []
      var position = 0
      var previousEnd = -1
      while position <= bytes.count, let match = firstMatch(in: bytes, from: position), let whole = match[0] {
        var isCounted = true
        if whole.upperBound == position {
          isCounted = whole.lowerBound != previousEnd
          position += position < bytes.count ? UTF8Reading.decode(bytes, at: position).width : 1
        } else {
          position = whole.upperBound
        }
        previousEnd = whole.upperBound
        if isCounted { matches.append(match) }
      }
      return matches
    }
  }

  // MARK: The machine

  private func run(_ text: UnsafeRawBufferPointer, from start: Int, wantsGroups: Bool) -> Bool {
    let width = wantsGroups ? slots : 0
    current.clear(width: width)
    var isMatched = false
    var position = start
    while true {
      if current.count == 0 {
        if isMatched { break }
        while position < text.count, !firstBytes[Int(text[position])] { position += 1 }
      }
      if !isMatched {
        if width > 0 { for slot in 0..<slots { scratch[slot] = -1 } }
        add(0, to: &current, at: position, in: text, width: width)
      }
      guard position < text.count else {
        return take(at: nil, end: position, width: width, isMatched: &isMatched, text: text)
      }
      let (point, step) = UTF8Reading.decode(text, at: position)
      if take(at: point, end: position, next: position + step, width: width, isMatched: &isMatched, text: text),
        width == 0
      {
        return true
      }
      position += step
    }
    return isMatched
  }

  /// Lets every thread take one code point, in the order of their right; a match ends those with less right.
  private func take(
    at point: UInt32?, end: Int, next: Int = 0, width: Int, isMatched: inout Bool, text: UnsafeRawBufferPointer
  ) -> Bool {
    following.clear(width: width)
    var thread = 0
    threads: while thread < current.count {
      let index = current.dense[thread]
      let instruction = instructions[Int(index)]
      switch instruction.operation {
      case .match:
        isMatched = true
        if width == 0 { return true }
        current.copySlots(of: thread, into: &best)
        break threads
      case .literal:
        if point == instruction.x { advance(thread, to: index + 1, at: next, in: text, width: width) }
      case .set:
        if let point, expression.program.sets[Int(instruction.x)].contains(point) {
          advance(thread, to: index + 1, at: next, in: text, width: width)
        }
      case .split, .jump, .save, .assertion: break
      }
      thread += 1
    }
    swap(&current, &following)
    return isMatched
  }

  private func advance(
    _ thread: Int, to index: UInt32, at position: Int, in text: UnsafeRawBufferPointer, width: Int
  ) {
    if width > 0 { current.copySlots(of: thread, into: &scratch) }
    add(index, to: &following, at: position, in: text, width: width)
  }

  /// Adds a thread and all that it reaches without taking a character, those with more right first.
  private func add(
    _ index: UInt32, to list: inout ThreadList, at position: Int, in text: UnsafeRawBufferPointer, width: Int
  ) {
    stack.removeAll(keepingCapacity: true)
    stack.append(.visit(index))
    while let entry = stack.popLast() {
      guard case .visit(let index) = entry else {
        if case .restore(let slot, let position) = entry { scratch[slot] = position }
        continue
      }
      guard list.insert(index) else { continue }
      let instruction = instructions[Int(index)]
      switch instruction.operation {
      case .jump: stack.append(.visit(instruction.x))
      case .split:
        stack.append(.visit(instruction.y))
        stack.append(.visit(instruction.x))
      case .assertion:
        let assertion = ExpressionNode.Assertion(rawValue: UInt8(instruction.x))!
        if Self.holds(assertion, at: position, in: text) { stack.append(.visit(index + 1)) }
      case .save:
        let slot = Int(instruction.x)
        if width > 0 {
          stack.append(.restore(slot: slot, position: scratch[slot]))
          scratch[slot] = position
        }
        stack.append(.visit(index + 1))
      case .literal, .set, .match: list.keepSlots(scratch)
      }
    }
  }

  private static func holds(
    _ assertion: ExpressionNode.Assertion, at position: Int, in text: UnsafeRawBufferPointer
  ) -> Bool {
    let newline = UInt8(ascii: "\n")
    switch assertion {
    case .beginText: return position == 0
    case .endText: return position == text.count
    case .beginLine: return position == 0 || text[position - 1] == newline
    case .endLine: return position == text.count || text[position] == newline
    case .wordBoundary, .notWordBoundary:
      let before = position > 0 && ASCII.isWord(text[position - 1])
      let after = position < text.count && ASCII.isWord(text[position])
      return (before != after) == (assertion == .wordBoundary)
    }
  }
}

/// Instructions in the order of their right, each once, with the slots of the thread that reached it first.
private struct ThreadList {
  private(set) var dense: [UInt32]
  private var sparse: [UInt32]
  private(set) var count = 0
  private var width = 0
  private var slots: [Int] = []

  init(size: Int) {
    dense = [UInt32](repeating: 0, count: size)
    sparse = dense
  }

  mutating func clear(width: Int) {
    count = 0
    self.width = width
    slots.removeAll(keepingCapacity: true)
  }

  mutating func insert(_ index: UInt32) -> Bool {
    let place = Int(sparse[Int(index)])
    if place < count, dense[place] == index { return false }
    dense[count] = index
    sparse[Int(index)] = UInt32(count)
    count += 1
    // Filled in by keepSlots where the instruction takes a character or ends the match.
    if width > 0 { slots.append(contentsOf: repeatElement(-1, count: width)) }
    return true
  }

  /// For the instruction inserted last.
  mutating func keepSlots(_ values: [Int]) {
    guard width > 0 else { return }
    let base = (count - 1) * width
    for slot in 0..<width { slots[base + slot] = values[slot] }
  }

  func copySlots(of thread: Int, into values: inout [Int]) {
    let base = thread * width
    for slot in 0..<width { values[slot] = slots[base + slot] }
  }
}
