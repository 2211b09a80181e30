/// The words of a form's message, and which of them may be somebody's: three in a row that don't speak of operation; and where too
/// many don't, or somebody speaks of himself, all from the first such word on.
struct MessageWords {
  /// Places in the form, in order.
  private(set) var doubtful: [Int] = []

  /// - Parameter isWritten: whether what stands at a place is to be written down at all.
  init(_ cluster: LineCluster, _ count: Int, isWritten: (Int) -> Bool) {
    var all: [Int] = []
    var run: [Int] = []
    var first: Int?
    var (operation, others) = (0, 0)
    var isPersonal = false
    func endRun() {
      if run.count >= 3 { doubtful += run }
      run = []
    }
    for index in 0..<count where cluster.positions[index].kind == .word {
      guard isWritten(index), Self.isMessage(index, of: cluster, count) else {
        endRun()
        continue
      }
      all.append(index)
      switch Self.kind(of: cluster.positions[index]) {
      case .function: break
      case .operation:
        operation += 1
        endRun()
      case .personal:
        isPersonal = true
        first = first ?? index
      case .other:
        others += 1
        first = first ?? index
        run.append(index)
      }
    }
    endRun()
    if others > operation {
      doubtful += all
    } else if let first, isPersonal || others * 2 > operation {
      doubtful += all.filter { $0 >= first }
    }
    doubtful = Set(doubtful).sorted()
  }

  /// The least that any of the words there is.
  private static func kind(of position: LineCluster.Position) -> OperationWords.Kind {
    let kinds = position.kept.map { OperationWords.kind(of: String(decoding: $0.bytes, as: UTF8.self)) }
    return kinds.first { $0 == .personal } ?? kinds.first { $0 == .other } ?? kinds.first ?? .other
  }

  /// A word between spaces, as in a sentence; not part of an identifier.
  private static func isMessage(_ index: Int, of cluster: LineCluster, _ count: Int) -> Bool {
    let position = cluster.positions[index]
    if position.kept.contains(where: { Self.isIdentifier($0.bytes) }) { return false }
    func isBreak(_ place: Int, _ signs: String) -> Bool {
      guard cluster.positions.indices.contains(place) else { return true }
      let next = cluster.positions[place]
      return next.kind == .spaces || next.kind == .punctuation && signs.utf8.contains(next.detail)
    }
    return isBreak(index - 1, "\"'`(-") && isBreak(index + 1, ".,;!?\"'`)-")
  }

  /// Words of a line that stand as in a sentence and don't speak of operation, in small letters.
  static func others(_ tokens: [LineToken], _ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) -> [String] {
    tokens.filter { $0.kind == .word }.compactMap { token in
      let (before, after) = (token.range.lowerBound - 1, token.range.upperBound)
      guard before < line.lowerBound || " \"'`".utf8.contains(bytes[before]),
        after >= line.upperBound || " .,;:!?\"'`".utf8.contains(bytes[after]), !isIdentifier(Array(bytes[token.range]))
      else { return nil }
      let word = String(decoding: bytes[token.range], as: UTF8.self)
      return OperationWords.kind(of: word) == .other ? word.lowercased() : nil
    }
  }

  /// With `_`, or with a capital inside.
  static func isIdentifier(_ word: [UInt8]) -> Bool {
    let isMixed =
      word.dropFirst().contains { ByteClass.upper.contains($0) } && !word.allSatisfy { ByteClass.upper.contains($0) }
    return isMixed || word.contains(UInt8(ascii: "_"))
  }
}
