import Expressions
public import Syntax
public import Vocabulary

/// The scrape jobs of a Promtail configuration, as far as they decide about lines and labels.
public struct PromtailConfig {
  public let jobs: [Job]
  /// `external_labels` of the first client; an entry's own labels go before them.
  public let externalLabels: [String: String]

  public struct Job {
    public let name: String
    public let pipeline: Pipeline
    /// Labels with which lines of the first static target begin, or where that target is dropped by relabelling.
    public let initial: Initial
    /// What the file leaves open.
    public let notes: [String]
  }

  public enum Initial: Sendable, Hashable {
    case labels([String: String])
    /// By the rule of `relabel_configs` that stands in that line.
    case dropped(line: Int)
  }

  /// - Throws: a usage fault with line and column.
  public init(_ root: PositionedValue, path: String? = nil) throws(Fault) {
    guard let configs = root["scrape_configs"], let elements = configs.array, !elements.isEmpty else {
      throw Fields.fault(
        "there are no scrape_configs here", at: root["scrape_configs"] ?? root, path: path,
        remedy: "give a configuration of Promtail")
    }
    var jobs: [Job] = []
    for element in elements { jobs.append(try Job(element, path: path)) }
    self.jobs = jobs
    let client = root["clients"]?[0] ?? root["client"]
    externalLabels = try client?["external_labels"].map { (value) throws(Fault) in try labels(value, path) } ?? [:]
  }
}

extension PromtailConfig.Job {
  fileprivate init(_ value: PositionedValue, path: String?) throws(Fault) {
    let fields = try Fields(value, path: path, known: nil)
    name = try fields.string("job_name") ?? ""
    pipeline =
      try fields["pipeline_stages"].map { (value) throws(Fault) in try Pipeline(value, path: path) }
      ?? Pipeline(stages: [])
    let rules = try fields["relabel_configs"].map { (value) throws(Fault) in try Relabelling(value, path: path) }
    var notes: [String] = []
    var start: [String: String] = [:]
    let targets = fields["static_configs"]?.array ?? []
    if let first = targets.first {
      start = try first["labels"].map { (value) throws(Fault) in try labels(value, path) } ?? [:]
      start["__address__"] = first["targets"]?[0]?.string
      if targets.count > 1 { notes.append("labels are those of the first of \(targets.count) static_configs") }
    } else {
      notes.append("no static_configs: labels that service discovery would bring are not known")
    }
    switch rules?.apply(to: start) ?? .kept(start) {
    case .dropped(let rule): initial = .dropped(line: rules?.rules[rule].line ?? 0)
    case .kept(let kept):
      var labels = kept.filter { !$0.key.hasPrefix("__") }
      if let file = kept["__path__"] { labels["filename"] = file }
      initial = .labels(labels)
    }
    self.notes = notes + pipeline.notes
  }
}

/// A mapping of label names to values.
private func labels(_ value: PositionedValue, _ path: String?) throws(Fault) -> [String: String] {
  guard let entries = value.mapping else { throw Fields.fault("expected a mapping of labels", at: value, path: path) }
  var labels: [String: String] = [:]
  for entry in entries {
    guard let name = entry.key.string, let text = entry.value.string else {
      throw Fields.fault("expected a label with a text", at: entry.key, path: path)
    }
    labels[name] = text
  }
  return labels
}
