import Foundation
import Syntax
import Testing

/// Held to what Prometheus's own test scripts say that Prometheus returns.
@Suite(
  .enabled(if: !TestScripts.files.isEmpty, "the evaluation data of Prometheus's test scripts is not there"))
struct LabelOracleScriptTests {
  @Test func resultsCarryWhatIsPredicted() throws {
    let rules = PromQLLabels.Rules(delaysNameRemoval: true)  // As promqltest's engine does.
    var counts = LabelOracle.Counts()
    var skipped: [PromQLScript.Outcome: Int] = [:]
    for file in TestScripts.files {
      let script = PromQLScript(String(decoding: try Shared.bytes(file), as: UTF8.self))
      #expect(script.strange.isEmpty, "\(file): lines \(script.strange) are not understood")
      for evaluation in script.evaluations {
        guard evaluation.outcome == .series else {
          skipped[evaluation.outcome, default: 0] += 1
          continue
        }
        let place = "\(file):\(evaluation.line)"
        let labels = try PromQLExpression.parsed(evaluation.expression).labels(rules: rules)
        do {
          counts += try LabelOracle(labels, loaded: evaluation.loaded).check(evaluation.expected)
        } catch {
          Issue.record("\(place): \(error)")
        }
      }
    }
    #expect(counts.evaluations > 2000 && counts.series > 3000, "\(counts)")
    // Numbers and strings have no labels, and what fails has no result.
    #expect(skipped.values.reduce(0, +) < 100, "\(skipped)")
    // A prediction that is never exact would hold of anything.
    #expect(Double(counts.exact) > 0.95 * Double(counts.evaluations), "\(counts)")
    #expect(Double(counts.vague) < 0.02 * Double(counts.values), "\(counts)")
  }
}

private enum TestScripts {
  static let files = Shared.files("corpora/promql").filter { $0.hasSuffix(".test") }
}
