import Platform
import Syntax

/// A unit-test file for `promtool test rules`.
///
/// Format: https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/ (tried on promtool 2.42).
struct UnitTest {
  struct Question {
    /// Told by promtool in its failure message, for it stands in the expression as a comment.
    var id: String
    var expression: String
    var time: PrometheusDuration
    /// Samples that must come out, all without labels; empty for none.
    var expected: [Double]
  }

  struct Group {
    var recording: Recording
    var questions: [Question]
  }

  /// Paths of the rule files, relative to this file.
  var ruleFiles: [String]
  var evaluationInterval: PrometheusDuration
  /// Names of rule groups in the order in which they are evaluated; promtool's own order is random.
  var order: [String]
  var groups: [Group]

  var bytes: [UInt8] {
    var out = "rule_files: \(Self.list(ruleFiles))\n"
    out += "evaluation_interval: \(evaluationInterval.text)\n"
    out += "group_eval_order: \(Self.list(order))\n"
    out += "tests:\n"
    for group in groups { append(group, to: &out) }
    return Array(out.utf8)
  }

  private func append(_ group: Group, to out: inout String) {
    out += "  - name: \(Self.quoted("course \(group.recording.course.rawValue)"))\n"
    out += "    interval: \(group.recording.step.text)\n"
    out += "    input_series:\n"
    for series in group.recording.series {
      out += "      - {series: \(Self.quoted(series.notation)), values: \(Self.quoted(SeriesNotation.text(series)))}\n"
    }
    out += "    promql_expr_test:\n"
    for question in group.questions {
      out += "      - expr: \(Self.quoted("\(question.expression) # \(question.id)"))\n"
      out += "        eval_time: \(question.time.text)\n"
      let samples = question.expected.map { "{labels: '{}', value: \(SeriesNotation.number($0))}" }
      out += "        exp_samples: [\(samples.joined(separator: ", "))]\n"
    }
  }

  private static func quoted(_ text: String) -> String {
    var out = ""
    PositionedValue.quote(text, to: &out)
    return out
  }

  private static func list(_ texts: [String]) -> String { "[\(texts.map(quoted).joined(separator: ", "))]" }
}
