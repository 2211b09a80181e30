import Expressions
import Pipelines
import Syntax
import Testing
import Vocabulary

@testable import Contracts

/// What Prometheus would keep under the compiled rules, made from the clauses of every contract themselves: claimed series as they
/// are, of everything else nothing that the contract doesn't claim.
@Suite struct MetricRelabellingTests {
  private static let text = "resuma o laudo da paciente, por favor"
  /// Values of other types, and ones that only look like a type's.
  private static let values = [
    text, "linha\nresuma o laudo", "0", "-1", "é", "out-of-contract", "a;b", "yes", "other;", "carcara-chat",
    "99999999999999999999999",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "v1.2.3.", "/", "GPU-x",
    "::", "1.5.",
  ]

  private func relabelling(_ contract: Contract, _ version: RE2.Anchoring) throws -> Relabelling {
    let yaml = try MetricRelabelling(contract, names: contract.exampleNames, targetLabels: ["site"]).yaml
    let document = try YAMLDocument.parse(Array(yaml.utf8))
    return try Relabelling(try #require(document["metric_relabel_configs"]), version: version)
  }

  @Test(arguments: ContractFilesTests.names, [RE2.Anchoring.prometheus2, .prometheus3])
  func whatPassesIsClaimed(_ name: String, _ version: RE2.Anchoring) throws {
    let contract = try ContractFilesTests.contract(name)
    guard !contract.metrics.isEmpty else { return }
    let relabelling = try relabelling(contract, version)
    let compiled = try CompiledContract(contract, names: contract.exampleNames)
    var passed = 0
    for clause in contract.metrics {
      for (series, ownLabel) in clause.kind.series(of: clause.families[0]) {
        for value in Self.values {
          var labels = [
            "__name__": series, "job": "j", "instance": "10.0.0.1:1", "prompt": value, "__tmp_claimed": "claimed",
          ]
          for label in clause.labels.map(\.name) + [ownLabel ?? "le"] { labels[label] = value }
          guard case .kept(let kept) = relabelling.apply(to: labels) else { continue }
          passed += 1
          var matcher = ContractMatcher(compiled)
          #expect(matcher.family(series) == nil, "\(clause.id)")
          #expect(kept["prompt"] == nil && kept["__tmp_claimed"] == nil)
          for (label, value) in kept where !["__name__", "job", "instance"].contains(label) {
            let breach = Array(value.utf8).withUnsafeBytes { matcher.label(label, $0, of: series) }
            #expect(breach == nil, "\(clause.id) \(label)")
            #expect(value != Self.text)
          }
        }
      }
    }
    #expect(passed > 0)
    #expect(relabelling.apply(to: ["__name__": "made_up_family", "job": "j"]) == .dropped(rule: 0))
  }

  @Test(arguments: ContractFilesTests.names)
  func claimedSeriesPassAsTheyAre(_ name: String) throws {
    let contract = try ContractFilesTests.contract(name)
    guard !contract.metrics.isEmpty else { return }
    let relabelling = try relabelling(contract, .prometheus2)
    var examples = 0
    for clause in contract.metrics {
      if case .forbidden = clause.standing { continue }
      for example in clause.examples {
        var reader = LabelReader()
        let bytes = Array(example.utf8)
        try bytes.withUnsafeBytes { raw in
          reader.bytes = raw
          try ExpositionParser.parse(raw, &reader)
        }
        var labels = reader.labels.filter { !$0.value.isEmpty }
        labels.merge(["job": "j", "instance": "10.0.0.1:1", "site": "s"]) { $1 }
        #expect(relabelling.apply(to: labels) == .kept(labels), "\(clause.id)")
        examples += 1
      }
    }
    #expect(examples > 0)
  }

  /// Two clients whose names are both replaced are two series still, told apart by a few bits.
  @Test func seriesThatAreChangedStayApart() throws {
    let contract = try ContractFilesTests.contract("litellm.yaml")
    let relabelling = try relabelling(contract, .prometheus2)
    func kept(_ label: String, _ value: String) -> [String: String] {
      let labels = [
        "__name__": "litellm_proxy_total_requests_metric_total", "status_code": "200", label: value,
        Contract.changedLabel: "7", "__tmp_changed": "no",
      ]
      guard case .kept(let kept) = relabelling.apply(to: labels) else { return [:] }
      return kept
    }
    let replaced = ["um", "outro", "mais um"].map { kept("requested_model", $0) }
    #expect(Set(replaced).count == 3 && replaced.allSatisfy { $0["requested_model"] == Contract.replacement })
    for series in replaced { #expect(Int(series[Contract.changedLabel] ?? "").map { $0 < Contract.buckets } == true) }
    #expect(kept("requested_model", "carcara-chat")[Contract.changedLabel] == nil)
    // A label that the contract of the series does not have, but another one's does.
    #expect(kept("callback_name", "um")[Contract.changedLabel] != nil)
  }

  @Test func aTargetLabelMustNotBeTheSources() throws {
    let contract = try ContractFilesTests.contract("vllm.yaml")
    #expect(throws: Fault.self) {
      try MetricRelabelling(contract, names: contract.exampleNames, targetLabels: ["model_name"])
    }
  }
}

private struct LabelReader: ExpositionVisitor {
  var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
  var labels: [String: String] = [:]

  mutating func sample(_ sample: borrowing ExpositionSample) throws(Fault) {
    labels["__name__"] = String(decoding: bytes[sample.name], as: UTF8.self)
    for label in sample.labels {
      var value: [UInt8] = []
      ExpositionText.append(bytes, label.value, to: &value)
      labels[String(decoding: bytes[label.name], as: UTF8.self)] = String(decoding: value, as: UTF8.self)
    }
  }

  mutating func broken(_ line: Range<Int>, at offset: Int, problem: StaticString) throws(Fault) {}
}
