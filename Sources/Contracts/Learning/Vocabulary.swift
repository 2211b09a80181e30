/// Words that are taken for the program's own, in small letters.
struct Vocabulary {
  /// So many lines must show a word at its place before it counts: what one request made a program say is said once or twice.
  static let leastLines = 3

  private var words: Set<String> = []
  /// Words of lines that read like conversation; none of them is the program's.
  private let tainted: Set<String>

  init(tainted: Set<String> = []) { self.tainted = tainted }

  /// The words of what a contract claims already.
  init(_ contract: Contract, tainted: Set<String>) {
    self.tainted = tainted
    for template in contract.logs.flatMap({ $0.lines + $0.continuations }) { add(template.elements) }
  }

  private mutating func add(_ elements: [Template.Element]) {
    for element in elements {
      switch element {
      case .literal(let bytes): add(wordsOf: bytes)
      case .slot(let slot):
        if case .oneOf(let texts) = slot.kind { for text in texts { add(wordsOf: Array(text.utf8)) } }
      case .optional(let inner): add(inner)
      case .choice(let choices): for choice in choices { add(choice) }
      }
    }
  }

  private mutating func add(wordsOf bytes: [UInt8]) {
    for word in bytes.split(whereSeparator: { !ByteClass.letterOrUnderscore.contains($0) }) { add(word) }
  }

  mutating func add(_ word: some Collection<UInt8>) { words.insert(String(decoding: word, as: UTF8.self).lowercased()) }

  func contains(_ word: [UInt8]) -> Bool { words.contains(String(decoding: word, as: UTF8.self).lowercased()) }

  /// A word may be a program's at all.
  func isPossible(_ word: [UInt8]) -> Bool {
    Self.isPossible(word) && !tainted.contains(String(decoding: word, as: UTF8.self).lowercased())
  }

  /// It is not a name that many people bear.
  static func isPossible(_ word: [UInt8]) -> Bool {
    let parts = word.split(separator: UInt8(ascii: "_"))
    return word.count <= 40
      && !parts.contains { KnownWords.givenNames.contains(String(decoding: $0, as: UTF8.self).lowercased()) }
  }

  /// Adds what forms of lines show often enough at places where words are the program's.
  mutating func add(_ clusters: [LineCluster]) {
    for cluster in clusters where cluster.count >= Self.leastLines {
      for position in cluster.positions where position.kind == .word && position.role == .plain && !position.isOpen {
        guard position.kept.allSatisfy({ $0.count >= Self.leastLines && isPossible($0.bytes) }) else { continue }
        for value in position.kept { add(value.bytes) }
      }
    }
  }
}
