public import Vocabulary

/// Accepts findings by the policy's exceptions, and reports the exceptions that no longer serve.
public enum Exceptions {
  /// - Parameters:
  ///   - today: `YYYY-MM-DD` in UTC; an exception holds up to and including its last day.
  ///   - isWhole: whether the run looked at everything; only then can an exception be called unused.
  ///   - policyPath: where the exceptions file stands, for the location.
  /// - Returns: the findings, accepted ones marked, with one finding more for each expired or unused exception.
  public static func apply(
    _ exceptions: [Exception], to findings: [Finding], today: String, isWhole: Bool, policyPath: String?
  ) -> [Finding] {
    var result = findings
    var used: Set<String> = []
    let byFingerprint = Dictionary(exceptions.map { ($0.fingerprint, $0) }) { first, _ in first }
    for index in result.indices {
      guard let exception = byFingerprint[result[index].fingerprint] else { continue }
      used.insert(exception.fingerprint)
      if exception.until >= today { result[index].accepted = exception }
    }
    for exception in exceptions {
      let isExpired = exception.until < today
      guard isExpired || (isWhole && !used.contains(exception.fingerprint)) else { continue }
      let rule = isExpired ? "exception-expired" : "exception-unused"
      result.append(
        Finding(
          rule: rule, severity: isExpired ? .exposure : .hygiene, sink: Sink(.config, "exceptions"), surface: .config,
          fingerprint: Fingerprint.ofDocument(rule: rule, path: "exceptions", pointer: exception.fingerprint),
          message: isExpired
            ? "An exception expired on \(exception.until); what it accepted counts again."
            : "An exception matches no finding of this run.",
          remedy: isExpired ? "Mend the finding, or renew the exception with its owner." : "Delete the exception.",
          locations: [Location(path: policyPath, pointer: exception.fingerprint)]))
    }
    return result
  }
}
