/// An expression as instructions of a machine that reads the text once.
struct Program: Sendable {
  enum Operation: UInt8, Sendable {
    /// Takes the code point `x`.
    case literal
    /// Takes a member of the set `x`.
    case set
    /// Goes on at `x`, and with less right at `y`.
    case split
    /// Goes on at `x`.
    case jump
    /// Notes the position in slot `x`.
    case save
    /// Goes on where assertion `x` holds.
    case assertion
    case match
  }

  struct Instruction: Sendable {
    var operation: Operation
    var x: UInt32 = 0
    var y: UInt32 = 0
  }

  /// Go's own bound, as an amount of instructions.
  static let maximumInstructions = 3_355_443

  private(set) var instructions: [Instruction] = []
  private(set) var sets: [CodePointSet] = []
  /// Bytes with which a match can begin; all, where it can be empty.
  private(set) var firstBytes: [Bool] = []

  init(_ node: ExpressionNode) throws(ExpressionError) {
    try append(.save, 0)
    try compile(node)
    try append(.save, 1)
    try append(.match)
    firstBytes = possibleFirstBytes()
  }

  @discardableResult
  private mutating func append(_ operation: Operation, _ x: UInt32 = 0, _ y: UInt32 = 0) throws(ExpressionError) -> Int
  {
    guard instructions.count < Self.maximumInstructions else {
      throw ExpressionError("the expression is too large once it is written out", at: 0, remedy: "use smaller counts")
    }
    instructions.append(Instruction(operation: operation, x: x, y: y))
    return instructions.count - 1
  }

  private mutating func compile(_ node: ExpressionNode) throws(ExpressionError) {
    switch node {
    case .empty: break
    case .literal(let point): try append(.literal, point)
    case .set(let set):
      sets.append(set)
      try append(.set, UInt32(sets.count - 1))
    case .assertion(let assertion): try append(.assertion, UInt32(assertion.rawValue))
    case .capture(let node, let index):
      try append(.save, UInt32(2 * index))
      try compile(node)
      try append(.save, UInt32(2 * index + 1))
    case .concatenation(let nodes): for node in nodes { try compile(node) }
    case .alternation(let nodes): try compileAlternation(nodes)
    case .repetition(let node, let minimum, let maximum, let isGreedy):
      try compileRepetition(node, minimum, maximum, isGreedy)
    }
  }

  private mutating func compileAlternation(_ nodes: [ExpressionNode]) throws(ExpressionError) {
    var ends: [Int] = []
    for node in nodes.dropLast() {
      let split = try append(.split)
      try compile(node)
      ends.append(try append(.jump))
      branch(split, first: split + 1, second: instructions.count)
    }
    if let last = nodes.last { try compile(last) }
    for end in ends { instructions[end].x = UInt32(instructions.count) }
  }

  private mutating func compileRepetition(
    _ node: ExpressionNode, _ minimum: Int, _ maximum: Int?, _ isGreedy: Bool
  ) throws(ExpressionError) {
    guard let maximum else {
      for _ in 0..<max(0, minimum - 1) { try compile(node) }
      if minimum > 0 { return try compilePlus(node, isGreedy) }
      // A loop whose body may be empty is an optional `+`: only so does the empty pass have the right of Perl's.
      guard node.isNullable else {
        let split = try append(.split)
        try compile(node)
        try append(.jump, UInt32(split))
        return branch(split, split + 1, instructions.count, isGreedy)
      }
      let split = try append(.split)
      try compilePlus(node, isGreedy)
      return branch(split, split + 1, instructions.count, isGreedy)
    }
    for _ in 0..<minimum { try compile(node) }
    var splits: [Int] = []
    for _ in minimum..<maximum {
      splits.append(try append(.split))
      try compile(node)
    }
    for split in splits { branch(split, split + 1, instructions.count, isGreedy) }
  }

  private mutating func compilePlus(_ node: ExpressionNode, _ isGreedy: Bool) throws(ExpressionError) {
    let start = instructions.count
    try compile(node)
    let split = try append(.split)
    branch(split, start, split + 1, isGreedy)
  }

  private mutating func branch(_ split: Int, _ inner: Int, _ outer: Int, _ isGreedy: Bool) {
    branch(split, first: isGreedy ? inner : outer, second: isGreedy ? outer : inner)
  }

  private mutating func branch(_ split: Int, first: Int, second: Int) {
    instructions[split].x = UInt32(first)
    instructions[split].y = UInt32(second)
  }

  private func possibleFirstBytes() -> [Bool] {
    var possible = [Bool](repeating: false, count: 256)
    var seen: Set<Int> = []
    var open = [0]
    while let index = open.popLast() {
      guard seen.insert(index).inserted else { continue }
      let instruction = instructions[index]
      switch instruction.operation {
      case .match: return [Bool](repeating: true, count: 256)
      case .jump: open.append(Int(instruction.x))
      case .split: open += [Int(instruction.x), Int(instruction.y)]
      case .save, .assertion: open.append(index + 1)
      case .literal: mark(instruction.x...instruction.x, &possible)
      case .set: for range in sets[Int(instruction.x)].ranges { mark(range, &possible) }
      }
    }
    return possible
  }

  /// Beyond ASCII any byte will do: an invalid one reads as U+FFFD.
  private func mark(_ range: ClosedRange<UInt32>, _ possible: inout [Bool]) {
    if range.lowerBound < 0x80 {
      for byte in range.lowerBound...min(range.upperBound, 0x7F) { possible[Int(byte)] = true }
    }
    if range.upperBound >= 0x80 { for byte in 0x80...0xFF { possible[byte] = true } }
  }
}
