import Detection
import Foundation
import Policy
import Sinks
import Testing
import Vocabulary

@testable import Audit

@Suite struct AuditorTests {
  let policy: PolicySet
  let key = FingerprintKey(bytes: Array(repeating: 9, count: 32))

  init() throws { policy = try PolicySet.embedded() }

  func auditor(markers: [String] = [], without: Set<Proof> = [], explains: Bool = false) throws -> Auditor {
    Auditor(
      detectors: try Detectors(policy.detection), settings: policy.detection, canaries: CanarySet(markers: markers),
      without: without, rules: RuleBook(policy), names: NameGuard(known: policy.knownNames, key: key), key: key,
      explains: explains)
  }

  /// Lines as a log file hands them over.
  func read(_ lines: [String], kind: Sink.Kind = .logFile, into auditor: Auditor) throws {
    let text = Array(lines.joined(separator: "\n").utf8)
    try text.withUnsafeBytes { (bytes) throws in
      var records: [Record] = []
      var start = 0
      for (index, line) in lines.enumerated() {
        records.append(
          Record(range: start..<start + line.utf8.count, surface: .log, slot: .line, line: index + 1, column: 1))
        start += line.utf8.count + 1
      }
      try auditor.receive(Batch(sink: Sink(kind, "vllm.log"), path: "vllm.log", bytes: bytes, records: records))
    }
  }

  static let leak =
    #"INFO 03-05 19:47:39 logger.py:37] Received request cmpl-1: prompt: 'éa minha dúvida sobre herança', params: SamplingParams(n=1)"#

  @Test func findsContentAtItsLineAndColumnAndNeverShowsIt() throws {
    let auditor = try auditor()
    try read(["INFO: all is well", Self.leak], into: auditor)
    let finding = try #require(auditor.table.sorted.first { $0.severity == .content })
    #expect(finding.locations.map(\.line) == [2])
    #expect((finding.locations[0].column ?? 0) > 1)
    let shown = String(decoding: try JSONEncoder().encode(auditor.table.sorted), as: UTF8.self)
    for word in ["dúvida", "herança", "minha"] { #expect(!shown.contains(word)) }
  }

  @Test func saysHowMuchOfAMessageCameOut() throws {
    let auditor = try auditor(markers: ["zorvelapi", "mupatirego", "kaselumibo"], without: [.detection])
    try read(["a zorvelapi b", "quiet", "c mupa", "tirego d", "zorvelapi"], into: auditor)
    let finding = try #require(auditor.table.sorted.first)
    #expect(finding.count == 3 && finding.canary == CanaryExtent(found: 2, planted: 3))
    #expect(finding.message.hasSuffix(": 2 of 3 markers of one planted message"))
    // The file ends; what another one begins with is no part of its last word.
    try read(["c kase"], into: auditor)
    try read(["lumibo"], kind: .text, into: auditor)
    #expect(auditor.table.sorted.map(\.count) == [3])
  }

  @Test func explainsWhatMovedADetectorOnceForAGroup() throws {
    let auditor = try auditor(explains: true)
    try read([Self.leak, Self.leak], into: auditor)
    let finding = try #require(auditor.table.sorted.first { $0.severity == .content })
    #expect(finding.threshold == policy.detection.threshold(on: .log) && finding.score! >= finding.threshold!)
    let plain = try self.auditor()
    try read([Self.leak], into: plain)
    #expect(plain.table.sorted.flatMap(\.evidence).allSatisfy { $0.reasons == nil })
  }

  @Test func eachProofSpeaksForItself() throws {
    let line = Self.leak.replacing("dúvida", with: "zorvelapi")
    let both = try auditor(markers: ["zorvelapi"])
    try read([line], into: both)
    #expect(both.table.sorted.contains { $0.rule == "canary" } && both.table.sorted.contains { $0.rule != "canary" })
    let detection = try auditor(markers: ["zorvelapi"], without: [.canary])
    try read([line], into: detection)
    #expect(!detection.table.sorted.contains { $0.rule == "canary" } && !detection.table.isEmpty)
    let canary = try auditor(markers: ["zorvelapi"], without: [.detection])
    try read([line], into: canary)
    #expect(canary.table.sorted.map(\.rule) == ["canary"])
  }

  @Test func canariesOfOneSinkAreOneGroup() throws {
    let auditor = try auditor(markers: ["zorvelapi", "quimbatelo"], without: [.detection])
    try read(["a zorvelapi b", "something else quimbatelo entirely"], into: auditor)
    #expect(auditor.table.sorted.map(\.count) == [2])
  }

  @Test func fingerprintsOfTelemetryDependOnTheKeyAndNotOnTheLine() throws {
    func fingerprint(_ lines: [String], _ key: FingerprintKey) throws -> String? {
      let auditor = Auditor(
        detectors: try Detectors(policy.detection), settings: policy.detection, canaries: nil, rules: RuleBook(policy),
        names: NameGuard(known: [], key: key), key: key)
      try read(lines, into: auditor)
      return auditor.table.sorted.first?.fingerprint
    }
    let first = try #require(try fingerprint([Self.leak], key))
    let moved = try fingerprint(["", "INFO: x", Self.leak], key)
    let underAnotherKey = try fingerprint([Self.leak], FingerprintKey(bytes: Array(repeating: 8, count: 32)))
    #expect(moved == first)
    #expect(underAnotherKey != first)
  }

  @Test func whatALimitStoppedMakesItsSinkIncomplete() throws {
    var settings = policy.detection
    settings.rules = [
      PatternRule(
        id: "slow", title: "t", rationale: "r", remedy: "m", method: .pattern("(a+)+$"), weight: 9, window: 4096,
        needs: ["a"])
    ]
    let auditor = Auditor(
      detectors: try Detectors(settings), settings: settings, canaries: nil, rules: RuleBook(policy),
      names: NameGuard(known: [], key: key), key: key)
    try read([String(repeating: "a", count: 64) + "!"], into: auditor)
    let coverage = Coverage(sink: Sink(.logFile, "vllm.log"), surface: .log, outcome: .judged, format: "text")
    #expect(auditor.corrected(coverage).outcome == .incomplete)
    #expect(auditor.corrected(coverage).notes.contains { $0.contains("slow") })
  }

  @Test func columnsCountCodePointsAndRecordsMaySpanLines() throws {
    let text = Array("ééé\nxxé!".utf8)
    text.withUnsafeBytes { bytes in
      let record = Record(range: 0..<bytes.count, surface: .log, slot: .line, line: 4, column: 1)
      let batch = Batch(sink: Sink(.logFile, "l"), path: "l", bytes: bytes, records: [record])
      let places = Places(guarded: NameGuard(known: [], key: key), givenPaths: [])
      func at(_ offset: Int) -> [Int?] {
        let place = places.location(of: record, offset: offset, in: batch, pathIsContent: false)
        return [place.line, place.column]
      }
      #expect(at(0) == [4, 1])
      #expect(at(4) == [4, 3])
      #expect(at(bytes.count - 1) == [5, 4])
    }
  }
}
