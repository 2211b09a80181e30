import Syntax
import Vocabulary

/// Specimens of a JSON document: every key (where it first stands), every string, arrays of numbers as one specimen (token
/// ids), long numbers, and whole objects that look like a message of a chat.
struct JSONRecords: JSONVisitor {
  /// What goes on from document to document of one sink.
  struct State {
    var keys = SeenTexts()
    /// Stream selectors whose labels were read.
    var streams: Set<String> = []
    /// Entries at or after this time are left for the next page (nanoseconds).
    var entriesBefore = Int64.max
    /// Log entries read.
    var entries = 0
    /// Slot of strings directly in the array `data`: the answer for label names or, most of all, for label values.
    var dataSlot = Slot.labelValue
    /// Label values met so far by series' name, job and label, where each is to be judged once: series have no lines.
    var values: SeenTexts?
    /// Key of a string that is a whole configuration: its parts are read by themselves, and as a whole it is no prose.
    var configurationKey: String?
    /// In place of the surface that the format has.
    var surface: Surface?
  }

  private struct Frame {
    var isObject: Bool
    var role: JSONRole
    /// Key under which it stands, or `[]`.
    var component: String
    /// Elements met so far, and whether all were numbers.
    var count = 0
    var holdsOnlyNumbers = true
    var start: Int
    var hasRoleKey = false
    var hasContentKey = false
    /// Set on a frame that gives everything in it an owner.
    var owner: OwnerScan.Owner?
    /// Nothing in it is read: an entry of the next page, or labels read before.
    var isSkipped = false
    var time: Int64 = 0
    var ordinal = 0
  }

  /// Numbers shorter than this hold nothing: a phone number has at least eight digits.
  private static let shortestNumber = 8

  private let bytes: UnsafeRawBufferPointer
  private let format: Format
  private let writer: RecordWriter
  private var counter: PositionCounter
  private var frames: [Frame] = []
  private var pendingKey: Range<Int>?
  private var pendingText = ""
  private var scratch: [UInt8] = []
  private var state: State

  /// Reads a document that `JSONScanner.validate` has accepted.
  static func read(
    _ bytes: UnsafeRawBufferPointer, range: Range<Int>? = nil, format: Format, line: Int = 1, _ state: inout State,
    into writer: RecordWriter
  ) throws(Fault) {
    var records = JSONRecords(bytes, format, line, state, writer)
    var scanner = JSONScanner(bytes, range: range, path: writer.path)
    try scanner.scan(&records)
    state = records.state
  }

  private init(_ bytes: UnsafeRawBufferPointer, _ format: Format, _ line: Int, _ state: State, _ writer: RecordWriter) {
    self.bytes = bytes
    self.format = format
    self.state = state
    self.writer = writer
    counter = PositionCounter(line: line)
  }

  // MARK: - Brackets

  mutating func beginObject(at offset: Int) throws(Fault) { try enter(offset, isObject: true) }
  mutating func beginArray(at offset: Int) throws(Fault) { try enter(offset, isObject: false) }

  mutating func endObject(at end: Int) throws(Fault) {
    let frame = leave()
    if frame.hasRoleKey, frame.hasContentKey { try add(frame.start..<end, .scalar) }
  }

  mutating func endArray(at end: Int) throws(Fault) {
    let frame = leave()
    if frame.holdsOnlyNumbers, frame.count > 0 { try add(frame.start..<end, .scalar) }
  }

  private mutating func leave() -> Frame {
    let frame = frames.removeLast()
    // Back outside, the bracket's own key is the current one.
    if frames.last?.isObject == true { pendingText = frame.component }
    return frame
  }

  private mutating func enter(_ offset: Int, isObject: Bool) throws(Fault) {
    noteElement(isNumber: false)
    let key = frames.last?.isObject == true ? pendingText : nil
    let role: JSONRole
    if let parent = frames.last {
      role = .role(of: key, in: parent.role, path: frames.dropFirst().map(\.component), format: format)
    } else {
      role = .general
    }
    var frame = Frame(isObject: isObject, role: role, component: key ?? "[]", start: offset)
    frame.isSkipped = frames.last?.isSkipped ?? false
    if isObject, role == .stream {
      frame.owner = try OwnerScan.stream(bytes, at: offset)
    } else if isObject, role == .labels, format == .prometheusAPI, [nil, "metric", "seriesLabels"].contains(key) {
      frame.owner = try OwnerScan.series(bytes, at: offset)
    }
    if role == .labels, frames.last?.role == .stream, let selector = frames.last?.owner?.text {
      frame.isSkipped = !state.streams.insert(selector).inserted
    }
    frames.append(frame)
  }

  // MARK: - Values

  mutating func key(_ range: Range<Int>, isEscaped: Bool) throws(Fault) {
    pendingKey = range
    pendingText = JSONText.string(bytes, range, isEscaped: isEscaped)
    guard let frame = frames.last, !frame.isSkipped else { return }
    let slot = frame.role.keySlot
    if state.keys.insert(UnsafeRawBufferPointer(rebasing: bytes[range]), salt: Int(slot.rawValue)) {
      try add(range, slot, isEscaped: isEscaped)
    }
  }

