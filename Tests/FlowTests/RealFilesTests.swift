import Foundation
import Testing
import Vocabulary

@testable import Flow

@Suite(.enabled(if: Shared.isThere, "no evaluation data beside the checkout (SIGILO_SHARED)"))
struct RealFilesTests {
  /// Files of other projects, each by itself. What is graver than a remark was looked at, and is panels that do show log lines; the
  /// remarks were looked at by kind.
  @Test func realFilesHaveTheseFindings() throws {
    let root = "\(Shared.root)/corpora/real"
    var counts: [String: Int] = [:]
    var roles: [FileRole: Int] = [:]
    for path in Shared.files(below: root) {
      let file = try file("\(root)/\(path)")
      roles[file.role, default: 0] += 1
      for finding in ConfigChecks.check(file, facts) { counts["\(finding.severity) \(finding.rule)", default: 0] += 1 }
    }
    #expect(
      counts == [
        "exposure dashboard-logs-panel": 23,
        "hygiene client-label-in-annotation": 246, "hygiene dead-metric": 29, "hygiene loki-log-level": 15,
        "hygiene loki-metadata": 14, "hygiene loki-statistics": 13, "hygiene missing-severity-or-action": 844,
        "hygiene promtail-end-of-life": 9, "hygiene promtail-log-level": 1, "hygiene receiver-outside-site": 6,
        "hygiene secret-in-config": 7, "hygiene telemetry-outside-site": 4, "hygiene threshold-out-of-range": 3,
        "hygiene unreadable-expression": 4,
      ])
    for role in [FileRole.rules, .dashboard, .prometheusConfig, .alertmanagerConfig, .template, .promtailConfig] {
      #expect(roles[role, default: 0] > 0)
    }
  }

  @Test(arguments: [
    ("documented.rules.yml", ["dead-metric 10", "dead-metric 14"]),
    ("fixed.rules.yml", ["client-label-in-alert 7"]),
    ("leak.rules.yml", ["client-label-in-alert 6"] + [7, 9, 10, 11].map { "client-label-in-annotation \($0)" }),
    ("litellm_config_vetted.yaml", []),
    ("litellm_config_default.yaml", ["litellm-content-setting 12"]),
    ("litellm_config_vetted_but_slack_alerting.yaml", ["litellm-content-setting 29"]),
    ("litellm_config_leaky_labels.yaml", [12, 13, 14, 16].map { "litellm-content-setting \($0)" }),
  ])
  func samplesHaveTheirKnownFaults(name: String, expected: [String]) throws {
    let findings = ConfigChecks.check(try file("\(Shared.samples)/\(name)"), facts).filter {
      $0.severity >= .exposure
    }
    #expect(findings.map { "\($0.rule) \($0.line ?? 0)" } == expected)
  }

  private func file(_ path: String) throws -> ConfigFile {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    return ConfigFile(
      path: (path as NSString).lastPathComponent, role: FileRole.recognise(path: path, bytes: bytes), bytes: bytes)
  }
}
