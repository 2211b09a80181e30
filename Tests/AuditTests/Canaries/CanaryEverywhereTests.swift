import Detection
import Expressions
import Foundation
import Pipelines
import Platform
import Policy
import Sinks
import Syntax
import Testing
import Vocabulary

@testable import Audit
@testable import Contracts

/// A keyed canary in every place that a contract's clauses have, made from the clauses themselves: each is a finding of both
/// proofs, and none comes through the enforcement that is compiled from the same contract.
@Suite struct CanaryEverywhereTests {
  /// Read once: most of the time would go there.
  private struct Shared {
    let policy: PolicySet
    let detectors: Detectors
    let canaries: CanarySet
    /// Eighteen words of a planted message, of which any eight hold a marker.
    let prose: String
  }

  private static let shared = Result {
    let policy = try PolicySet.embedded()
    let text = CanaryText(key: CanaryKey(seed: 4))
    return Shared(
      policy: policy, detectors: try Detectors(policy.detection), canaries: CanarySet(messages: text.messages),
      prose: text.prompt(0).split(whereSeparator: \.isWhitespace).prefix(18).joined(separator: " "))
  }

  static let sources = (try? shared.get())?.policy.contracts.keys.sorted() ?? []

  private let policy: PolicySet
  private let detectors: Detectors
  private let canaries: CanarySet
  private let prose: String

  init() throws {
    let shared = try Self.shared.get()
    (policy, detectors, canaries, prose) = (shared.policy, shared.detectors, shared.canaries, shared.prose)
  }

  private func auditor(_ contract: Contract) throws -> Auditor {
    let key = FingerprintKey(bytes: Array(repeating: 9, count: 32))
    return Auditor(
      detectors: detectors, settings: policy.detection,
      contracts: ContractsInForce(everywhere: try CompiledContract(contract, names: contract.exampleNames)),
      canaries: canaries, without: [.detection], rules: RuleBook(policy),
      names: NameGuard(known: policy.knownNames, key: key), key: key)
  }

  /// Sightings by proof.
  private func sightings(_ auditor: Auditor) -> (canary: Int, contract: Int) {
    let findings = auditor.table.sorted
    return (
      findings.filter { $0.rule == "canary" }.reduce(0) { $0 + $1.count },
      findings.filter { $0.rule.hasPrefix("contract-") }.reduce(0) { $0 + $1.count }
    )
  }

