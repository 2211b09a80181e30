/// What a script's variables may hold by the time a command runs.
struct ShellVariables {
  enum Value: Hashable {
    case text(PlacedText)
    case list([PlacedText])
  }

  struct Variable {
    /// One of these, as branches of the script decide.
    var values: [Value]
    /// Where the assignment of each value begins.
    var offsets: [Int]
    var isElsewhere = false
  }

  /// More possible values than these are one unknown value.
  static let maximumValues = 8

  private(set) var variables: [String: Variable] = [:]
  /// Shared by all copies, so that a script whose variables grow by each other ends.
  private let budget = ExpansionBudget()

  static let unknown = Value.text(PlacedText(bytes: [PlacedText.unknown], offsets: [0]))

  subscript(_ name: String) -> Variable? { variables[name] }

  mutating func remove(_ name: String) { variables[name] = nil }

  /// - Parameter isCertain: false in a branch, beside which the value before remains possible.
  mutating func set(_ name: String, _ values: [Value], at offset: Int, isCertain: Bool, isElsewhere: Bool = false) {
    var variable = Variable(values: [], offsets: [], isElsewhere: isElsewhere)
    if !isCertain, let before = variables[name] { variable = before }
    for value in values where !variable.values.contains(value) {
      guard variable.values.count < Self.maximumValues else {
        variable.values[Self.maximumValues - 1] = Self.unknown
        break
      }
      variable.values.append(value)
      variable.offsets.append(offset)
    }
    variables[name] = variable
  }

  /// Text that is appended to what is there.
  mutating func append(_ name: String, _ added: [Value], at offset: Int, isCertain: Bool) {
    guard let before = variables[name]?.values else { return set(name, added, at: offset, isCertain: isCertain) }
    let values = before.flatMap { old in added.map { Self.joined(old, $0) } }
    set(name, values, at: offset, isCertain: isCertain)
  }

  private static func joined(_ first: Value, _ second: Value) -> Value {
    switch (first, second) {
    case (.text(var text), .text(let more)):
      guard text.bytes.count + more.bytes.count <= ExpansionBudget.maximumWord else { return unknown }
      text.append(more)
      return .text(text)
    case (.list(let list), .list(let more)):
      return list.count + more.count <= ExpansionBudget.maximumWords ? .list(list + more) : unknown
    case (.list(let list), .text(let more)): return .list(list + [more])
    case (.text(let text), .list(let more)): return .list([text] + more)
    }
  }

  // MARK: Putting values in

  /// The words that a word becomes. Where variables have several possible values, `world` picks one of each.
  ///
  /// - Parameter worlds: raised to as many as there are possible values of one variable.
  func expand(_ word: ShellWord, world: Int, worlds: inout Int) -> [Argument] {
    var expansion = Expansion(offset: word.offset, budget: budget)
    expand(word.parts, into: &expansion, world: world, worlds: &worlds)
    return expansion.finished()
  }

  /// The possible values of an assignment's right side.
  func values(of word: ShellWord) -> [Value] {
    var worlds = 1
    var found: [Value] = []
    var world = 0
    while world < min(worlds, Self.maximumValues) {
      found.append(value(of: word, world: world, worlds: &worlds))
      world += 1
    }
    return found
  }

  private func value(of word: ShellWord, world: Int, worlds: inout Int) -> Value {
    if case .array(let elements)? = word.parts.last {
      return .list(elements.flatMap { expand($0, world: world, worlds: &worlds).map(\.text) })
    }
    // What is assigned is not parted into words.
    var expansion = Expansion(offset: word.offset, budget: budget, parts: false)
    expand(word.parts, into: &expansion, world: world, worlds: &worlds)
    let words = expansion.finished()
    return .text(words.first?.text ?? PlacedText())
  }

