public import Contracts
import Detection
import Sinks
import Vocabulary

extension Auditor {
  /// How much of what was read the contract in force claims; nil where none is.
  public var claims: ClaimTally? { contract?.tally }

  /// Adds a finding where the contract in force does not claim the record. Detection judges the record all the same.
  func hold(_ record: Record, _ text: UnsafeRawBufferPointer, of batch: Batch) {
    guard let breach = breach(of: record, text, in: batch), let source = contract?.compiled.contract.source else {
      return
    }
    let rule = breach.rule.rawValue
    let nearest = breach.clause.map { "; nearest is \($0)" } ?? ""
    table.add(
      Finding(
        rule: rule, severity: .exposure, sink: batch.sink, surface: record.surface,
        fingerprint: Fingerprint.ofTelemetry(
          rule: rule, sink: batch.sink, skeleton: skeleton(of: breach, record, text, in: batch), evidence: [], key: key),
        message: "\(breach.rule.words(source))\(nearest): \(breach.difference).",
        remedy: "Stop it at the source, or, where it can hold no text of a client, state it in the contract.",
        shape: Shape.redacted(text), length: Shape.lengthClass(text.count),
        locations: [
          places.location(of: record, offset: 0, in: batch, pathIsContent: isContent(path: batch.path))
        ]))
  }

  private func breach(of record: Record, _ text: UnsafeRawBufferPointer, in batch: Batch) -> Breach? {
    switch record.slot {
    case .line:
      return contract?.line(text, 0..<text.count)
    case .metricName:
      return contract?.family(String(decoding: text, as: UTF8.self))
    case .labelValue:
      // Labels of alerts and lists of values belong to no series.
      guard batch.ownerKind == .family, record.owner >= 0, record.name >= 0 else { return nil }
      return contract?.label(batch.names[record.name], text, of: batch.owners[record.owner])
    case .exemplar:
      return Breach(.label, "no clause claims exemplars")
    case .comment where record.surface == .label:
      return text.elementsEqual(" EOF".utf8) ? nil : Breach(.comment, "a comment may hold any text")
    case .metadata, .key, .scalar:
      return record.surface == .log ? Breach(.line, "no clause claims structured entries") : nil
    case .labelName, .help, .comment, .annotation, .expression, .fileName:
      return nil
    }
  }

  /// Metrics are grouped by where they stand, lines by their form.
  private func skeleton(
    of breach: Breach, _ record: Record, _ text: UnsafeRawBufferPointer, in batch: Batch
  ) -> [UInt8] {
    var skeleton: [UInt8] = []
    if breach.rule != .family, batch.ownerKind == .family, record.owner >= 0, record.name >= 0 {
      skeleton += "\(batch.owners[record.owner])/\(batch.names[record.name])/\(breach.clause ?? "")".utf8
    } else {
      Shape.skeletonKey(text, into: &skeleton)
    }
    return skeleton
  }
}

extension Breach.Rule {
  /// What the finding says first.
  fileprivate func words(_ source: String) -> String {
    switch self {
    case .family: "The contract \(source) claims no such metric"
    case .label: "The contract \(source) claims no such label"
    case .value: "The contract \(source) claims another type of value"
    case .distinct: "The contract \(source) claims fewer values"
    case .line: "The contract \(source) does not claim the line"
    case .comment: "The contract \(source) claims no comments"
    case .forbidden: "The contract \(source) forbids this"
    }
  }
}