  private func contract(_ source: String) throws -> Contract { try #require(policy.contracts[source]) }

  // MARK: Log lines

  /// Lines that hold the text: in each slot of each line and of each line that may follow one, before and behind them, by itself.
  private func lines(of contract: Contract, holding text: String) -> [(before: String?, line: String)] {
    let specimens = Specimens(contract)
    return contract.logs.flatMap { clause in
      let first = specimens.claimed(by: clause.lines[0])
      let own = clause.lines.flatMap { template in
        let usual = specimens.claimed(by: template)
        return (specimens.lines(of: template, holding: text) + ["\(usual) \(text)", "\(text) \(usual)"])
          .map { (String?.none, $0) }
      }
      let following = clause.continuations.flatMap { template in
        (specimens.lines(of: template, holding: text) + [specimens.claimed(by: template) + text]).map { (first, $0) }
      }
      return own + following + [(first, text)]
    }
  }

  @Test(arguments: sources)
  func linesOfTheClausesAreClaimed(_ source: String) throws {
    let contract = try contract(source)
    let specimens = Specimens(contract)
    var matcher = ContractMatcher(try CompiledContract(contract, names: contract.exampleNames))
    for clause in contract.logs {
      for template in clause.lines {
        if case .forbidden = clause.standing { continue }
        let line = specimens.claimed(by: template)
        #expect(Array(line.utf8).withUnsafeBytes { matcher.line($0, 0..<$0.count) } == nil, "\(template.text)")
      }
    }
  }

  @Test(arguments: sources, Disguise.allCases)
  func isAFindingOnEveryLine(_ source: String, _ disguise: Disguise) throws {
    let contract = try contract(source)
    let placed = lines(of: contract, holding: disguise.of(prose))
    guard !placed.isEmpty else { return }
    let auditor = try auditor(contract)
    // As vLLM ends its lines, every other one.
    let text = placed.enumerated().map { index, placed in
      (placed.before.map { "\($0)\n" } ?? "") + placed.line + (index % 2 == 0 ? "\r\n" : "\n")
    }.joined()
    _ = try FileSink.read(Array(text.utf8), path: "it.log", surface: .log, into: auditor)
    let forbidden = contract.logs.filter { if case .forbidden = $0.standing { true } else { false } }.count
    #expect(sightings(auditor).canary == placed.count)
    #expect(sightings(auditor).contract >= placed.count - forbidden)
  }

  @Test(arguments: sources, Disguise.allCases)
  func noLineWithItComesThroughPromtail(_ source: String, _ disguise: Disguise) throws {
    let contract = try contract(source)
    let text = disguise.of(prose)
    guard let allowList = try? PromtailAllowList(contract, names: contract.exampleNames) else { return }
    let pipeline = try Pipeline(
      try #require(try YAMLDocument.parse(Array(allowList.yaml.utf8))["pipeline_stages"]))
    var kept = 0
    func send(_ line: String) throws {
      var entry = PipelineEntry(
        line: Array(line.utf8), labels: ["job": "j", "filename": "f", "prompt": text], number: 1)
      entry.metadata = [.init(name: "prompt", value: text)]
      for case .kept(let entry) in try pipeline.process(entry) {
        kept += 1
        #expect(entry.labels == ["job": "j", "filename": "f"] && entry.metadata.isEmpty)
        #expect(!holds(entry.line, text))
      }
    }
    for (before, line) in lines(of: contract, holding: text) {
      if let before { try send(before) }
      try send(line)
      if disguise == .plain { for line in [line + "\r", line + "\n" + line, "\u{1}" + line] { try send(line) } }
    }
    // What the test is worth: claimed lines do come through, with the canary left behind at the side doors.
    let specimens = Specimens(contract)
    for template in contract.logs.flatMap(\.lines) { try send(specimens.claimed(by: template)) }
    #expect(kept > 0)
  }

  private func holds(_ bytes: [UInt8], _ text: String) -> Bool {
    let judge = Judge(detectors, canaries: canaries, without: [.detection])
    let markers = bytes.withUnsafeBytes { judge.judge($0, surface: .log, slot: .line)?.canaryMarkers ?? 0 }
    return markers > 0 || String(decoding: bytes, as: UTF8.self).contains(text)
  }

  // MARK: Metrics

  /// Series of each clause, each with the values that hold the text by label: as a part of the value where its type has parts, whole,
  /// and under labels that it does not have.
  private func samples(
    of contract: Contract, holding text: String
  ) -> [(series: String, values: [(label: String, texts: [String])])] {
    let specimens = Specimens(contract)
    return contract.metrics.flatMap { clause in
      clause.kind.series(of: clause.families[0]).map { series, ownLabel in
        let own = clause.labels.map { label in
          (label.name, [text] + label.values.flatMap { specimens.lines(of: $0, holding: text) }.filter { $0 != text })
        }
        return (series, own + [(ownLabel ?? "prompt", [text]), ("user_agent", [text])])
      }
    }
  }

  private func escaped(_ value: String) -> String {
    value.replacing("\\", with: #"\\"#).replacing("\"", with: #"\""#).replacing("\n", with: #"\n"#)
  }

  @Test(arguments: sources, Disguise.allCases)
  func isAFindingInEveryLabelValue(_ source: String, _ disguise: Disguise) throws {
    let contract = try contract(source)
    let placed = samples(of: contract, holding: disguise.of(prose)).flatMap { sample in
      sample.values.flatMap { label, texts in texts.map { "\(sample.series){\(label)=\"\(escaped($0))\"} 1\n" } }
    }
    guard !placed.isEmpty else { return }
    let auditor = try auditor(contract)
    let coverage = try FileSink.read(Array(placed.joined().utf8), path: "it.prom", surface: .label, into: auditor)
    #expect(coverage.format == Format.exposition.rawValue)
    #expect(sightings(auditor).canary == placed.count)
    #expect(sightings(auditor).contract >= placed.count)
  }

  @Test(arguments: sources)
  func noLabelWithItComesThroughPrometheus(_ source: String) throws {
    let contract = try contract(source)
    guard let compiled = try? MetricRelabelling(contract, names: contract.exampleNames) else { return }
    let relabelling = try Relabelling(
      try #require(try YAMLDocument.parse(Array(compiled.yaml.utf8))["metric_relabel_configs"]), version: .prometheus2)
    let wellNamed = prose.filter(\.isASCII).map { $0.isLetter ? String($0) : "_" }.joined()
    var kept = 0
    for disguise in Disguise.allCases {
      let text = disguise.of(prose)
      for (series, values) in samples(of: contract, holding: text) {
        for turn in 0..<(values.map(\.texts.count).max() ?? 0) {
          var labels = ["__name__": series, "job": "j", "instance": "i", "exported_job": text, wellNamed: "1"]
          for (label, texts) in values { labels[label] = texts[min(turn, texts.count - 1)] }
          guard case .kept(let passed) = relabelling.apply(to: labels) else { continue }
          kept += 1
          #expect(passed[wellNamed] == nil && passed["exported_job"] == nil)
          let all = passed.filter { !["__name__", "job", "instance"].contains($0.key) }.values.joined(separator: "\n")
          #expect(!holds(Array(all.utf8), text), "\(series), \(disguise)")
        }
      }
    }
    #expect(kept > 0 && relabelling.apply(to: ["__name__": wellNamed]) == .dropped(rule: 0))
  }

  @Test(arguments: sources)
  func isAFindingInNamesAndComments(_ source: String) throws {
    let contract = try contract(source)
    guard let family = contract.metrics.first?.families.first else { return }
    let name = prose.filter(\.isASCII).map { $0.isLetter ? String($0) : "_" }.joined()
    for text in [
      "\(family){\(name)=\"1\"} 1\n", "\(name) 1\n", "# HELP \(family) \(prose)\n\(family) 1\n",
      "# \(prose)\n\(family) 1\n", "\(family) 1 # {\(name)=\"1\"} 1\n", "\(family) 1 # {a=\"\(prose)\"} 1\n",
    ] {
      let auditor = try auditor(contract)
      _ = try FileSink.read(Array("# TYPE \(family) gauge\n\(text)# EOF\n".utf8), path: "it.prom", into: auditor)
      #expect(sightings(auditor).canary > 0)
    }
  }

  // MARK: Loki's answers

  /// Line, stream label and structured metadata of an entry, as Loki hands them out with and without categories, and as they are
  /// pushed.
  @Test(arguments: sources, Disguise.allCases)
  func isAFindingInEveryPartOfALokiEntry(_ source: String, _ disguise: Disguise) throws {
    let contract = try contract(source)
    let text = String(
      decoding: try JSONEncoder().encode(disguise.of(prose)), as: UTF8.self)
    let line = try JSONEncoder().encode(
      contract.logs.first.map { Specimens(contract).claimed(by: $0.lines[0]) } ?? "a")
    let claimed = String(decoding: line, as: UTF8.self)
    func answer(_ stream: String, _ entry: String) -> String {
      #"{"status":"success","data":{"resultType":"streams","result":[{"stream":\#(stream),"values":[\#(entry)]}]}}"#
    }
    let time = #""1795343605000000002""#
    for answer in [
      answer(#"{"job":"j"}"#, "[\(time),\(text)]"),
      answer(#"{"job":\#(text)}"#, "[\(time),\(claimed)]"),
      answer(#"{"job":"j","prompt":\#(text)}"#, "[\(time),\(claimed)]"),
      answer(#"{"job":"j"}"#, #"[\#(time),\#(claimed),{"structuredMetadata":{"prompt":\#(text)}}]"#),
      answer(#"{"job":"j"}"#, #"[\#(time),\#(claimed),{"parsed":{"prompt":\#(text)}}]"#),
      #"{"streams":[{"stream":{"job":"j"},"values":[[\#(time),\#(claimed),{"prompt":\#(text)}]]}]}"#,
    ] {
      let auditor = try auditor(contract)
      _ = try FileSink.read(Array(answer.utf8), path: "it.json", surface: .log, into: auditor)
      #expect(sightings(auditor).canary > 0)
    }
  }
}
