/// What was seen of one label of one family: enough to find a type for it. It holds values while samples are read; only those that
/// are the program's own come out of it.
struct LabelValues {
  static let maximumKept = 32
  static let maximumStructures = 8

  let label: String
  let first: LearningPlace
  private(set) var count = 0
  private(set) var gap: LineDecision.Gap
  /// Values of which words are a part, with how often each stood there.
  private(set) var kept: [[UInt8]: Int] = [:]
  /// A value was not kept, for its length or for want of room.
  private(set) var isOpen = false
  private var hashes: Set<Int> = []
  private var structures: [[UInt16]: LineCluster] = [:]
  private var special: Set<String> = []

  /// Types that are told by the whole value.
  private static let wholes: [(name: String, take: @Sendable (inout ByteScanner) -> Bool)] = [
    (
      "{pci}",
      {
        $0.hex(4...8) && $0.skip(":") && $0.hex(2...2) && $0.skip(":") && $0.hex(2...2) && $0.skip(".")
          && $0.digits(1...1)
      }
    ),
    ("{gpu_uuid}", { ($0.skip("GPU-") || $0.skip("MIG-")) && $0.uuid() }),
  ]

  init(_ label: String, at place: LearningPlace) {
    self.label = label
    first = place
    gap = LineDecision.Gap(distinct: 0, lengths: 0...0, shape: ValueShape(), isValue: true)
  }

  mutating func add(_ value: UnsafeRawBufferPointer, _ tokenizer: inout LineTokenizer) {
    note(value)
    if value.isEmpty {
      special.insert("")
      return
    }
    for whole in Self.wholes {
      var scanner = ByteScanner(value, 0, value.count)
      if whole.take(&scanner), scanner.isAtEnd {
        special.insert(whole.name)
        return
      }
    }
    tokenizer.tokenize(value: value)
    let tokens = tokenizer.tokens
    if tokens.contains(where: { $0.kind == .word || $0.kind == .opaque }) {
      keep(value)
      return
    }
    let structure = tokens.map(\.code)
    guard structures[structure] != nil || structures.count < Self.maximumStructures else {
      isOpen = true
      return
    }
    structures[structure, default: LineCluster(tokens, isContinuation: false, at: first)].add(
      tokens, value, after: nil)
  }

  private mutating func note(_ value: UnsafeRawBufferPointer) {
    let lengths = gap.lengths
    gap.lengths =
      count == 0
      ? value.count...value.count : min(lengths.lowerBound, value.count)...max(lengths.upperBound, value.count)
    count += 1
    gap.shape.add(value)
    guard hashes.count < LineCluster.Position.maximumDistinct else { return }
    var hasher = Hasher()
    hasher.combine(bytes: value)
    hashes.insert(hasher.finalize())
    gap.distinct = hashes.count
  }

  private mutating func keep(_ value: UnsafeRawBufferPointer) {
    let bytes = Array(value)
    if let count = kept[bytes] {
      kept[bytes] = count + 1
    } else if kept.count < Self.maximumKept, value.count <= 40 {
      kept[bytes] = 1
    } else {
      isOpen = true
    }
  }

  /// Templates for all that was seen; nil where a value is nobody's but a person's to name.
  ///
  /// - Parameter isProgramWord: whether a value with words in it is the program's own.
  func templates(_ isProgramWord: ([UInt8]) -> Bool) -> [String]? {
    guard !isOpen, kept.keys.allSatisfy(isProgramWord) else { return nil }
    var templates = Array(special)
    for cluster in structures.values {
      let form = RenderedForm(cluster, Vocabulary())
      guard !form.isOpen else { return nil }
      templates.append(form.text)
    }
    templates += kept.keys.map(Self.template)
    return LabelValues.merged(templates)
  }

  /// A word that everybody knows stands for all of its kind.
  private static func template(_ value: [UInt8]) -> String {
    let text = String(decoding: value, as: UTF8.self)
    guard let group = KnownWords.asValues[text] ?? KnownWords.methods[text] else { return RenderedForm.literal(value) }
    return RenderedForm.known(group.rawValue)
  }

  /// Sorted, and without a type that another of them takes in.
  private static func merged(_ templates: [String]) -> [String] {
    var templates = Set(templates)
    if templates.contains("{float}") { templates.remove("{int}") }
    return templates.sorted()
  }
}
