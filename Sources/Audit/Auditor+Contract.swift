import Contracts
import Detection
import Sinks
import Vocabulary

extension Auditor {
  /// Another sink begins, with a contract of its own or none.
  func beginContract(_ sink: Sink) {
    if let source, let contract { claims[source, default: ClaimTally()] += contract.tally }
    contract = contracts.contract(for: sink).map { ContractMatcher($0) }
  }

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
        message: "\(breach.rule.title) (\(source)\(nearest)): \(breach.difference)",
        remedy: Breach.Rule.remedy,
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

  /// Label values are grouped by clause, label and form, all else by form.
  private func skeleton(
    of breach: Breach, _ record: Record, _ text: UnsafeRawBufferPointer, in batch: Batch
  ) -> [UInt8] {
    var skeleton: [UInt8] = []
    if record.slot == .labelValue, record.name >= 0 {
      skeleton += "\(breach.clause ?? "")/\(batch.names[record.name])/".utf8
    }
    Shape.skeletonKey(text, into: &skeleton)
    return skeleton
  }
}