  mutating func string(_ range: Range<Int>, isEscaped: Bool) throws(Fault) {
    let index = frames.last?.count ?? 0
    noteElement(isNumber: false)
    guard let frame = frames.last else { return try add(range, .scalar, isEscaped: isEscaped) }
    if frame.role == .entry, !frame.isObject, index == 0, let time = integer(range) { return stamp(time) }
    guard !frames[frames.count - 1].isSkipped else { return }
    let key = frame.isObject ? pendingText : nil
    if frame.isObject, key == "role" { frames[frames.count - 1].hasRoleKey = true }
    if frame.isObject, key == "content" { frames[frames.count - 1].hasContentKey = true }
    var slot = frame.role.slot(key: key, format: format)
    if slot == .scalar, let key, key == state.configurationKey { slot = .expression }
    if frame.role == .entry { slot = index <= 1 ? .line : .metadata }
    if format == .prometheusAPI, !frame.isObject, slot == .scalar, frames.count == 2, frame.component == "data" {
      slot = state.dataSlot
    }
    if slot == .labelValue, let pendingKey {
      let salt = SeenTexts.salt(UnsafeRawBufferPointer(rebasing: bytes[pendingKey]), of: owner)
      let value = UnsafeRawBufferPointer(rebasing: bytes[range])
      if state.values?.insert(value, salt: salt) == false { return }
    }
    let isNamed = slot == .labelValue || slot == .annotation || slot == .metadata
    try add(range, slot, isEscaped: isEscaped, name: isNamed && frame.isObject ? pendingKey : nil)
  }

  mutating func number(_ range: Range<Int>) throws(Fault) {
    noteElement(isNumber: true)
    let isInArray = frames.last.map { !$0.isObject } ?? false
    if range.count >= Self.shortestNumber, !isInArray || frames.last?.holdsOnlyNumbers == false {
      try add(range, .scalar)
    }
  }

  mutating func word(_ range: Range<Int>) { noteElement(isNumber: false) }

  private mutating func noteElement(isNumber: Bool) {
    guard let last = frames.indices.last else { return }
    if !isNumber { frames[last].holdsOnlyNumbers = false }
    frames[last].count += 1
  }

  // MARK: - Log entries

  /// Notes an entry's time, and its place among the entries of the same time.
  private mutating func stamp(_ time: Int64) {
    let entry = frames.count - 1
    let entries = entry - 1
    if entries >= 0 {
      frames[entries].ordinal =
        frames[entries].count > 1 && frames[entries].time == time ? frames[entries].ordinal + 1 : 0
      frames[entries].time = time
      frames[entry].ordinal = frames[entries].ordinal
    }
    frames[entry].time = time
    if time >= state.entriesBefore { frames[entry].isSkipped = true } else { state.entries += 1 }
  }

  private func integer(_ range: Range<Int>) -> Int64? { Int64(String(decoding: bytes[range], as: UTF8.self)) }

  // MARK: - Handing over

  private var surface: Surface {
    if let surface = state.surface { return surface }
    let path = frames.dropFirst().prefix(2).map(\.component)
    let isAlerting = path == ["data", "alerts"] || path == ["data", "groups"]
    if format == .prometheusAPI, isAlerting { return .alert }
    if format == .grafanaProvisioning, path.first == "groups" { return .alert }
    return format.surface
  }

  private mutating func add(
    _ range: Range<Int>, _ slot: Slot, isEscaped: Bool = false, name: Range<Int>? = nil
  ) throws(Fault) {
    guard !range.isEmpty, frames.last?.isSkipped != true else { return }
    if let owner {
      try writer.setOwner(owner.kind, owner.text, labels: owner.labels)
    } else {
      try writer.setOwner(.pointer, pointer())
    }
    counter.move(to: range.lowerBound, in: bytes)
    let entry = frames.last { $0.role == .entry }
    let mark = Mark(
      surface: surface, slot: slot, line: counter.line, column: counter.column, isVerbatim: !isEscaped,
      time: entry?.time ?? 0, ordinal: entry?.ordinal ?? 0)
    let label = name.map { UnsafeRawBufferPointer(rebasing: bytes[$0]) }
    if isEscaped {
      scratch.removeAll(keepingCapacity: true)
      JSONText.append(bytes, range, to: &scratch)
      try writer.add(scratch, mark, name: label)
    } else {
      try writer.add(UnsafeRawBufferPointer(rebasing: bytes[range]), mark, name: label)
    }
  }

  /// The series or stream that what is read belongs to.
  private var owner: OwnerScan.Owner? { frames.last(where: { $0.owner != nil })?.owner }

  /// JSON pointer of the value being read.
  private func pointer() -> String {
    var text = ""
    for (index, frame) in frames.enumerated() {
      if !frame.isObject {
        text += "/\(max(frame.count - 1, 0))"
      } else if index + 1 < frames.count {
        text += "/\(JSONPointer.escaped(frames[index + 1].component))"
      } else {
        text += "/\(JSONPointer.escaped(pendingText))"
      }
    }
    return text
  }
}
