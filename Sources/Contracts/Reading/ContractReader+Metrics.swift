import Syntax
import Vocabulary

extension ContractReader {
  private static let metricKeys = [
    "id", "title", "type", "families", "labels", "with", "optional", "forbidden", "examples", "counter_examples",
  ]

  func metrics() throws(Fault) -> [MetricClause] {
    var clauses: [MetricClause] = []
    for value in try list(main, "metrics") {
      clauses.append(try metric(try Fields(value, known: Self.metricKeys, path: main.path)))
    }
    return clauses
  }

  private func metric(_ fields: Fields) throws(Fault) -> MetricClause {
    let id = try id(fields, "id")
    let families = try fields.texts("families")
    guard !families.isEmpty else { throw fields.fault("families is missing", at: fields.value) }
    let standing = try standing(fields)
    let clause = MetricClause(
      id: id, title: try bilingual(fields, "title"), families: families,
      kind: try fields.choice(try fields.required("type")), labels: try labels(of: fields), standing: standing,
      examples: try fields.texts("examples"), counterExamples: try fields.texts("counter_examples"),
      place: fields.place(of: fields.value))
    if case .forbidden = standing { return clause }
    guard !clause.examples.isEmpty, !clause.counterExamples.isEmpty else {
      throw fields.fault("clause \(clause.id) has no examples, or no counter_examples", at: fields.value)
    }
    return clause
  }

  /// The clause's own labels after those of the sets that it names in `with`.
  private func labels(of fields: Fields) throws(Fault) -> [LabelClause] {
    var labels: [LabelClause] = []
    for name in try list(fields, "with") {
      guard let shared = labelSets[name.string ?? ""] else {
        throw fields.fault(
          "a set of labels is expected", at: name, remedy: "Known: \(labelSets.keys.sorted().joined(separator: ", ")).")
      }
      labels += shared
    }
    if let own = fields.optional("labels") { labels += try labelClauses(own) }
    var seen: Set<String> = []
    for label in labels where !seen.insert(label.name).inserted {
      throw fields.fault("label \(label.name) is claimed twice", at: fields.value)
    }
    return labels
  }

  /// `labels` of the contract: sets of labels that many clauses share.
  func sharedLabels() throws(Fault) -> [String: [LabelClause]] {
    guard let value = main.optional("labels") else { return [:] }
    guard let entries = value.mapping else { throw main.fault("labels is not a mapping", at: value) }
    var sets: [String: [LabelClause]] = [:]
    for entry in entries {
      let name = entry.key.string ?? ""
      guard sets.updateValue(try labelClauses(entry.value), forKey: name) == nil else {
        throw main.fault("two sets of labels are called \(name)", at: entry.key)
      }
    }
    return sets
  }

  /// `store`: labels of series, streams and entries.
  func store() throws(Fault) -> [StoredEntry: [LabelClause]] {
    guard let value = main.optional("store") else { return [:] }
    let fields = try Fields(value, known: StoredEntry.allCases.map(\.rawValue), path: main.path)
    var store: [StoredEntry: [LabelClause]] = [:]
    for entry in StoredEntry.allCases {
      if let labels = fields.optional(entry.rawValue) { store[entry] = try labelClauses(labels) }
    }
    return store
  }

  /// `json`: the key of the line, and the types of the other keys.
  func json() throws(Fault) -> JSONEntries? {
    guard let value = main.optional("json") else { return nil }
    let fields = try Fields(value, known: ["line", "fields"], path: main.path)
    return JSONEntries(line: try fields.text("line"), fields: try labelClauses(try fields.required("fields")))
  }

  private func labelClauses(_ value: PositionedValue) throws(Fault) -> [LabelClause] {
    guard let entries = value.mapping else {
      throw main.fault("a mapping from label names to their types is expected", at: value)
    }
    var labels: [LabelClause] = []
    for entry in entries {
      guard let name = entry.key.string, !name.isEmpty else {
        throw main.fault("a label name is expected", at: entry.key)
      }
      labels.append(try label(name, entry.value))
    }
    return labels
  }

  /// `ranges`: families to the least and the greatest value of their samples.
  func ranges(of metrics: [MetricClause]) throws(Fault) -> [String: ClosedRange<Double>] {
    guard let value = main.optional("ranges") else { return [:] }
    guard let entries = value.mapping else { throw main.fault("ranges is not a mapping", at: value) }
    let families = Set(metrics.flatMap(\.families))
    var ranges: [String: ClosedRange<Double>] = [:]
    for entry in entries {
      let family = entry.key.string ?? ""
      guard families.contains(family) else { throw main.fault("no clause has this family", at: entry.key) }
      let bounds = (entry.value.array ?? []).compactMap { $0.string.flatMap(Double.init) }
      guard bounds.count == 2, bounds[0] <= bounds[1] else {
        throw main.fault("two numbers are expected, the smaller one first", at: entry.value)
      }
      ranges[family] = bounds[0]...bounds[1]
    }
    return ranges
  }

  /// A template, a list of them, or a mapping with `values`, `distinct`, `why` and `chosen_by`.
  private func label(_ name: String, _ value: PositionedValue) throws(Fault) -> LabelClause {
    var label = LabelClause(name: name, values: [], distinct: LabelClause.usualDistinct, why: nil)
    var values = value
    if value.mapping != nil {
      let fields = try Fields(value, known: ["values", "distinct", "why", "chosen_by"], path: main.path)
      values = try fields.required("values")
      label.distinct = try fields.integer("distinct", in: 1...1_000_000) ?? label.distinct
      if fields.optional("why") != nil { label.why = try bilingual(fields, "why") }
      if let writer = fields.optional("chosen_by") {
        guard writer.string == "client" else { throw fields.fault("chosen_by is client, or is left out", at: writer) }
        label.isClients = true
      }
    }
    for text in values.array ?? [values] { label.values.append(try templates.template(text, main)) }
    guard !label.values.isEmpty else { throw main.fault("a type of value is expected", at: values) }
    return label
  }
}
