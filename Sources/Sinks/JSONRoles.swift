import Syntax
import Vocabulary

/// What a bracket of a JSON document is for, which decides the slots of what stands in it.
enum JSONRole: Sendable {
  case general
  /// Labels of an alert, a rule or a series: name to value.
  case labels
  case annotations
  /// Loki: the array of streams, one of them, its entries, one of those.
  case streams, stream, entries, entry
  /// Structured metadata: name to value.
  case metadata
}

extension JSONRole {
  /// The role of a value, from where it stands.
  ///
  /// - Parameters:
  ///   - key: of the value; nil for an array's element.
  ///   - path: keys of the brackets around it, outermost first, `[]` for arrays' elements.
  static func role(of key: String?, in parent: JSONRole, path: [String], format: Format) -> JSONRole {
    switch (parent, key) {
    case (.streams, nil): return .stream
    case (.stream, "stream"), (.stream, "metric"): return .labels
    case (.stream, "values"), (.stream, "entries"): return .entries
    case (.entries, nil): return .entry
    case (.entry, _), (.metadata, _): return .metadata
    case (_, "labels"), (_, "groupLabels"), (_, "commonLabels"), (_, "metric"), (_, "discoveredLabels"),
      (_, "seriesLabels"):
      return .labels
    case (_, "annotations"), (_, "commonAnnotations"): return .annotations
    default: break
    }
    switch format {
    case .lokiPush where path.isEmpty && key == "streams": return .streams
    case .lokiQuery where path == ["data"] && key == "result": return .streams
    // The answer of /api/v1/series.
    case .prometheusAPI where path == ["data"] && key == nil: return .labels
    default: return .general
    }
  }

  /// The slot of a string with that key.
  func slot(key: String?, format: Format) -> Slot {
    switch self {
    case .labels: .labelValue
    case .annotations: .annotation
    case .metadata: .metadata
    case .entry: .line
    // Prometheus's /api/v1/metadata: what exporters write behind `# HELP`.
    case .general where format == .prometheusAPI && key == "help": .help
    default: Self.expressionKeys.contains(key ?? "") ? .expression : .scalar
    }
  }

  /// Keys whose values are PromQL, LogQL or SQL in rules, dashboards and API answers, and regular expressions in relabelling and
  /// pipelines.
  static let expressionKeys: Set<String> = [
    "expr", "query", "expression", "rawSql", "rawQuery", "definition", "regex", "firstline",
  ]

  var keySlot: Slot {
    switch self {
    case .labels: .labelName
    default: .key
    }
  }
}
