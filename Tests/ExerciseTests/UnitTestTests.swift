import Engines
import Platform
import Syntax
import Testing

@testable import Exercise

@Suite struct UnitTestTests {
  private func series(_ values: [Double?], period: Int = 1) -> Recording.Series {
    Recording.Series(name: "x", labels: [], period: period, values: values)
  }

  @Test func samplesAreFoldedAndEndsMarked() {
    #expect(SeriesNotation.text(series([0, 0, 0, 1, 2])) == "0x2 1 2")
    #expect(SeriesNotation.text(series([nil, nil, 3, nil, nil, nil, 4])) == "_x2 3 stale _x2 4")
    // Steps between two scrapes are no end of the series.
    #expect(SeriesNotation.text(series([1, nil, 2, nil, nil, nil], period: 2)) == "1 _ 2 _ stale _")
    #expect(SeriesNotation.text(series([-0.5, 1e-7, .nan, .infinity])) == "-0.5 1e-07 NaN Inf")
  }

  /// promtool itself counts what the notation says.
  @Test(.enabled(if: canTest(.promtool), "promtool is not installed"))
  func promtoolReadsTheNotation() async throws {
    let values: [Double?] = [nil, 1.5, 1.5, 1.5, nil, nil, 1e-7, -3, 2e20, nil]
    var odd = series(values)
    odd.labels = [("path", #"a "b" \c"# + "\n")]
    let step = PrometheusDuration(milliseconds: 15_000)
    let recording = Recording(course: .healthy, step: step, steps: values.count, series: [odd])
    func question(_ id: String, _ expression: String, at index: Int, _ expected: [Double]) -> UnitTest.Question {
      UnitTest.Question(
        id: id, expression: expression, time: PrometheusDuration(seconds: recording.time(index)), expected: expected)
    }
    let test = UnitTest(
      ruleFiles: [], evaluationInterval: step, order: [],
      groups: [
        UnitTest.Group(
          recording: recording,
          questions: [
            question("count", "sum(count_over_time(x[10m]))", at: 9, [6]), question("before", "x", at: 0, []),
            question("held", "sum(x)", at: 3, [1.5]), question("stale", "x", at: 4, []),
            question("tiny", "sum(x)", at: 6, [1e-7]), question("huge", "sum(x)", at: 8, [2e20]),
            question("wrong", "x", at: 7, []),
          ])
      ])
    let folder = try WorkFolder.create()
    defer { folder.remove() }
    let report = UnitTestReport(try await Promtool.find().testRules([try folder.write(test.bytes, to: "test.yaml")]))
    #expect(report.failures.keys.sorted() == ["wrong"])
    #expect(report.failures["wrong"]?.first?.labels["path"] == #"a "b" \c"# + "\\n")
    #expect(report.failures["wrong"]?.first?.value == -3)
  }

  @Test func refusalIsToldFromFailure() {
    let refused = CommandResult(exit: 1, stderr: Array("  FAILED:\nrules.yaml: yaml: line 3: did not find\n".utf8))
    #expect(UnitTestReport(refused).isRefused)
    let failed = CommandResult(
      exit: 1, stderr: Array("  FAILED:\n    rule: A, b, time: 1m, err: found duplicate series\n".utf8))
    #expect(UnitTestReport(failed).failedRules == ["A, b"])
    #expect(!UnitTestReport(CommandResult(exit: 0)).isRefused)
  }
}
