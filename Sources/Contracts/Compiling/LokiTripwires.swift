import Expressions
import Syntax
public import Vocabulary

/// Rules for Loki's ruler that fire where a line came through that the contract does not claim, and where a line has the shape of
/// content. They count lines by labels of the stream alone, so that an alert can't carry what it is about.
///
/// Source: Loki's documentation of alerting rules and LogQL; grafana/loki at v3.6.15.
public struct LokiTripwires {
  /// A rule of detection that by itself makes a finding on a log line.
  public struct Shape: Sendable {
    public var id: String
    public var title: String
    public var remedy: String
    /// A PCRE2 pattern.
    public var pattern: String
    /// Lines that it must find.
    public var examples: [String]

    public init(id: String, title: String, remedy: String, pattern: String, examples: [String]) {
      self.id = id
      self.title = title
      self.remedy = remedy
      self.pattern = pattern
      self.examples = examples
    }
  }

  private let contract: Contract
  private let lines: LineExpressions
  private let labels: [String]
  private let shapes: [(shape: Shape, expression: String)]
  private let others: [String]

  /// - Parameters:
  ///   - names: what the fleet declares, which lines may refer to.
  ///   - labels: labels of the stream by which alerts are told apart, beside `job`; the scrape configuration sets them itself.
  ///   - shapes: those that RE2 cannot say are left out, and named.
  /// - Throws: `usage` for a contract without lines.
  public init(_ contract: Contract, names: FleetNames, labels: [String], shapes: [Shape]) throws(Fault) {
    self.contract = contract
    lines = try LineExpressions(contract, names: names)
    self.labels = Set(labels).subtracting(["job"]).sorted()
    var kept: [(shape: Shape, expression: String)] = []
    var others: [String] = []
    for shape in shapes {
      if Self.says(shape.pattern, shape.examples) {
        kept.append((shape, shape.pattern))
      } else {
        others.append(shape.id)
      }
    }
    self.shapes = kept
    self.others = others
  }

  /// Whether RE2 reads the pattern, and finds by it what PCRE2 does.
  private static func says(_ pattern: String, _ examples: [String]) -> Bool {
    guard let expression = try? RE2(pattern), !examples.isEmpty else { return false }
    let matcher = RE2Matcher(expression)
    return examples.allSatisfy { matcher.matches(Array($0.utf8)) }
  }

  /// A rule file of the ruler.
  public var yaml: String {
    var head = [
      "# Tripwires for the log of \(contract.source) (\(contract.versions)), made by `sigilo contract compile` from its contract and from",
      "# the policy's rules: change these and make it anew. They fire where Promtail's or Alloy's allow-list was not in the way.",
      "# Streams are told by job=\"\(contract.source)\". Alerts and their annotations hold labels of the stream and numbers only.",
    ]
    if !lines.incomplete.isEmpty {
      head += [
        "# Lines that only follow others, and lines that no expression describes, count as unclaimed; they are of the clauses",
        "# \(lines.incomplete.joined(separator: ", ")).",
      ]
    }
    if !others.isEmpty {
      head.append("# Rules of the policy that RE2's language cannot say: \(others.joined(separator: ", ")).")
    }
    var text =
      head.joined(separator: "\n") + "\ngroups:\n  - name: \(Quoting.yaml("contract-\(contract.source)"))\n    rules:\n"
    text += rule(
      "ContractUnclaimedLine", counting: "!~ \(GoString.quote(lines.whole()))", severity: "warning",
      id: "contract-line",
      summary: "Log lines that no clause of the contract claims",
      action: "Run sigilo contract check on the log at its source, and see why the collector let them through.")
    for (shape, expression) in shapes {
      text += rule(
        "ContentInLog", counting: "|~ \(GoString.quote(expression))", severity: "critical", id: shape.id,
        summary: shape.title, action: shape.remedy)
    }
    return text
  }

  private func rule(
    _ alert: String, counting filter: String, severity: String, id: String, summary: String, action: String
  ) -> String {
    let by = (["job"] + labels).joined(separator: ", ")
    let selector = "{job=\(GoString.quote(contract.source))}"
    let expression = "sum by (\(by)) (count_over_time(\(selector) \(filter) [5m])) > 0"
    let place = labels.map { " \($0) {{ $labels.\($0) }}" }.joined(separator: ",")
    return """
            - alert: \(alert)
              expr: \(Quoting.yaml(expression))
              labels: {severity: \(severity), rule: \(Quoting.yaml(id))}
              annotations:
                summary: \(Quoting.yaml("{{ $labels.job }}\(place): \(Self.plain(summary))"))
                description: \(Quoting.yaml("{{ $value }} lines in five minutes."))
                action: \(Quoting.yaml(Self.plain(action)))

      """
  }

  /// Text that the ruler's templates leave as it is.
  private static func plain(_ text: String) -> String { text.replacing("{{", with: "{ {") }
}
