/// A form of lines as a template, with gaps where nobody but a person can say what may stand.
struct RenderedForm {
  enum Piece {
    case text(String)
    /// Index of the place in the form.
    case gap(Int)
  }

  private(set) var pieces: [Piece] = []
  /// The words that stand in it, for its name.
  private(set) var words: [String] = []
  let count: Int

  init(_ cluster: LineCluster, _ vocabulary: Vocabulary) {
    self.init(cluster, cluster.positions, vocabulary)
  }

  private init(_ cluster: LineCluster, _ positions: [LineCluster.Position], _ vocabulary: Vocabulary) {
    count = cluster.count
    for index in positions.indices { append(index, of: cluster, vocabulary) }
    let written = pieces
    let words = MessageWords(cluster, positions.count) { if case .text = written[$0] { true } else { false } }
    for index in words.doubtful { pieces[index] = .gap(index) }
    breakBrackets()
  }

  /// What lines of the form begin with, as far as that is types, signs and words of a kind that programs say.
  static func beginning(of cluster: LineCluster, _ vocabulary: Vocabulary) -> [String] {
    var words = vocabulary
    var fixed: [LineCluster.Position] = []
    for position in cluster.positions {
      if position.kind == .word {
        guard let word = position.constant, position.role == .plain, vocabulary.isPossible(word) else { break }
        words.add(word)
      }
      fixed.append(position)
    }
    let form = RenderedForm(cluster, fixed, words)
    return form.pieces.prefix { if case .text = $0 { true } else { false } }.map {
      if case .text(let text) = $0 { text } else { "" }
    }
  }

  var isOpen: Bool { pieces.contains { if case .gap = $0 { true } else { false } } }

  /// Neighbouring gaps, with signs or spaces between them or not, are one.
  var text: String {
    var text = ""
    var between: String?
    for piece in pieces {
      switch piece {
      case .text(let part):
        if between != nil { between! += part } else { text += part }
      case .gap:
        if let between, !between.contains(where: { $0.isLetter || $0 == "{" }), between.utf8.count <= 3 {
          // The gap before takes this one in.
        } else {
          text += (between ?? "") + OpenTemplate.gap
        }
        between = ""
      }
    }
    return text + (between ?? "")
  }

  /// The gaps' places in the form.
  var gaps: [Int] { pieces.compactMap { if case .gap(let index) = $0 { index } else { nil } } }

  // MARK: - Making it

  private mutating func append(_ index: Int, of cluster: LineCluster, _ vocabulary: Vocabulary) {
    let position = cluster.positions[index]
    switch position.kind {
    case .word: pieces.append(word(position, index, vocabulary))
    case .opaque: pieces.append(.gap(index))
    case .number: pieces.append(Self.number(position).map(Piece.text) ?? .gap(index))
    case .spaces:
      // Two spaces line things up: elsewhere there may be more or fewer of them, as before a day of the month.
      let isMonth = index > 0 && cluster.positions[index - 1].isMonth
      pieces.append(.text(position.lengths == 1...1 && !isMonth ? " " : "{spaces}"))
    case .punctuation: pieces.append(.text(Self.literal([position.detail])))
    case .known: pieces.append(.text(Self.known(Int(position.detail))))
    case .prefixedHex:
      pieces.append(.text("0x" + Self.hex(position.lengths.lowerBound - 2...position.lengths.upperBound - 2)))
    case .declared: pieces.append(.text("{\(FleetNames.Kind.allCases[Int(position.detail)].rawValue)}"))
    case .host: pieces.append(.text("{hostname}"))
    case .percent: pieces.append(.text("{percent}"))
    case .duration: pieces.append(.text("{duration}"))
    case .timestamp: pieces.append(.text("{timestamp}"))
    case .time: pieces.append(.text("{time}"))
    case .monthDay: pieces.append(.text("{month_day}"))
    case .ip: pieces.append(.text("{ip}"))
    case .uuid: pieces.append(.text("{uuid}"))
    case .mac: pieces.append(.text("{mac}"))
    case .source: pieces.append(.text("{source}"))
    case .art: pieces.append(.text("{art}"))
    }
  }

  private mutating func word(_ position: LineCluster.Position, _ index: Int, _ vocabulary: Vocabulary) -> Piece {
    guard position.role != .foreign, !position.isOpen else { return .gap(index) }
    for value in position.kept {
      guard vocabulary.isPossible(value.bytes) else { return .gap(index) }
      let isElsewhere = vocabulary.contains(value.bytes)
      if position.role != .plain || count < Vocabulary.leastLines, !isElsewhere { return .gap(index) }
      if count >= Vocabulary.leastLines, value.count < Vocabulary.leastLines { return .gap(index) }
    }
    let texts = position.kept.map { String(decoding: $0.bytes, as: UTF8.self) }.sorted()
    words.append(texts[0])
    return .text(texts.count == 1 ? texts[0] : "{enum:\(texts.joined(separator: "|"))}")
  }

  /// The one type that takes all forms that stood there; nil where there is none.
  private static func number(_ position: LineCluster.Position) -> String? {
    func bit(_ form: LineToken.NumberForm) -> UInt8 { 1 << form.rawValue }
    switch position.forms {
    case bit(.integer): return "{int}"
    case bit(.grouped), bit(.grouped) | bit(.integer): return "{grouped}"
    case bit(.float), bit(.float) | bit(.integer): return "{float}"
    case bit(.hex): return hex(position.lengths)
    case bit(.hex) | bit(.integer): return position.lengths.lowerBound >= 8 ? hex(position.lengths) : nil
    default:
      let lists = bit(.floats) | bit(.float) | bit(.integer)
      return position.forms & bit(.floats) != 0 && position.forms & ~lists == 0 ? "{floats}" : nil
    }
  }

  private static func hex(_ lengths: ClosedRange<Int>) -> String {
    lengths.count == 1 ? "{hex:\(lengths.lowerBound)}" : "{hex:\(lengths.lowerBound)-\(lengths.upperBound)}"
  }

  static func known(_ group: Int) -> String {
    let words = KnownWords.sets[group]
    return words.count == 1 ? words[0] : "{enum:\(words.joined(separator: "|"))}"
  }

  static func literal(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self).replacing("{", with: "{{").replacing("}", with: "}}")
  }

  /// Two opening brackets would begin what may be absent: the second is listed.
  private mutating func breakBrackets() {
    var wasBracket = false
    for index in pieces.indices {
      guard case .text(let text) = pieces[index], text == "[" else {
        wasBracket = false
        continue
      }
      if wasBracket { pieces[index] = .text("{enum:[}") }
      wasBracket.toggle()
    }
  }
}

extension LineCluster.Position {
  fileprivate var isMonth: Bool { kind == .known && detail == UInt8(KnownWords.Group.month.rawValue) }
}
