import Foundation
import Testing
import Vocabulary

@testable import Audit

@Suite struct BaselineTests {
  static func finding(
    _ fingerprint: String = "a", _ severity: Severity = .exposure, kind: Sink.Kind = .config, path: String = "c/a.sh",
    count: Int = 1, rule: String = "r"
  ) -> Finding {
    Finding(
      rule: rule, severity: severity, sink: Sink(kind, path), surface: .config, fingerprint: fingerprint, message: "m",
      count: count)
  }

  static func isKnown(_ finding: Finding, to baseline: Baseline) -> Bool {
    baseline.apply(to: [finding])[0].accepted?.kind == .baseline
  }

  static let empty = Baseline(key: "k")

  @Test func whatIsKnownIsAcceptedAndWhatIsNewCounts() {
    let baseline = Self.empty.adding([Self.finding()])
    #expect(Self.isKnown(Self.finding(), to: baseline))
    for other in [
      Self.finding("b"), Self.finding(path: "c/b.sh"), Self.finding(rule: "q"), Self.finding(kind: .rules),
      Self.finding("a", .content),
    ] { #expect(!Self.isKnown(other, to: baseline)) }
  }

  @Test func contentAndWhatIsWrongWithAcceptancesIsNeverKnown() {
    let baseline = Self.empty.adding([Self.finding("a", .content), Self.finding("b", .hygiene, rule: "accept-expired")])
    #expect(baseline.entries.isEmpty)
  }

  @Test func whatBecameGraverCounts() {
    let baseline = Self.empty.adding([Self.finding("a", .hygiene)])
    #expect(Self.isKnown(Self.finding("a", .hygiene), to: baseline) && !Self.isKnown(Self.finding(), to: baseline))
  }

  /// Two settings without a pointer share a fingerprint: a second one in the same script is new.
  @Test func aFurtherSightingInAFileIsNewAndInTelemetryIsNot() {
    let baseline = Self.empty.adding([Self.finding(count: 2), Self.finding("l", kind: .logFile, count: 2)])
    #expect(Self.isKnown(Self.finding(count: 1), to: baseline) && Self.isKnown(Self.finding(count: 2), to: baseline))
    let more = baseline.apply(to: [Self.finding(count: 3)])[0]
    #expect(more.accepted == nil && more.message == "m (3 times here; the baseline knows 2)")
    #expect(Self.isKnown(Self.finding("l", kind: .logFile, count: 9999), to: baseline))
  }

  @Test func addingTakesNothingAwayAndLeavesOutWhatSomeoneElseAccepts() {
    let baseline = Self.empty.adding([Self.finding("a", count: 3), Self.finding("b")])
    var excepted = Self.finding("c")
    excepted.accepted = .exception(Exception(fingerprint: "c", owner: "o", reason: "r", until: "2027-01-01"))
    let more = baseline.adding([Self.finding("a", .hygiene, count: 1), Self.finding("d"), excepted])
    #expect(more.sorted.map(\.fingerprint) == ["a", "b", "d"])
    #expect(more.sorted[0].count == 3 && more.sorted[0].severity == .exposure)
  }

  @Test func onlyWhatTheRunLookedAtWholeIsPruned() {
    let findings = [
      Self.finding("gone"), Self.finding("less", count: 3), Self.finding("other", rule: "audit-rule"),
      Self.finding("part", path: "c/part.sh"), Self.finding("deleted", path: "c/deleted.sh"),
      Self.finding("elsewhere", path: "d/a.sh"), Self.finding("beside", path: "cc/a.sh"),
      Self.finding("log", kind: .loki, path: "loki"),
    ]
    let baseline = Self.empty.adding(findings)
    let extent = RunExtent(known: [], rules: ["r"], files: ["c/a.sh": true, "c/part.sh": false], folders: ["c"])
    let pruned = baseline.pruned(by: [Self.finding("less", count: 1)], of: extent)
    #expect(Set(pruned.sorted.map(\.fingerprint)) == ["less", "other", "part", "elsewhere", "beside", "log"])
    #expect(pruned.sorted.first { $0.fingerprint == "less" }?.count == 1)
    #expect(baseline.pruned(by: [], of: extent.counted(1)) == baseline)
    #expect(baseline.pruned(by: [], of: RunExtent(known: [], rules: ["r"])) == baseline)
  }

  @Test func theFileReadsBackAndIsTheSameForTheSameFindings() throws {
    let findings = ["b", "a", "c"].map { Self.finding($0, path: "c/\($0).sh") }
    let baseline = Self.empty.adding(findings)
    let bytes = try BaselineFile.bytes(of: baseline)
    #expect(try BaselineFile.read(bytes, path: "b.json", key: "k") == baseline)
    #expect(try BaselineFile.bytes(of: Self.empty.adding(findings.reversed())) == bytes)
  }

  @Test func anotherKeyIsAUsageErrorAndSoIsWhateverIsUnknown() throws {
    let text = String(decoding: try BaselineFile.bytes(of: Self.empty.adding([Self.finding()])), as: UTF8.self)
    for (part, other) in [
      ("\"k\"", "\"q\""), ("baseline/v1", "baseline/v2"), ("\"exposure\"", "\"content\""), ("\"rule\"", "\"rules\""),
      ("\"count\" : 1", "\"count\" : 0"), ("\"exposure\"", "\"grave\""), ("]", ""), ("\"entries\"", "\"entry\""),
    ] {
      let broken = text.replacingOccurrences(of: part, with: other)
      let fault = #expect(throws: Fault.self) {
        try BaselineFile.read(Array(broken.utf8), path: "b.json", key: "k")
      }
      #expect(fault?.status == .usage && fault?.place?.path == "b.json" && fault?.place?.line != nil)
    }
    let entry = "{\"fingerprint\":\"a\",\"rule\":\"r\",\"sink\":\"s:t\",\"severity\":\"hygiene\"}"
    let twice = "{\"schema\":\"sigilo/baseline/v1\",\"key\":\"k\",\"entries\":[\(entry),\(entry)]}"
    #expect(throws: Fault.self) { try BaselineFile.read(Array(twice.utf8), path: "b.json", key: "k") }
  }
}