  private func expand(
    _ parts: [ShellWord.Part], into expansion: inout Expansion, world: Int, worlds: inout Int
  ) {
    for part in parts {
      switch part {
      case .text(let text): expansion.append(text)
      case .array(let words):
        for word in words { expand(word.parts, into: &expansion, world: world, worlds: &worlds) }
      case .unknown(let offset, let isQuoted, let isAll):
        expansion.appendUnknown(at: offset, isAnyNumber: !isQuoted, isList: isAll)
      case .variable(let variable):
        let known = variables[variable.name]?.values ?? []
        worlds = max(worlds, known.count)
        let value = known.isEmpty ? nil : known[min(world, known.count - 1)]
        switch (variable.alternative, value) {
        case (.orElse(let word), nil):
          worlds = max(worlds, 2)
          if world == 0 {
            expand(word.parts, into: &expansion, world: world, worlds: &worlds)
          } else {
            expansion.appendUnknown(at: variable.offset, isAnyNumber: !variable.isQuoted)
          }
        case (.ifSet(let word), _):
          worlds = max(worlds, value == nil ? 2 : 1)
          if value != nil || world == 0 { expand(word.parts, into: &expansion, world: world, worlds: &worlds) }
        case (_, nil):
          expansion.appendUnknown(at: variable.offset, isAnyNumber: !variable.isQuoted, isList: variable.isAll)
        case (_, .text(let text)?): expansion.append(text, isQuoted: variable.isQuoted)
        case (_, .list(let list)?):
          expansion.append(variable.isAll ? list : Array(list.prefix(1)), isQuoted: variable.isQuoted)
        }
      }
    }
  }
}

/// How much may come of putting variables in.
final class ExpansionBudget {
  /// Bytes of what one word becomes; more is unknown.
  static let maximumWord = 64 << 10
  static let maximumWords = 4_096

  /// Bytes of all that a file's words become.
  private var left = 16 << 20

  func take(_ count: Int) -> Bool {
    left -= count
    return left >= 0
  }
}

/// Words as they come out of a word's parts.
private struct Expansion {
  private let budget: ExpansionBudget
  private var count = 0
  private var isFull = false
  private var words: [Argument] = []
  private var current: Argument
  private var hasBegun = false
  private let offset: Int
  private let partsWords: Bool

  init(offset: Int, budget: ExpansionBudget, parts: Bool = true) {
    self.offset = offset
    self.budget = budget
    partsWords = parts
    current = Argument(text: PlacedText(), offset: offset)
  }

  /// Whether so many bytes more are within the bounds.
  private mutating func admits(_ bytes: Int) -> Bool {
    count += bytes
    if count > ExpansionBudget.maximumWord || words.count > ExpansionBudget.maximumWords || !budget.take(bytes) {
      isFull = true
    }
    return !isFull
  }

  mutating func append(_ text: PlacedText) {
    guard admits(text.bytes.count) else { return }
    current.text.append(text)
    hasBegun = true
  }

  mutating func append(_ text: PlacedText, isQuoted: Bool) {
    guard partsWords, !isQuoted else { return append(text) }
    guard admits(text.bytes.count) else { return }
    let pieces = text.words()
    if let first = text.bytes.first, Bytes.isSpace(first) { flush() }
    for (index, piece) in pieces.enumerated() {
      if index > 0 { flush() }
      current.text.append(piece)
      if piece.bytes.allSatisfy({ $0 == PlacedText.unknown }) { current.isAnyNumber = true }
      hasBegun = true
    }
    if let last = text.bytes.last, Bytes.isSpace(last) { flush() }
  }

  mutating func append(_ list: [PlacedText], isQuoted: Bool) {
    for (index, text) in list.enumerated() {
      if index > 0 { flush() }
      append(text, isQuoted: isQuoted || text.isEmpty)
      if text.bytes == [PlacedText.unknown] { current.isAnyNumber = true }
    }
  }

  mutating func appendUnknown(at offset: Int, isAnyNumber: Bool, isList: Bool = false) {
    guard admits(1) else { return }
    current.text.append(PlacedText.unknown, at: offset)
    if isAnyNumber || isList { current.isAnyNumber = true }
    if isList { current.isList = true }
    hasBegun = true
  }

  private mutating func flush() {
    if hasBegun { words.append(finish(current)) }
    current = Argument(text: PlacedText(), offset: offset)
    hasBegun = false
  }

  mutating func finished() -> [Argument] {
    flush()
    guard isFull else { return words }
    let unknown = PlacedText(bytes: [PlacedText.unknown], offsets: [offset])
    return [Argument(text: unknown, offset: offset, isAnyNumber: true, isList: true)]
  }

  /// Its place is where its first byte stands; any number of arguments it is only if nothing else is known of it.
  private func finish(_ argument: Argument) -> Argument {
    var argument = argument
    argument.offset = argument.text.offsets.first ?? offset
    argument.isAnyNumber = argument.isAnyNumber && argument.text.bytes.allSatisfy { $0 == PlacedText.unknown }
    argument.isList = argument.isList && argument.isAnyNumber
    return argument
  }
}
