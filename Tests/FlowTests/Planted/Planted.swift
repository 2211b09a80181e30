import Testing

@testable import Flow

/// A way for text to flow that somebody built into a tree, and the same tree without it.
struct Planted: CustomTestStringConvertible, Sendable {
  /// What is planted.
  var name: String
  /// The check that must find it.
  var rule: String
  var leak: [File]
  var fixed: [File]

  struct File: Sendable {
    var path: String
    var text: String

    init(_ path: String, _ text: String) {
      self.path = path
      self.text = text
    }
  }

  init(_ name: String, _ rule: String, _ leak: [File], fixed: [File]) {
    self.name = name
    self.rule = rule
    self.leak = leak
    self.fixed = fixed
  }

  var testDescription: String { name }

  static let all =
    alerts + texts + routes + relabellings + logs + dashboards + settings + launches + grafana + sites + notations
}

extension Planted.File {
  /// One rule file with rules in one group.
  static func rules(_ rules: String...) -> Self {
    Self("rules/alerts.yml", "groups:\n- name: g\n  rules:\n" + rules.map { "  - {\($0)}\n" }.joined())
  }

  /// An alert that lacks nothing else.
  static func alert(_ expression: String, _ annotation: String = "check it", more: String = "") -> Self {
    rules(
      "alert: A, expr: '\(expression)', labels: {severity: warning}, "
        + "annotations: {action: check, description: '\(annotation)'}\(more)")
  }

  /// A scrape configuration of one job.
  static func prometheus(job: String = "litellm", _ more: String = "") -> Self {
    Self("prometheus.yml", "scrape_configs:\n- {job_name: \(job)\(more.isEmpty ? "" : ", " + more)}\n")
  }

  static func dashboard(_ members: String) -> Self {
    Self("dashboards/a.json", "{\"title\": \"a\", \"schemaVersion\": 39, \"panels\": [\(members)]}")
  }
}
