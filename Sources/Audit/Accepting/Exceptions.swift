import Policy
import Vocabulary

/// Accepts findings by the policy's exceptions file, and reports the exceptions that no longer serve.
struct Exceptions {
  private let byFingerprint: [String: Exception]
  private let unread: [UnreadException]
  private let today: String
  private let extent: RunExtent
  private var used: Set<String> = []

  /// - Parameter today: `YYYY-MM-DD` in UTC; an exception holds up to and including its last day.
  init(_ policy: ExceptionSet, today: String, extent: RunExtent) {
    byFingerprint = Dictionary(policy.entries.map { ($0.fingerprint, $0) }) { first, _ in first }
    unread = policy.unread
    self.today = today
    self.extent = extent
  }

  /// - Returns: the findings; those that an exception fits and nothing accepted before are marked.
  mutating func apply(to findings: [Finding]) -> [Finding] {
    findings.map { finding in
      guard let exception = byFingerprint[finding.fingerprint], exception.rule ?? finding.rule == finding.rule,
        exception.sink ?? finding.sink == finding.sink
      else { return finding }
      used.insert(exception.fingerprint)
      guard finding.accepted == nil, exception.until >= today else { return finding }
      var result = finding
      result.accepted = .exception(exception)
      return result
    }
  }

  /// A finding for each entry that is expired, unused or could not be read.
  var remarks: [Finding] {
    let read = byFingerprint.values.sorted { $0.fingerprint < $1.fingerprint }.compactMap { exception -> Finding? in
      let place = exception.place ?? Location(pointer: exception.fingerprint)
      if exception.until < today {
        return remark(
          .exceptionExpired, "An exception expired on \(exception.until); what it accepted counts again.",
          exception.fingerprint, place)
      }
      guard !used.contains(exception.fingerprint), canBeUnused(exception) else { return nil }
      return remark(.exceptionUnused, "An exception matches no finding of this run.", exception.fingerprint, place)
    }
    return read
      + unread.map { entry in
        remark(
          .exceptionMalformed, "An exception accepts nothing: \(entry.problem).", entry.problem,
          entry.place ?? Location())
      }
  }

  /// Only where all was looked at that it may be about.
  private func canBeUnused(_ exception: Exception) -> Bool {
    if let all = extent.all { return exception.sink.map { all.contains($0.name) } ?? true }
    guard let rule = exception.rule, let sink = exception.sink else { return false }
    return extent.wouldFind(rule, in: sink.name)
  }

  private func remark(_ rule: AcceptanceRule, _ message: String, _ subject: String, _ place: Location) -> Finding {
    Finding(
      rule: rule.rawValue, severity: rule.severity, sink: Sink(.config, "exceptions"), surface: .config,
      fingerprint: Fingerprint.ofDocument(rule: rule.rawValue, path: "exceptions", pointer: subject),
      message: message, remedy: rule.remedy, locations: [place])
  }
}
