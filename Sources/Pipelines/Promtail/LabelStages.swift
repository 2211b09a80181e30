import Syntax
import Vocabulary

/// `labels`: extracted values become labels, unless they are no valid UTF-8.
final class LabelsStage: EntryStage {
  let place: StagePlace
  private let sources: [(name: String, source: String)]

  init(_ reading: StageReading) throws(Fault) {
    place = reading.place
    sources = try reading.sources()
  }

  init(place: StagePlace, name: String) {
    self.place = place
    sources = [(name, name)]
  }

  func apply(to entry: inout PipelineEntry) -> DropReason? {
    for (name, source) in sources {
      if let value = validText(entry.extracted[source]) { entry.labels[name] = value }
    }
    return nil
  }
}

/// The text of a value that may be a label's.
private func validText(_ value: Extracted?) -> String? {
  value?.text.flatMap { String(validating: $0, as: UTF8.self) }
}

/// `labeldrop` and `labelallow`.
final class LabelFilterStage: EntryStage {
  let place: StagePlace
  private let names: Set<String>
  private let keeps: Bool

  init(_ reading: StageReading) throws(Fault) {
    place = reading.place
    names = Set(try reading.names())
    keeps = reading.place.name == "labelallow"
  }

  func apply(to entry: inout PipelineEntry) -> DropReason? {
    entry.labels = entry.labels.filter { names.contains($0.key) == keeps }
    return nil
  }
}

/// `static_labels`; an empty value adds nothing.
final class StaticLabelsStage: EntryStage {
  let place: StagePlace
  private let labels: [String: String]

  init(_ reading: StageReading) throws(Fault) {
    place = reading.place
    guard let entries = reading.value.mapping else { throw reading.fault("expected a mapping of labels to values") }
    var labels: [String: String] = [:]
    for entry in entries where !entry.value.isNull {
      guard let name = entry.key.string, !name.isEmpty, let text = entry.value.string else {
        throw Fields.fault("expected a label with a text", at: entry.key, path: reading.path)
      }
      if !text.isEmpty { labels[name] = text }
    }
    self.labels = labels
  }

  func apply(to entry: inout PipelineEntry) -> DropReason? {
    entry.labels.merge(labels) { $1 }
    return nil
  }
}

/// `structured_metadata` (before: `non_indexed_labels`): extracted values, or labels, become metadata; a label that became
/// metadata is no label any more.
final class MetadataStage: EntryStage {
  let place: StagePlace
  private let sources: [(name: String, source: String)]

  init(_ reading: StageReading) throws(Fault) {
    place = reading.place
    sources = try reading.sources()
  }

  func apply(to entry: inout PipelineEntry) -> DropReason? {
    var taken: [String: String] = [:]
    for (name, source) in sources {
      guard let value = validText(entry.extracted[source]) else { continue }
      entry.metadata.append(.init(name: name, value: value))
      taken[source] = value
    }
    for (name, source) in sources where taken[source] == nil {
      guard let value = entry.labels[source] else { continue }
      entry.metadata.append(.init(name: name, value: value))
      taken[source] = value
    }
    for (source, value) in taken where entry.labels[source] == value { entry.labels[source] = nil }
    return nil
  }
}

/// `tenant`: a reserved label, which the client takes away when it sends.
final class TenantStage: EntryStage {
  let place: StagePlace
  private let source: String?
  private let labelName: String?
  private let value: String?

  init(_ reading: StageReading) throws(Fault) {
    place = reading.place
    let fields = try reading.fields(["label", "source", "value"])
    labelName = try fields.string("label")
    source = try fields.string("source")
    value = try fields.string("value")
    guard [labelName, source, value].compactMap({ $0 }).filter({ !$0.isEmpty }).count == 1 else {
      throw reading.fault("stage tenant needs one of label, source and value")
    }
  }

  func apply(to entry: inout PipelineEntry) -> DropReason? {
    let tenant: String?
    if let source {
      tenant = entry.extracted[source]?.text.map { String(decoding: $0, as: UTF8.self) }
    } else {
      tenant = labelName.map { entry.labels[$0] } ?? value
    }
    if let tenant, !tenant.isEmpty { entry.labels[PipelineEntry.tenantLabel] = tenant }
    return nil
  }
}
