/// Lines of one form, by what stands at each place in them. It holds words while samples are read; only those that are judged the
/// program's own come out of it.
struct LineCluster {
  /// What was seen at one place.
  struct Position {
    /// Different values that are told apart, and those that are kept as they are.
    static let (maximumDistinct, maximumKept) = (64, 4)

    var kind: LineToken.Kind
    var detail: UInt8
    /// Of a word the strictest role that it had.
    var role: LineToken.Role = .plain
    /// The first values with how often each stood there; of words alone.
    private(set) var kept: [(bytes: [UInt8], count: Int)] = []
    /// A value was not kept.
    private(set) var isOpen = false
    private(set) var hashes: Set<Int> = []
    private(set) var lengths = 0...0
    private(set) var shape = ValueShape()
    /// Forms of a number, a bit each.
    private(set) var forms: UInt8 = 0

    init(_ token: LineToken) {
      kind = token.kind
      detail = token.kind == .number || token.kind == .word ? 0 : token.detail
    }

    /// The one word that stood there always.
    var constant: [UInt8]? { kind == .word && kept.count == 1 && !isOpen ? kept[0].bytes : nil }

    mutating func add(_ token: LineToken, _ bytes: UnsafeRawBufferPointer, isFirst: Bool) {
      let count = token.range.count
      lengths = isFirst ? count...count : min(lengths.lowerBound, count)...max(lengths.upperBound, count)
      switch token.kind {
      case .number: forms |= 1 << token.detail
      case .word:
        role = max(role, LineToken.Role(rawValue: token.detail) ?? .foreign)
        keep(bytes[token.range])
        note(bytes[token.range])
      case .opaque, .host: note(bytes[token.range])
      default: break
      }
    }

    private mutating func keep(_ value: Slice<UnsafeRawBufferPointer>) {
      if let index = kept.firstIndex(where: { $0.bytes.elementsEqual(value) }) {
        kept[index].count += 1
      } else if kept.count < Self.maximumKept {
        kept.append((Array(value), 1))
      } else {
        isOpen = true
      }
    }

    private mutating func note(_ value: Slice<UnsafeRawBufferPointer>) {
      shape.add(value)
      guard hashes.count < Self.maximumDistinct else { return }
      var hasher = Hasher()
      hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: value))
      hashes.insert(hasher.finalize())
    }
  }

  var positions: [Position]
  /// A part of the record before it: it begins with a space, or stands in a traceback.
  let isContinuation: Bool
  private(set) var count = 0
  let first: LearningPlace
  /// Of continuations what the lines before were claimed by, or are of the form of, and how often.
  private var before: [LineHead: Int] = [:]

  /// What the lines follow by rule and not by chance.
  var heads: Set<LineHead> {
    Set(before.filter { $0.value >= Vocabulary.leastLines && $0.value * 10 >= count }.keys)
  }

  init(_ tokens: [LineToken], isContinuation: Bool, at place: LearningPlace) {
    positions = tokens.map(Position.init)
    self.isContinuation = isContinuation
    first = place
  }

  mutating func add(_ tokens: [LineToken], _ bytes: UnsafeRawBufferPointer, after head: LineHead?) {
    for index in tokens.indices { positions[index].add(tokens[index], bytes, isFirst: count == 0) }
    count += 1
    if isContinuation, let head, before.count < 64 || before[head] != nil { before[head, default: 0] += 1 }
  }

  /// Share of the words that are the same; the ones that vary by nature don't count.
  func likeness(_ tokens: [LineToken], _ bytes: UnsafeRawBufferPointer) -> Double {
    var (equal, all) = (0, 0)
    for index in tokens.indices where tokens[index].kind == .word && tokens[index].detail < LineToken.Role.cued.rawValue
    {
      all += 1
      if let constant = positions[index].constant, constant.elementsEqual(bytes[tokens[index].range]) { equal += 1 }
    }
    return all == 0 ? 1 : Double(equal) / Double(all)
  }
}

/// What a continuation follows.
enum LineHead: Hashable {
  case cluster(Int)
  /// A clause of the contract, by its place among those on logs.
  case clause(Int)
}

/// Where in the samples something stood first.
public struct LearningPlace: Sendable, Hashable, CustomStringConvertible {
  /// As the user gave it.
  public var path: String
  public var line: Int

  public init(path: String, line: Int) {
    self.path = path
    self.line = line
  }

  public var description: String { "\(path):\(line)" }
}

/// Of which characters values are, without the values.
public struct ValueShape: Sendable, Hashable, CustomStringConvertible {
  private var bits: UInt8 = 0

  private static let names = ["letters", "digits", "spaces", "signs", "letters beyond ASCII"]

  mutating func add(_ value: some Sequence<UInt8>) {
    for byte in value {
      switch byte {
      case 0x30...0x39: bits |= 2
      case 0x20: bits |= 4
      case 0x80...: bits |= 16
      case _ where ByteClass.alphanumeric.contains(byte): bits |= 1
      default: bits |= 8
      }
    }
  }

  public var description: String {
    let parts = Self.names.indices.filter { bits >> $0 & 1 == 1 }.map { Self.names[$0] }
    return parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
  }
}
