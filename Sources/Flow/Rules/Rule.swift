import Syntax

/// A rule of Prometheus, of Loki's ruler, or of Grafana's alert provisioning, wherever it stands in the document.
struct Rule {
  var value: PositionedValue
  var pointer: String
  /// Its queries; Grafana's rules have several.
  var queries: [Query]

  /// As its author calls it; empty where it has no name.
  var name: String { (value["alert"] ?? value["record"] ?? value["title"])?.string ?? "" }

  /// Whether it must be true for some time before it fires.
  var isHeld: Bool {
    (value["for"]?.string).flatMap { PrometheusDuration.milliseconds($0.utf8) }.map { $0 > 0 } ?? false
  }

  var isAlert: Bool { value["alert"] != nil || value["title"] != nil }

  /// Labels that it sets itself, in place of those of the series.
  var setLabels: Set<String> { Set((value["labels"]?.mapping ?? []).compactMap(\.key.string)) }

  /// Templates that end up in notifications: values of labels and annotations.
  var templates: [(pointer: String, value: PositionedValue)] {
    ["labels", "annotations"].flatMap { part in
      (value[part]?.mapping ?? []).map { entry in
        ("\(pointer)/\(part)/\(JSONPointer.escaped(entry.key.string ?? ""))", entry.value)
      }
    }
  }

  init(value: PositionedValue, pointer: String, queries: [Query]) {
    self.value = value
    self.pointer = pointer
    self.queries = queries
  }

  /// All rules of the documents of a rule file. Where one of them is LogQL alone the file is Loki's, and what both languages read is
  /// LogQL too.
  static func all(in documents: [PositionedValue]) -> [Rule] {
    var rules: [Rule] = []
    for document in documents {
      document.walk { pointer, value, isKey in
        guard !isKey, value.mapping != nil else { return }
        let isRule = value["expr"] != nil && (value["alert"] != nil || value["record"] != nil)
        let isManaged = value["title"] != nil && value["data"]?.array != nil
        guard isRule || isManaged else { return }
        rules.append(
          isManaged
            ? Rule(managed: PlacedValue(value, pointer: pointer))
            : Rule(value: value, pointer: pointer, queries: Query.all(in: value, pointer: pointer)))
      }
    }
    guard rules.contains(where: { $0.queries.contains(where: \.isLogQL) }) else { return rules }
    return rules.map { rule in
      // Each of Grafana's queries names its own source.
      guard rule.value["expr"] != nil else { return rule }
      var rule = rule
      rule.queries = rule.queries.map { $0.asLogQL() }
      return rule
    }
  }
}
