import Syntax
import Templates

extension AlertFlow {
  /// The line with which one of its PromQL expressions no longer carries some labels; nil where none is sure to do so.
  func closedExpression(of query: Query, except labels: Set<String>) -> [PasteLine]? {
    guard case .promQL(let expression) = query.parsed else { return nil }
    let closed = ClosedQuery(tree: tree, open: labels, read: printedLabels)
    return closed.text(for: expression).map { [PasteLine(key: "expr", code: $0)] }
  }

  /// The labels that its texts print by name, sorted.
  private var printedLabels: [String] {
    let dialect: TemplateDialect = file.role == .grafanaProvisioning ? .grafanaRules : .prometheus
    let sources = rule.templates.flatMap { place in
      (try? Template(place.value.string ?? "", dialect: dialect))?.flow().output.map(\.source) ?? []
    }
    return Set(
      sources.compactMap { source -> String? in
        switch source {
        case .entry(.labels, let label), .entry(.valueLabels, let label): label
        default: nil
        }
      }
    ).sorted()
  }
}
