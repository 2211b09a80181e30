import Syntax
import Templates

extension AlertFlow {
  /// The line with which the alert's only expression no longer carries some labels; nil where none is sure to do so.
  func closedExpression(except labels: Set<String>) -> [PasteLine]? {
    guard rule.queries.count == 1, let query = rule.queries.first else { return nil }
    let text: String?
    switch query.parsed {
    case .promQL(let expression):
      text = ClosedQuery(tree: tree, open: labels, read: printedLabels, dialect: query.dialect).text(for: expression)
    case .logQL(let expression): text = ClosedLogQuery().text(for: expression)
    case .unreadable: text = nil
    }
    return text.map { [file.entry("expr", code: $0)] }
  }

  /// What mends a text of the alert that prints something which it should not: closed labels in place of all, or the expression.
  func paste(inPlaceOf source: TemplateSource) -> [PasteLine] {
    switch source {
    case .entry(.labels, let label): return closedExpression(except: [label]) ?? []
    case .entries(.labels), .names(.labels):
      let actions = closedLabels.map { ["{{ $labels.", .name($0), " }}"] as [FlowStep.Word] }
      return actions.isEmpty ? [] : [PasteLine(Array(actions.joined(separator: [" "])))]
    default: return []
    }
  }

  /// The labels that it may carry and that nobody outside chooses, as far as they are known by name.
  private var closedLabels: [String] {
    guard !isUnknown, let labels = carrying.first?.labels, carrying.count == rule.queries.count else { return [] }
    let names = ["job", "instance"] + labels.names.filter { !ExportedLabels.added.contains($0) }
    return names.filter { name in
      ExportedLabels.isPlain(name) && !labels.origins(of: name).isEmpty
        && tree.series.traces(to: name, of: labels).isEmpty
    }
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
