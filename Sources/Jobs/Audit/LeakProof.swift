import Audit
import Platform
import Vocabulary

/// Whether a planted leak was caught, where and by which proof.
struct LeakProof {
  let checks: [Check]

  init(_ subject: AuditSubject, _ findings: [Finding]) {
    guard let leak = subject.leak else {
      checks = []
      return
    }
    let there = findings.filter {
      $0.severity == .content && $0.sink.kind == leak.kind && $0.surface == leak.surface
    }
    let canaries = there.filter { $0.rule == "canary" }
    let detected = there.filter { $0.rule != "canary" }
    var checks: [Check] = []
    if !subject.context.without.contains(.canary) {
      checks.append(Self.check(leak, by: "canary", canaries))
    }
    if !subject.context.without.contains(.detection) {
      checks.append(Self.check(leak, by: "detection", detected))
    }
    if leak.name == .litellmModelLabel {
      // The label must be seen at the exporter and, because of the relabelling, not in Prometheus.
      let passed = findings.filter { $0.severity == .content && $0.sink.kind == .prometheus }
      checks.append(
        Check(
          stage: "leak", name: "the bundle's relabelling keeps the client's text out of Prometheus",
          outcome: passed.isEmpty && !there.isEmpty ? .passed : .failed,
          detail: passed.isEmpty ? "in the exporter's exposition, absent from Prometheus" : "it reached Prometheus"))
    }
    self.checks = checks
  }

  private static func check(_ leak: Leak, by proof: String, _ findings: [Finding]) -> Check {
    let rules = Set(findings.map(\.rule)).subtracting([proof]).sorted().joined(separator: ", ")
    let sinks = Set(findings.map(\.sink)).sorted().map(\.description).joined(separator: ", ")
    return Check(
      stage: "leak", name: "\(leak.name.rawValue) is caught by \(proof)",
      outcome: findings.isEmpty ? .failed : .passed,
      detail: findings.isEmpty
        ? "not in any \(leak.kind.rawValue) sink" : "\(rules.isEmpty ? "" : rules + " ")in \(sinks)",
      subject: "simulated")
  }

  /// The exit of a run with a planted leak: 1 says that it was caught. One that was not caught must never look alike, so it
  /// is 3: the proof that was asked for could not be given.
  static func status(_ conclusion: Conclusion, _ subject: AuditSubject, _ checks: [Check]) -> ExitStatus {
    guard subject.leak != nil else { return conclusion.status }
    let isCaught = checks.allSatisfy { $0.stage != "leak" || $0.outcome == .passed }
    return isCaught ? conclusion.status : ExitStatus.incomplete
  }
}
