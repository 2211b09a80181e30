import Contracts
import Detection
import Sinks
import Vocabulary

extension Auditor {
  /// Adds a finding where the contract in force does not claim the record. Detection judges the record all the same.
  func hold(_ record: Record, _ text: UnsafeRawBufferPointer, of batch: Batch) throws(Fault) {
    guard let held = try contracts.hold(record, text, in: batch) else { return }
    let breach = held.breach
    let rule = breach.rule.rawValue
    let nearest = breach.clause.map { "; nearest is \($0)" } ?? ""
    table.add(
      Finding(
        rule: rule, severity: .exposure, sink: batch.sink, surface: record.surface,
        fingerprint: Fingerprint.ofTelemetry(
          rule: rule, sink: batch.sink, skeleton: skeleton(of: breach, record, text, in: batch), evidence: [], key: key),
        message: "\(breach.rule.title) (\(held.source)\(nearest)): \(breach.difference)",
        remedy: Breach.Rule.remedy,
        shape: Shape.redacted(text), length: Shape.lengthClass(text.count),
        locations: [
          places.location(of: record, offset: 0, in: batch, pathIsContent: isContent(path: batch.path))
        ]))
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
