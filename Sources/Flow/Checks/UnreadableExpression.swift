import Syntax
import Templates
import Vocabulary

/// An expression or a text of a rule that no program can read: the rule file is refused, or the alert's text is replaced by an error.
/// What can't be read can't be followed either.
enum UnreadableExpression: ConfigCheck {
  static let rule = "unreadable-expression"
  static let title = "Expressions and texts of rules can be read"
  static let why = """
    Prometheus refuses a file with such an expression, and prints an error in place of such a text. Nobody can say where its labels go.
    """

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    file.rules.flatMap { rule in
      rule.queries.compactMap { query in
        guard case .unreadable(let error) = query.parsed, !query.isFilledIn else { return nil }
        return finding(error, "the expression is neither PromQL nor LogQL", (query.pointer, query.value), file)
      }
        + rule.templates.compactMap { place in
          do throws(QueryError) {
            _ = try GoTemplate(
              Array((place.value.string ?? "").utf8),
              dialect: file.role == .grafanaProvisioning ? .grafanaRules : .prometheus)
            return nil
          } catch {
            return finding(error, "the text is no template", place, file)
          }
        }
    }
  }

  private static func finding(
    _ error: QueryError, _ words: String, _ place: (pointer: String, value: PositionedValue), _ file: CheckedFile
  ) -> ConfigFinding {
    file.finding(
      rule, .hygiene, .alert, at: place,
      "\(words): \(error.message) (line \(error.line), column \(error.column) of it)",
      remedy: "correct it, then run promtool check rules on the file")
  }

  static let examples = [
    CheckExample(
      .rules,
      """
      groups:
        - name: g
          rules:
            - alert: Half
              expr: ↓sum(rate(x[5m])
            - alert: Text
              expr: up == 0
              annotations: {description: ↓'{{ $labels.job '}
            - record: r
              expr: ↓up and 1
            - alert: Function
              expr: up == 0
              annotations: {description: ↓'{{ frobnicate $value }}'}
      """),
    CheckExample(
      .grafanaProvisioning,
      """
      apiVersion: 1
      groups:
        - name: g
          rules:
            - title: Half
              condition: A
              data: [{refId: A, datasourceUid: prometheus, model: {expr: ↓'sum(rate(x[$__rate_interval])'}}]
      """),
  ]

  static let counterExamples = [
    CheckExample(
      .rules,
      """
      groups:
        - name: g
          rules:
            - alert: PromQL
              expr: sum(rate(x[5m])) > 1
              annotations: {description: '{{ $value | humanize }} on {{ $labels.job }}'}
            - alert: LogQL
              expr: 'sum(rate({job="x"} |= "error" [5m])) > 1'
            - alert: Made
              expr: up == {{ .Threshold }}
      """),
    CheckExample(
      .grafanaProvisioning,
      """
      apiVersion: 1
      groups:
        - name: g
          rules:
            - title: Whole
              condition: B
              data:
                - {refId: A, datasourceUid: prometheus, model: {expr: 'sum by (job) (rate(x[$__rate_interval]))'}}
                - {refId: B, datasourceUid: P1, model: {expr: 'sum(count_over_time({job="x"} |= "error" [$__interval]))'}}
                - {refId: C, datasourceUid: sql, model: {datasource: {type: mysql}, expr: SELECT 1}}
                - {refId: D, datasourceUid: __expr__, model: {type: math, expression: $A + $B, expr: no query}}
      """),
  ]
}

extension Query {
  /// Whether something else (Helm, Jinja) fills it in before a program reads it.
  fileprivate var isFilledIn: Bool {
    text.contains("{{") || text.contains("[[") || text.contains("${") || text.contains("<<")
  }
}
