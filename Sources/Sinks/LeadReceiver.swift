import Vocabulary

/// Hands what it receives on as what precedes.
final class LeadReceiver: BatchReceiver {
  private let receiver: any BatchReceiver

  init(_ receiver: any BatchReceiver) { self.receiver = receiver }

  func receive(_ batch: Batch) throws(Fault) { try receiver.precede(batch) }

  func notice(
    rule: String, severity: Severity, sink: Sink, surface: Surface, message: String, remedy: String?,
    at location: Location
  ) {}
}
