import Syntax
import Vocabulary

/// Specimens of an exposition: names, label values, HELP texts, comments and exemplars; not numbers.
struct ExpositionRecords: ExpositionVisitor {
  private let bytes: UnsafeRawBufferPointer
  private let writer: RecordWriter
  private var counter: PositionCounter
  private var family = 0..<0
  private var scratch: [UInt8] = []
  private var state: State

  /// What goes on from slice to slice of one exposition.
  struct State {
    /// Names met so far; each is judged once, where it first stands.
    var names = SeenTexts()
    var brokenLines = 0
  }

  static func read(_ slice: Slice, _ state: inout State, into writer: RecordWriter) throws(Fault) {
    guard slice.isWholeLines else { return try LineRecords.read(slice, surface: .label, into: writer) }
    var records = ExpositionRecords(slice, state, writer)
    try ExpositionParser.parse(slice.bytes, &records)
    state = records.state
    try writer.flush()
  }

  private init(_ slice: Slice, _ state: State, _ writer: RecordWriter) {
    bytes = slice.bytes
    self.writer = writer
    self.state = state
    counter = PositionCounter(line: slice.line, column: slice.column)
  }

  mutating func help(name: Range<Int>, text: Range<Int>) throws(Fault) {
    try own(name)
    try addName(name, .metricName)
    let isEscaped = bytes[text].contains(UInt8(ascii: "\\"))
    try add(text, .help, isEscaped: isEscaped)
  }

  mutating func type(name: Range<Int>, kind: Range<Int>) throws(Fault) {
    try own(name)
    try addName(name, .metricName)
    let known = MetricFamily.Kind(rawValue: String(decoding: bytes[kind], as: UTF8.self)) != nil
    if !known { try add(kind, .comment) }
  }

  mutating func unit(name: Range<Int>, unit: Range<Int>) throws(Fault) {
    try own(name)
    try addName(name, .metricName)
    try add(unit, .comment)
  }

  mutating func comment(_ range: Range<Int>) throws(Fault) {
    try writer.setOwner(.none, "")
    family = 0..<0
    try add(range, .comment)
  }

  mutating func sample(_ sample: borrowing ExpositionSample) throws(Fault) {
    try own(sample.name)
    try addName(sample.name, .metricName)
    for index in sample.labels.indices { try addLabel(sample.labels[index], .labelValue) }
    for index in sample.exemplarLabels.indices { try addLabel(sample.exemplarLabels[index], .exemplar) }
  }

  mutating func broken(_ line: Range<Int>, at offset: Int, problem: StaticString) throws(Fault) {
    try writer.setOwner(.none, "")
    family = 0..<0
    try add(line, .line)
    state.brokenLines += 1
    guard state.brokenLines == 1 else { return }
    counter.move(to: offset, in: bytes)
    writer.notice(
      Fault(
        .usage, "not valid exposition: \(problem)",
        at: Location(path: writer.path, line: counter.line, column: counter.column),
        remedy: "Prometheus drops the whole scrape for one such line"), surface: .label)
  }

  private mutating func own(_ name: Range<Int>) throws(Fault) {
    // Samples of a family stand together, so most names are the one before.
    if !family.isEmpty, bytes[family].elementsEqual(bytes[name]) { return }
    family = name
    try writer.setOwner(.family, String(decoding: bytes[name], as: UTF8.self))
  }

  private mutating func addLabel(_ label: ExpositionSample.Label, _ slot: Slot) throws(Fault) {
    try addName(label.name, .labelName)
    try add(label.value, slot, isEscaped: label.isEscaped, name: label.name)
  }

  private mutating func addName(_ range: Range<Int>, _ slot: Slot) throws(Fault) {
    if state.names.insert(UnsafeRawBufferPointer(rebasing: bytes[range]), salt: Int(slot.rawValue)) {
      try add(range, slot)
    }
  }

  private mutating func add(
    _ range: Range<Int>, _ slot: Slot, isEscaped: Bool = false, name: Range<Int>? = nil
  ) throws(Fault) {
    counter.move(to: range.lowerBound, in: bytes)
    let mark = Mark(
      surface: .label, slot: slot, line: counter.line, column: counter.column, isVerbatim: !isEscaped)
    let label = name.map { UnsafeRawBufferPointer(rebasing: bytes[$0]) }
    if isEscaped {
      scratch.removeAll(keepingCapacity: true)
      ExpositionText.append(bytes, range, to: &scratch)
      try writer.add(scratch, mark, name: label)
    } else {
      try writer.add(UnsafeRawBufferPointer(rebasing: bytes[range]), mark, name: label)
    }
  }
}
