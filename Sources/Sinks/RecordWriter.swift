import Syntax
import Vocabulary

/// What is known about a specimen beside its bytes.
struct Mark {
  var surface: Surface
  var slot: Slot
  var line = 0
  var column = 0
  var isVerbatim = true
  var indentation = 0
  var time: Int64 = 0
  var ordinal = 0
}

/// Collects specimens of one sink into batches. Their bytes are copied side by side into one buffer, because those that
/// were unescaped stand nowhere in the source.
final class RecordWriter {
  let sink: Sink
  let path: String?
  private let part: String?
  private let receiver: any BatchReceiver
  private let arena = UnsafeMutableRawBufferPointer.allocate(byteCount: ReadLimits.batch, alignment: 16)
  private var used = 0
  private var records: [Record] = []
  /// Memory for records that are passed on.
  private var room: [Record] = []
  private var ownerKind = OwnerKind.none
  private var owner = ""
  private var labels: [String: String] = [:]
  private var owners: [String] = []
  private var ownerLabels: [[String: String]] = []
  private var ownerIndex = -1
  private var names: [String] = []
  private var nameIndex: [UInt64: Int] = [:]
  /// Specimens handed over so far, windows of one counted once.
  private(set) var count = 0
  /// As for `LineSlicer`.
  private(set) var hasCutRun = false

  /// - Parameter part: as for `Batch`.
  init(sink: Sink, path: String?, part: String? = nil, receiver: any BatchReceiver) {
    self.sink = sink
    self.path = path
    self.part = part
    self.receiver = receiver
  }

  deinit { arena.deallocate() }

  /// Says to what the following specimens belong.
  ///
  /// - Parameter labels: of the series or stream that it is.
  func setOwner(
    _ kind: OwnerKind, _ text: @autoclosure () -> String, labels: @autoclosure () -> [String: String] = [:]
  ) throws(Fault) {
    if kind != ownerKind {
      try flush()
      ownerKind = kind
    }
    owner = kind == .none ? "" : text()
    self.labels = labels()
    ownerIndex = -1
  }

  func add(_ bytes: [UInt8], _ mark: Mark, name: UnsafeRawBufferPointer? = nil) throws(Fault) {
    var problem: Fault?
    bytes.withUnsafeBytes { raw in
      do throws(Fault) { try add(raw, mark, name: name) } catch { problem = error }
    }
    if let problem { throw problem }
  }

  /// - Parameter name: label name or metadata key, as the source wrote it.
  func add(_ bytes: UnsafeRawBufferPointer, _ mark: Mark, name: UnsafeRawBufferPointer? = nil) throws(Fault) {
    guard !bytes.isEmpty else { return }
    count += 1
    guard bytes.count > arena.count else { return try append(bytes, mark, name) }
    var start = 0
    var counter = PositionCounter(line: mark.line, column: mark.column)
    while true {
      let end = Self.boundary(bytes, at: min(start + arena.count, bytes.count))
      var window = mark
      if mark.isVerbatim, start > 0 {
        counter.move(to: start, in: bytes)
        window.line = counter.line
        window.column = counter.column + (counter.line > mark.line ? mark.indentation : 0)
      }
      try append(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), window, name)
      if end == bytes.count { return }
      let seam = Seam(after: start..<end, of: bytes)
      if seam.cutsRun { hasCutRun = true }
      start = Self.boundary(bytes, at: seam.start)
    }
  }

  private func append(_ bytes: UnsafeRawBufferPointer, _ mark: Mark, _ name: UnsafeRawBufferPointer?) throws(Fault) {
    if used + bytes.count > arena.count { try flush() }
    UnsafeMutableRawBufferPointer(rebasing: arena[used..<used + bytes.count]).copyMemory(from: bytes)
    if ownerIndex < 0, ownerKind != .none {
      owners.append(owner)
      ownerLabels.append(labels)
      ownerIndex = owners.count - 1
    }
    records.append(
      Record(
        range: used..<used + bytes.count, surface: mark.surface, slot: mark.slot, line: mark.line, column: mark.column,
        isVerbatim: mark.isVerbatim, indentation: mark.indentation, owner: ownerIndex, name: name.map(intern) ?? -1,
        time: mark.time, ordinal: mark.ordinal))
    used += bytes.count
  }

  /// Lines handed over as they lie in a slice, without copying.
  func pass(_ bytes: UnsafeRawBufferPointer, _ records: [Record]) throws(Fault) {
    guard !records.isEmpty else { return }
    try flush()
    count += records.count
    try receiver.receive(Batch(sink: sink, path: path, part: part, bytes: bytes, records: records))
  }

  /// An empty array with the memory of the one that was given back last: growing one for each slice costs more than reading it.
  func takeRoom() -> [Record] {
    defer { room = [] }
    return room
  }

  func giveBack(room records: consuming [Record]) {
    records.removeAll(keepingCapacity: true)
    room = records
  }

  func flush() throws(Fault) {
    defer {
      used = 0
      records.removeAll(keepingCapacity: true)
      owners.removeAll(keepingCapacity: true)
      ownerLabels.removeAll(keepingCapacity: true)
      names.removeAll(keepingCapacity: true)
      nameIndex.removeAll(keepingCapacity: true)
      ownerIndex = -1
    }
    guard !records.isEmpty else { return }
    try receiver.receive(
      Batch(
        sink: sink, path: path, part: part, bytes: UnsafeRawBufferPointer(rebasing: arena[..<used]), records: records,
        ownerKind: ownerKind, owners: owners, ownerLabels: ownerLabels, names: names))
  }

  func notice(_ fault: Fault, surface: Surface) {
    receiver.notice(
      rule: "does-not-parse", severity: .hygiene, sink: sink, surface: surface, message: fault.problem,
      remedy: fault.remedy ?? "mend the file: what its programs can't read they skip, or refuse to start with",
      at: fault.place ?? Location(path: path))
  }

  private func intern(_ name: UnsafeRawBufferPointer) -> Int {
    let hash = SeenTexts.hash(name, salt: 0)
    if let known = nameIndex[hash], names[known].utf8.elementsEqual(name) { return known }
    names.append(String(decoding: name, as: UTF8.self))
    nameIndex[hash] = names.count - 1
    return names.count - 1
  }

  /// The last place at or before `index` where no code point is cut in two.
  private static func boundary(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Int {
    var place = index
    while place > index - 4, place > 0, place < bytes.count, bytes[place] & 0xC0 == 0x80 { place -= 1 }
    return place
  }
}

/// Texts seen before, so that names and label values that come with every sample are judged once.
struct SeenTexts {
  /// Beyond so many texts everything counts as new, which costs time and nothing else.
  static let maximum = 1_000_000

  private var hashes: Set<UInt64> = []

  /// Adds a text; true where it was not there.
  mutating func insert(_ text: UnsafeRawBufferPointer, salt: Int = 0) -> Bool {
    guard hashes.count < Self.maximum else { return true }
    return hashes.insert(Self.hash(text, salt: salt)).inserted
  }

  /// Tells apart what different series and jobs say under a label: a contract may claim the value of one and not of another.
  static func salt(_ name: UnsafeRawBufferPointer, of owner: OwnerScan.Owner?) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: name)
    if let owner, owner.kind == .family {
      hasher.combine(owner.text)
      hasher.combine(owner.labels["job"])
    }
    return hasher.finalize()
  }

  /// 64 bits keyed anew in each process: among a million texts the odds of a clash are one in 37 million.
  static func hash(_ text: UnsafeRawBufferPointer, salt: Int) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(salt)
    hasher.combine(bytes: text)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }
}
