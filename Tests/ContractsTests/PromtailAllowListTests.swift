import Pipelines
import Syntax
import Testing
import Vocabulary

@testable import Contracts

/// What Promtail would send under the compiled stages, made from the clauses of every contract themselves.
@Suite struct PromtailAllowListTests {
  private static let texts = ["resuma o laudo da paciente", "x", "1", "'", "\\", "\r", "Vm0gcGVyZ3VudG8", "ção", " "]

  private func pipeline(_ contract: Contract) throws -> Pipeline? {
    guard contract.logs.contains(where: { if case .forbidden = $0.standing { false } else { true } }) else {
      return nil
    }
    let yaml = try PromtailAllowList(
      contract, names: contract.exampleNames, labels: PromtailAllowList.usualLabels + ["site"]
    ).yaml
    return try Pipeline(try #require(try YAMLDocument.parse(Array(yaml.utf8))["pipeline_stages"]))
  }

  private func sent(_ line: [UInt8], _ pipeline: Pipeline) throws -> PipelineEntry? {
    let labels = ["job": "j", "filename": "f", "prompt": "p", "contract_ok": "1", "contract_line": "x"]
    for case .kept(let entry) in try pipeline.process(PipelineEntry(line: line, labels: labels, number: 1)) {
      return entry
    }
    return nil
  }

  @Test(arguments: ContractFilesTests.names)
  func whatPassesIsClaimed(_ name: String) throws {
    let contract = try ContractFilesTests.contract(name)
    guard let pipeline = try pipeline(contract) else { return }
    let compiled = try CompiledContract(contract, names: contract.exampleNames)
    var graph = TemplateMatcher(compiled.lines)
    var passed = 0
    for clause in contract.logs {
      for example in clause.examples + clause.counterExamples {
        for line in example.split(separator: "\n", omittingEmptySubsequences: false).map({ Array($0.utf8) }) {
          // As it is, as vLLM ends lines, and with text in every slot and at both ends.
          var lines = [line, line + [0x0D]]
          if line.withUnsafeBytes({ graph.match($0, 0..<$0.count) }) != nil {
            for slot in graph.captures.map(\.range) + [0..<0, line.count..<line.count] {
              for text in Self.texts {
                var changed = line
                changed.replaceSubrange(slot, with: Array(text.utf8))
                lines.append(changed)
              }
            }
          }
          for line in lines {
            guard let entry = try sent(line, pipeline) else { continue }
            passed += 1
            var matcher = ContractMatcher(compiled)
            #expect(entry.line.withUnsafeBytes { matcher.line($0, 0..<$0.count) } == nil, "\(clause.id)")
            #expect(entry.labels == ["job": "j", "filename": "f"] && entry.metadata.isEmpty && entry.line.last != 0x0D)
          }
        }
      }
    }
    #expect(passed > 0)
  }

  @Test(arguments: ContractFilesTests.names)
  func claimedLinesPass(_ name: String) throws {
    let contract = try ContractFilesTests.contract(name)
    guard let pipeline = try pipeline(contract) else { return }
    for clause in contract.logs {
      guard case .always = clause.standing, clause.lines.allSatisfy({ $0.expression(contract.exampleNames) != nil })
      else {
        continue
      }
      for example in clause.examples {
        let first = Array(example.utf8.prefix { $0 != 0x0A })
        #expect(try sent(first, pipeline)?.line == (first.last == 0x0D ? first.dropLast() : first), "\(clause.id)")
      }
    }
    #expect(try sent(Array("resuma o laudo".utf8), pipeline) == nil)
    #expect(try sent([], pipeline) == nil)
  }
}
