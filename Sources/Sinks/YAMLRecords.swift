import Syntax
import Vocabulary

/// Specimens of YAML documents: every key and scalar once (aliases repeat nothing), runs of numbers as one specimen, whole
/// mappings that look like a message of a chat, and what stands beside the values.
struct YAMLRecords {
  private enum Role { case general, labels, annotations }

  private struct Context {
    var surface: Surface
    var role = Role.general
    var pointer = ""
    /// Key of the value, as the source wrote it.
    var key = ""
  }

  private let source: UnsafeRawBufferPointer
  private let writer: RecordWriter
  private var counter = PositionCounter()
  /// Offsets of scalars handed over.
  private var seen: Set<Int> = []
  /// Where scalars stand.
  private var values: [Range<Int>] = []

  static func read(
    _ roots: [PositionedValue], _ source: UnsafeRawBufferPointer, surface: Surface, into writer: RecordWriter
  ) throws(Fault) {
    var records = YAMLRecords(source, writer)
    for root in roots { try records.value(root, Context(surface: surface)) }
    try records.remainder(surface)
    try writer.flush()
  }

  private init(_ source: UnsafeRawBufferPointer, _ writer: RecordWriter) {
    self.source = source
    self.writer = writer
  }

  private mutating func value(_ value: PositionedValue, _ context: Context) throws(Fault) {
    switch value.content {
    case .scalar: try scalar(value, slot(of: context), context)
    case .sequence(let elements):
      try numbers(elements, value, context)
      for (index, element) in elements.enumerated() {
        var inner = context
        inner.pointer += "/\(index)"
        try self.value(element, inner)
      }
    case .mapping(let entries): try mapping(entries, value, context)
    }
  }

  private mutating func mapping(
    _ entries: [PositionedValue.Entry], _ value: PositionedValue, _ context: Context
  ) throws(Fault) {
    var context = context
    if isRule(value) { context.surface = .alert }
    for entry in entries {
      let key = entry.key.string ?? ""
      var inner = context
      inner.pointer += "/\(JSONPointer.escaped(key))"
      inner.key = key
      if let below = entry.value.mapping {
        // Names to texts: a schema's own `labels` has mappings in it.
        let isFlat = below.allSatisfy { $0.value.string != nil }
        switch key {
        case "labels", "matchLabels", "external_labels", "static_labels": inner.role = isFlat ? .labels : .general
        case "annotations": inner.role = isFlat ? .annotations : .general
        default: inner.role = .general
        }
      }
      if entry.key.string == nil {
        try self.value(entry.key, inner)
      } else {
        try scalar(entry.key, context.role == .labels ? .labelName : .key, inner)
      }
      try self.value(entry.value, inner)
    }
    let texts = ["role", "content"].compactMap { value[$0]?.string }
    if texts.count == 2, let end = entries.last?.value {
      let stop = ScalarSource(of: end, in: source)?.end ?? end.offset
      try raw(value.offset..<max(stop, value.offset), context)
    }
  }

  /// An alerting or recording rule of Prometheus or Loki, or one that Grafana manages.
  private func isRule(_ value: PositionedValue) -> Bool {
    if value["expr"] != nil, value["alert"] != nil || value["record"] != nil { return true }
    return value["title"] != nil && value["condition"] != nil && value["data"] != nil
  }

  private func slot(of context: Context) -> Slot {
    switch context.role {
    // A rule's author wrote them, as templates like annotations: that one is a sentence says nothing of a client.
    case .labels: context.surface == .alert ? .annotation : .labelValue
    case .annotations: .annotation
    case .general: JSONRole.expressionKeys.contains(context.key) ? .expression : .scalar
    }
  }

  private mutating func scalar(_ value: PositionedValue, _ slot: Slot, _ context: Context) throws(Fault) {
    guard let text = value.string, seen.insert(value.offset).inserted || text.isEmpty else { return }
    let found = ScalarSource(of: value, in: source)
    if let found { values.append(value.offset..<max(found.end, value.offset)) }
    guard !text.isEmpty else { return }
    try writer.setOwner(.pointer, context.pointer)
    counter.move(to: found?.start ?? value.offset, in: source)
    let mark = Mark(
      surface: context.surface, slot: slot, line: counter.line, column: counter.column,
      isVerbatim: found?.isVerbatim ?? false, indentation: found?.indentation ?? 0)
    let isNamed = slot == .labelValue || slot == .annotation
    try add(text, mark, name: isNamed ? context.key : nil)
  }

  private func add(_ text: String, _ mark: Mark, name: String?) throws(Fault) {
    guard let name else { return try writer.add(Array(text.utf8), mark) }
    var problem: Fault?
    Array(name.utf8).withUnsafeBytes { raw in
      do throws(Fault) { try writer.add(Array(text.utf8), mark, name: raw) } catch { problem = error }
    }
    if let problem { throw problem }
  }

  /// Two or more numbers in a row: token ids would stand so.
  private mutating func numbers(
    _ elements: [PositionedValue], _ value: PositionedValue, _ context: Context
  ) throws(Fault) {
    guard elements.count > 1, elements.allSatisfy({ $0.double != nil }) else { return }
    try writer.setOwner(.pointer, context.pointer)
    counter.move(to: elements[0].offset, in: source)
    let mark = Mark(
      surface: context.surface, slot: .scalar, line: counter.line, column: counter.column, isVerbatim: false)
    try writer.add(Array("[\(elements.compactMap(\.string).joined(separator: ", "))]".utf8), mark)
  }

  /// Source as it stands.
  private mutating func raw(_ range: Range<Int>, _ context: Context) throws(Fault) {
    guard range.upperBound <= source.count else { return }
    try writer.setOwner(.pointer, context.pointer)
    counter.move(to: range.lowerBound, in: source)
    let mark = Mark(surface: context.surface, slot: .scalar, line: counter.line, column: counter.column)
    try writer.add(UnsafeRawBufferPointer(rebasing: source[range]), mark)
  }

  private mutating func remainder(_ surface: Surface) throws(Fault) {
    try writer.setOwner(.none, "")
    for part in YAMLRemainder.parts(outside: values, in: source) {
      counter.move(to: part.range.lowerBound, in: source)
      let mark = Mark(
        surface: surface, slot: part.kind == .comment ? .comment : .key, line: counter.line, column: counter.column)
      try writer.add(UnsafeRawBufferPointer(rebasing: source[part.range]), mark)
    }
  }
}
