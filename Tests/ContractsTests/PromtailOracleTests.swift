import EngineSupport
import Foundation
import Pipelines
import Syntax
import Testing
import Vocabulary

@testable import Contracts

/// What the real Promtail sends, where one is on PATH, beside what the evaluator says: of the stages compiled from every contract,
/// and of others as people write them.
@Suite(.enabled(if: Promtail.isWanted, "promtail is not on PATH"))
struct PromtailOracleTests {
  @Test(arguments: ContractFilesTests.names)
  func compiledStages(_ name: String) throws {
    let contract = try ContractFilesTests.contract(name)
    guard let allowList = try? PromtailAllowList(contract, names: contract.exampleNames) else { return }
    let texts = contract.logs.flatMap { $0.examples + $0.counterExamples }
    let lines = texts.flatMap { $0.split(separator: "\n") }.map(String.init)
    try compare(
      allowList.yaml, lines + lines.flatMap { [$0 + "\r", $0 + " x", "x" + $0, $0.replacing("1", with: "ã")] })
  }

  @Test(arguments: [
    "- drop: {expression: 'segredo', drop_counter_reason: asked}",
    "- replace: {expression: 'user=(\\S+)', replace: '***'}",
    "- replace: {expression: 'user=\\S+', replace: '***'}",
    "- regex: {expression: 'user=(?P<who>\\w+)'}\n- labels: {who: }\n- labeldrop: [prompt]",
    "- regex: {expression: 'n=(?P<num>[0-9]+)'}\n- template: {source: num, template: '{{ if .num }}n is {{ .num }}{{ end }}'}\n- output: {source: num}",
    "- json: {expressions: {m: message, who: user.name}}\n- labels: {who: }\n- output: {source: m}",
    "- logfmt: {mapping: {who: user, num: size}}\n- labels: {num: }",
    "- match: {selector: '{job=\"j\"} |~ \"user\" != \"segredo\"', action: drop}",
    "- decolorize:\n- labelallow: [job]",
    "- pack: {labels: [prompt], ingest_timestamp: false}",
    "- static_labels: {a: b}\n- match: {selector: '{a=\"b\"} |= \"user\"', stages: [{labeldrop: [a]}]}",
  ])
  func stagesAsPeopleWriteThem(_ stages: String) throws {
    try compare(
      "pipeline_stages:\n" + stages.split(separator: "\n").map { "  \($0)\n" }.joined(),
      [
        "user=ana n=12 size=9 segredo", "user=bia n=7 size=\"1 2\"", "user=\"ana maria\" n=x", "n=5", "um segredo",
        "\u{1B}[31muser=c\u{1B}[0m",
        #"{"message":"oi n=3","user":{"name":"ana"}}"#, #"{"message":4,"user":{}}"#, "{", "ção user=é n=0",
      ])
  }

  private func compare(_ yaml: String, _ lines: [String]) throws {
    let pipeline = try Pipeline(try #require(try YAMLDocument.parse(Array(yaml.utf8))["pipeline_stages"]))
    let labels = ["job": "j", "prompt": "p"]
    // Promtail hands lines on without the carriage return at their end, and no empty ones.
    let lines = lines.map { String($0.reversed().drop { $0 == "\r" || $0 == "\n" }.reversed()) }.filter { !$0.isEmpty }
    var expected: [Promtail.Entry] = []
    var sent: [String] = []
    for line in lines {
      for case .kept(let entry) in try pipeline.process(
        PipelineEntry(line: Array(line.utf8), labels: labels, number: 1))
      {
        expected.append(Promtail.Entry(labels: entry.labels, line: String(decoding: entry.line, as: UTF8.self)))
        sent.append(line)
      }
    }
    // At the end one that passes, so that any that should not have passed comes before it.
    let (last, entry) = (try #require(sent.last), try #require(expected.last))
    let found = try Promtail.send(lines + [last], labels, yaml, until: expected.count + 1)
    // Entries overtake each other where a stage sends some of them through stages of its own.
    let (left, right) = (found.map(\.text).sorted(), (expected + [entry]).map(\.text).sorted())
    let difference = zip(left, right).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    #expect(difference == nil && left.count == right.count)
  }
}
