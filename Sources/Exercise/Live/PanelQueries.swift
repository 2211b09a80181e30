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
        // Loki's panels have the same shape; PromQL has no pipe.
        let filled = variables.fill(expression)
        guard !PromQLLexer.tokens(filled).contains(where: { $0.kind == .symbol("|") }) else { continue }
        queries.append(
          Query(path: path, pointer: "\(pointer)/targets/\(index)", expression: filled))
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

  /// The expression with every variable replaced: in strings of matchers by `.*` (an equality becomes a regular
  /// expression), in brackets by a window, elsewhere by the current value, or by 5.
  func fill(_ expression: String) -> String {
    let bytes = Array(expression.utf8)
    let tokens = PromQLLexer.tokens(expression)
    var out: [UInt8] = []
    var copied = 0
    func replace(_ range: Range<Int>, by text: String) {
      out += bytes[copied..<range.lowerBound]
      out += Array(text.utf8)
      copied = range.upperBound
    }
    func name(_ token: PromQLLexer.Token) -> String { Self.name(String(decoding: bytes[token.range], as: UTF8.self)) }
    var brackets = 0
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .symbol("["): brackets += 1
      case .symbol("]"): brackets = max(0, brackets - 1)
      case .variable where brackets > 0:
        let value = Self.windows[name(token)] ?? values[name(token)]
        replace(token.range, by: value.flatMap { PrometheusDuration($0) }?.text ?? "5m")
      case .variable: replace(token.range, by: Self.windows[name(token)] ?? values[name(token)] ?? "5")
      case .string(let text) where text.contains("$") || text.contains("[["):
        guard index > 0, tokens[index - 1].isOperator else { continue }
        let isPositive = tokens[index - 1].kind == .symbol("=") || tokens[index - 1].kind == .symbol("=~")
        replace(tokens[index - 1].range, by: "=~")
        replace(token.range, by: isPositive ? #"".*""# : #"".+|""#)
      default: continue
      }
    }
    out += bytes[copied...]
    return String(decoding: out, as: UTF8.self)
  }

  /// `$job`, `${job:regex}` and `[[job]]` name `job`.
  private static func name(_ text: String) -> String {
    let inner = text.drop { "$[{".contains($0) }
    return String(inner.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
  }
}
