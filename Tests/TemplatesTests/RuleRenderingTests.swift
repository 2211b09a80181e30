import EngineSupport
import Engines
import Foundation
import Syntax
import Templates
import Testing

/// Held to the real Prometheus: promtool evaluates rules and compares their annotations with ours, byte by byte.
struct RuleRenderingTests {
  @Test(.enabled(if: Program.isWanted(.promtool), "promtool is not installed"))
  func equalPrometheus() async throws {
    let folder = try Folder()
    defer { folder.remove() }
    let good = RuleTemplates.good.enumerated().map { ("G\($0.offset)", $0.element.value, $0.element.text) }
    let failing = RuleTemplates.failing.enumerated().map { ("F\($0.offset)", "1", $0.element) }
    let rules = (good + failing).map { name, value, text in
      ["alert": name, "expr": "m * \(value)", "annotations": ["t": text]] as [String: Any]
    }
    try folder.write("rules.yml", ["groups": [["name": "g", "rules": rules]]])
    var tests: [[String: Any]] = []
    for (name, value, text) in good {
      // A template that we can't render is expected to say so, which it never does.
      let rendered = try? Template(text, dialect: .prometheus).render(data(value), in: environment())
      tests.append(expectation(name, rendered.map { String(decoding: $0, as: UTF8.self) } ?? "not rendered"))
    }
    for (name, _, _) in failing { tests.append(expectation(name, "an error")) }
    let series =
      [["series": "m" + selector(RuleTemplates.labels), "values": "1 1"]]
      + RuleTemplates.series.sorted { $0.key < $1.key }.map {
        ["series": "up{instance=\"\($0)\"}", "values": "\($1) \($1)"]
      }
    try folder.write(
      "tests.yml",
      [
        "rule_files": ["rules.yml"], "evaluation_interval": "1m",
        "tests": [
          [
            "interval": "1m", "input_series": series, "alert_rule_test": tests,
            "external_labels": RuleTemplates.externalLabels, "external_url": RuleTemplates.externalURL,
          ] as [String: Any]
        ],
      ])
    let result = try await folder.run(.promtool, ["test", "rules", "tests.yml"])
    let output = result.stderrText + result.stdoutText
    // Each that differs is reported under its name, with what Prometheus made of it.
    let reports = output.components(separatedBy: "alertname: ").dropFirst().map {
      (name: String($0.prefix { $0.isLetter || $0.isNumber }), text: $0)
    }
    for report in reports where report.name.hasPrefix("G") {
      let template = try #require(good.first { $0.0 == report.name })
      Issue.record("\(template.2)\n\(report.text)")
    }
    let refused = reports.filter { $0.text.contains("got:") && $0.text.contains("<error expanding template:") }.map(
      \.name)
    #expect(Set(refused) == Set(failing.map(\.0)), "\(output.suffix(2000))")
    #expect(good.count >= 60 && result.exit == 1)
  }

  /// What Prometheus stops with an error is stopped with one here.
  @Test(arguments: RuleTemplates.failing) func fails(_ text: String) throws {
    let template = try Template(text, dialect: .prometheus)
    let error = #expect(throws: TemplateError.self) { try template.render(data("1"), in: environment()) }
    #expect(error?.isUnsupported == false)
  }

  private func data(_ value: String) -> TemplateValue {
    .rule(
      labels: RuleTemplates.labels, value: Double(value.replacingOccurrences(of: "Inf", with: "inf")) ?? .nan,
      externalLabels: RuleTemplates.externalLabels, externalURL: RuleTemplates.externalURL)
  }

  private func environment() -> TemplateEnvironment {
    var environment = TemplateEnvironment()
    environment.release = .init(2, 42)
    environment.now = TemplateTime(seconds: 60)
    environment.externalURL = RuleTemplates.externalURL
    let series = RuleTemplates.series
    environment.query = { text in
      func up(_ instance: String) -> TemplateEnvironment.Sample {
        .init(labels: ["__name__": "up", "instance": instance], value: series[instance] ?? 0)
      }
      switch text {
      case "up": return series.keys.sorted().map(up)
      case "up{instance='a'}": return [up("a")]
      case "up{instance='b'}": return [up("b")]
      case "sum(up)": return [.init(labels: [:], value: series.values.reduce(0, +))]
      case "nosuch": return []
      default: throw QueryError("a query that no test asks", at: 0, in: [])
      }
    }
    return environment
  }

  private func expectation(_ name: String, _ text: String) -> [String: Any] {
    [
      "eval_time": "1m", "alertname": name,
      "exp_alerts": [["exp_labels": RuleTemplates.labels, "exp_annotations": ["t": text]]],
    ]
  }

  private func selector(_ labels: [String: String]) -> String {
    "{" + labels.sorted { $0.key < $1.key }.map { "\($0)=\(GoString.quote($1))" }.joined(separator: ", ") + "}"
  }
}
