public import Vocabulary

/// One specimen in a batch: which bytes, what they are, where they stood. A plain struct; nothing is copied.
public struct Record: Sendable {
  /// The specimen, as offsets into the batch's bytes.
  public var range: Range<Int>
  public var surface: Surface
  public var slot: Slot
  /// Line and column (code points) of the specimen's first byte in the source document, from 1; 0 where there is none.
  public var line: Int
  public var column: Int
  /// True where the bytes stand in the source as they are here, so that an offset inside can be turned into line and
  /// column by counting; false where they were unescaped or decoded first.
  public var isVerbatim: Bool
  /// Of a verbatim specimen: spaces that each line after the first has lost (a YAML block scalar), to be added to columns
  /// there.
  public var indentation: Int
  /// Index into the batch's `owners` (metric family, JSON pointer, stream selector), or -1.
  public var owner: Int
  /// Index into the batch's `names` (label name, metadata key), or -1.
  public var name: Int
  /// Nanoseconds since 1970 of a log entry, or 0.
  public var time: Int64
  /// Place among the entries of equal time, from 0.
  public var ordinal: Int

  public init(
    range: Range<Int>, surface: Surface, slot: Slot, line: Int = 0, column: Int = 0, isVerbatim: Bool = true,
    indentation: Int = 0, owner: Int = -1, name: Int = -1, time: Int64 = 0, ordinal: Int = 0
  ) {
    self.range = range
    self.surface = surface
    self.slot = slot
    self.line = line
    self.column = column
    self.isVerbatim = isVerbatim
    self.indentation = indentation
    self.owner = owner
    self.name = name
    self.time = time
    self.ordinal = ordinal
  }
}

/// What the owners of a batch are, which decides how a location names them.
public enum OwnerKind: Sendable { case none, family, pointer, stream }

/// Records of one sink over one buffer of at most 2 MB; valid only during the call that hands it over.
public struct Batch {
  public var sink: Sink
  /// Path to print in locations, or nil where the sink is no file.
  public var path: String?
  /// Part of a sink that is read in several, as `Coverage.format` names it; nil for a file.
  public var part: String?
  public var bytes: UnsafeRawBufferPointer
  public var records: [Record]
  public var ownerKind: OwnerKind
  /// As the source wrote them; whoever prints one guards it first.
  public var owners: [String]
  /// By owner: labels of the series or stream; empty where the owners are something else.
  public var ownerLabels: [[String: String]]
  public var names: [String]

  public init(
    sink: Sink, path: String? = nil, part: String? = nil, bytes: UnsafeRawBufferPointer, records: [Record],
    ownerKind: OwnerKind = .none, owners: [String] = [], ownerLabels: [[String: String]] = [], names: [String] = []
  ) {
    self.sink = sink
    self.path = path
    self.part = part
    self.bytes = bytes
    self.records = records
    self.ownerKind = ownerKind
    self.owners = owners
    self.ownerLabels = ownerLabels
    self.names = names
  }
}

/// Takes batches as sinks are read. A receiver belongs to one task at a time.
public protocol BatchReceiver: AnyObject {
  func receive(_ batch: Batch) throws(Fault)
  /// Lines before the part of a sink that comes next, which are judged with the part before it: what it begins with may go on
  /// with a record that they began.
  func precede(_ batch: Batch) throws(Fault)
  /// Something the reader itself noticed, e.g. a file that does not parse (`hygiene`).
  func notice(
    rule: String, severity: Severity, sink: Sink, surface: Surface, message: String, remedy: String?,
    at location: Location)
}

extension BatchReceiver {
  public func precede(_ batch: Batch) throws(Fault) {}
}
