import Syntax
import Vocabulary

/// The PromQL queries of a Grafana dashboard, with its variables filled in.
struct PanelQueries {
  struct Query {
    var path: String
    /// Of the target in the dashboard.
    var pointer: String
    var expression: String
  }

  private(set) var queries: [Query] = []

  /// - Throws: `Fault(.usage)` with line and column where the file is no JSON.
  init(_ file: ConfigTree.File) throws(Fault) {
    let root = try JSONDocument.parse(file.bytes, path: file.path)
    // Dashboards exported by the API are wrapped.
    let isWrapped = root["dashboard"]?.mapping != nil
    let dashboard = root["dashboard"] ?? root
    let variables = Variables(dashboard)
    collect(dashboard, at: isWrapped ? "/dashboard" : "", variables, path: file.path)
  }

  private mutating func collect(
    _ container: PositionedValue, at pointer: String, _ variables: Variables, path: String
  ) {
    for (index, panel) in (container["panels"]?.array ?? []).enumerated() {
      let pointer = "\(pointer)/panels/\(index)"
      for (index, target) in (panel["targets"]?.array ?? []).enumerated() {
        let source = target["datasource"]?["type"]?.string ?? panel["datasource"]?["type"]?.string
        guard let expression = target["expr"]?.string, !expression.isEmpty, source == nil || source == "prometheus"
        else {
          continue
        }
        // Loki's panels have the same shape.
        let isPromQL = (try? PromQLExpression.parse(expression, options: .grafana)) != nil
        guard isPromQL || (try? LogQLExpression.parse(expression)) == nil else { continue }
        queries.append(
          Query(path: path, pointer: "\(pointer)/targets/\(index)", expression: variables.fill(expression)))
      }
      collect(panel, at: pointer, variables, path: path)
    }
  }
}

/// Grafana's template variables with one fixed value each: everything inside matchers, the usual windows in brackets.
struct Variables {
  private var values: [String: String] = [:]

  /// Windows as Grafana would choose them for a 15 s scrape.
  private static let windows: [String: String] = [
    "__rate_interval": "1m", "__interval": "15s", "__range": "15m", "__range_s": "900", "__range_ms": "900000",
    "__interval_ms": "15000",
  ]

  init(_ dashboard: PositionedValue) {
    for variable in dashboard["templating"]?["list"]?.array ?? [] {
      guard let name = variable["name"]?.string else { continue }
      if let value = variable["current"]?["value"]?.string, value != "$__all" { values[name] = value }
    }
  }

  /// The expression with every variable replaced: in the strings of conditions by `.*` (an equality becomes a regular
  /// expression), for durations by a window, elsewhere by the current value, or by 5.
  func fill(_ text: String) -> String {
    let expression = try? PromQLExpression.parse(text, options: .grafana)
    let prepared = expression.map { $0.rewritten(node).printed(dialect: .grafana) } ?? text
    return GrafanaVariable.replaced(in: prepared) { Self.windows[$0] ?? values[$0] ?? "5" }
  }

  private func node(_ node: PromQLExpression.Node) -> PromQLExpression.Node {
    switch node {
    case .selector(var selector):
      for (index, matcher) in selector.matchers.enumerated() where GrafanaVariable.occurs(in: matcher.value) {
        let isPositive = matcher.op == .equal || matcher.op == .matches
        selector.matchers[index].op = .matches
        selector.matchers[index].value = isPositive ? ".*" : ".+|"
      }
      selector.range = selector.range.map(duration)
      selector.offset = selector.offset.map(duration)
      return .selector(selector)
    case .subquery(var subquery):
      subquery.range = duration(subquery.range)
      subquery.step = subquery.step.map(duration)
      subquery.offset = subquery.offset.map(duration)
      return .subquery(subquery)
    default: return node
    }
  }

  private func duration(_ duration: PromQLDuration) -> PromQLDuration {
    duration.rewritten { part in
      guard case .variable(let text) = part else { return part }
      let filled = GrafanaVariable.replaced(in: text) { Self.windows[$0] ?? values[$0] ?? "" }
      return .milliseconds(PrometheusDuration.milliseconds(filled.utf8) ?? 300_000)
    }
  }
}
