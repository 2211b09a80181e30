import Syntax

/// A rule of Prometheus, of Loki's ruler, or of Grafana's alert provisioning, wherever it stands in the document.
struct Rule {
  var value: PositionedValue
  var pointer: String
  /// Its queries; Grafana's rules have several.
  var queries: [Query]
  /// `labels` of its group, which its own take the place of.
  private(set) var groupLabels: PlacedValue?

  /// As its author calls it; empty where it has no name.
  var name: String { recorded ?? (value["alert"] ?? value["title"])?.string ?? "" }

  /// The name of the series that it makes; nil for an alert.
  var recorded: String? { isManaged ? value["record"]?["metric"]?.string : value["record"]?.string }

  /// Whether it must be true for some time before it fires.
  var isHeld: Bool {
    (value["for"]?.string).flatMap { PrometheusDuration.milliseconds($0.utf8) }.map { $0 > 0 } ?? false
  }

  var isAlert: Bool { value["alert"] != nil || isManaged && recorded == nil }

  /// Whether Grafana evaluates it.
  var isManaged: Bool { value["expr"] == nil }

  /// Labels that it sets, or its group for it, in place of those of the series, with their texts.
  ///
  /// Source: prometheus/rules/manager.go (`LoadGroups`; of groups, from 3.0 on).
  var labels: [String: String] {
    var labels: [String: String] = [:]
    for mapping in [groupLabels?.value, value["labels"]].compactMap({ $0 }) {
      for entry in mapping.mapping ?? [] {
        if let name = entry.key.string { labels[name] = entry.value.string ?? "" }
      }
    }
    return labels
  }

  var setLabels: Set<String> { Set(labels.keys) }

  /// Templates that end up in notifications: values of labels and annotations.
  var templates: [(pointer: String, value: PositionedValue)] {
    let own = PlacedValue(value, pointer: pointer)
    return [groupLabels, own["labels"], own["annotations"]].flatMap { part in
      (part?.members ?? []).map { ($0.value.pointer, $0.value.value) }
    }
  }

  init(value: PositionedValue, pointer: String, queries: [Query]) {
    self.value = value
    self.pointer = pointer
    self.queries = queries
  }

  /// All rules of the documents of a rule file. Where one of them is LogQL alone the file is Loki's, and what both languages read is
  /// LogQL too.
  ///
  /// - Parameter installed: what the tree's provisioning tells of sources that Grafana's rules name.
  static func all(in documents: [PositionedValue], _ installed: GrafanaSources = GrafanaSources()) -> [Rule] {
    var rules: [Rule] = []
    for document in documents {
      var group = PlacedValue(document)
      document.walk { pointer, value, isKey in
        guard !isKey, value.mapping != nil else { return }
        if value["rules"]?.array != nil { group = PlacedValue(value, pointer: pointer) }
        let isRule = value["expr"] != nil && (value["alert"] != nil || value["record"] != nil)
        let isManaged = value["title"] != nil && value["data"]?.array != nil
        guard isRule || isManaged else { return }
        var rule =
          isManaged
          ? Rule(managed: PlacedValue(value, pointer: pointer), installed)
          : Rule(value: value, pointer: pointer, queries: Query.all(in: value, pointer: pointer))
        if pointer.hasPrefix("\(group.pointer)/rules/") { rule.groupLabels = group["labels"] }
        rules.append(rule)
      }
    }
    guard rules.contains(where: { $0.queries.contains(where: \.isLogQL) }) else { return rules }
    return rules.map { rule in
      // Each of Grafana's queries names its own source.
      guard !rule.isManaged else { return rule }
      var rule = rule
      rule.queries = rule.queries.map { $0.asLogQL() }
      return rule
    }
  }
}
