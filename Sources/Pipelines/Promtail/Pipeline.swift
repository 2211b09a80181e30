public import Syntax
public import Vocabulary

/// `pipeline_stages` of a Promtail configuration, run over log entries one by one.
///
/// Three stages decide by chance or by the clock; here they let everything through that they could, so that what comes out
/// is the most that could reach Loki: `limit`, `sampling` (with a rate over 0) and `drop` with `older_than`. `multiline`
/// never gives up waiting. `notes` says so where they occur. Not evaluated, and refused: `geoip`, which needs its database.
public final class Pipeline {
  let stages: [any Stage]
  /// What an offline run can't know, in the order of the stages.
  public let notes: [String]

  /// - Parameters:
  ///   - value: the value of `pipeline_stages`; null is an empty pipeline.
  ///   - path: named in errors.
  /// - Throws: a usage fault with line and column for an unknown stage, a wrong key or value, or what is not evaluated.
  public convenience init(_ value: PositionedValue, path: String? = nil) throws(Fault) {
    try self.init(value, path: path, prefix: "")
  }

  init(_ value: PositionedValue, path: String?, prefix: String) throws(Fault) {
    guard let elements = value.array ?? (value.isNull ? [] : nil) else {
      throw Fields.fault("expected a list of stages", at: value, path: path)
    }
    var stages: [any Stage] = []
    var notes: [String] = []
    for (index, element) in elements.enumerated() {
      guard let entries = element.mapping, entries.count == 1, let name = entries[0].key.string else {
        throw Fields.fault("a stage is a mapping with one key, its name", at: element, path: path)
      }
      let place = StagePlace(number: "\(prefix)\(index + 1)", name: name, line: element.line)
      let reading = StageReading(place: place, value: entries[0].value, key: entries[0].key, path: path)
      let stage = try reading.stage()
      notes += reading.notes(of: stage)
      stages.append(stage)
    }
    self.stages = stages
    self.notes = notes
  }

  init(stages: [any Stage]) {
    self.stages = stages
    notes = []
  }

  /// Runs one entry.
  ///
  /// - Returns: what became certain by it: often its own fate, nothing while lines are gathered, or that of earlier lines.
  public func process(_ entry: PipelineEntry) throws(Fault) -> [PipelineOutcome] {
    var output = StageOutput()
    try process(entry, into: &output)
    return output.dropped + output.entries.map { .kept($0) }
  }

  /// The fate of what is still held at the end of the log.
  public func finish() throws(Fault) -> [PipelineOutcome] {
    var output = StageOutput()
    try finish(into: &output)
    return output.dropped + output.entries.map { .kept($0) }
  }

  func process(_ entry: PipelineEntry, into output: inout StageOutput) throws(Fault) {
    var entry = entry
    // Stages see labels as if they had been extracted.
    for (name, value) in entry.labels { entry.extracted[name] = Extracted(value) }
    var wave = [entry]
    for stage in stages where !wave.isEmpty {
      var next = StageOutput()
      for entry in wave { try stage.process(entry, into: &next) }
      output.dropped += next.dropped
      wave = next.entries
    }
    output.entries += wave
  }

  func finish(into output: inout StageOutput) throws(Fault) {
    var wave: [PipelineEntry] = []
    for stage in stages {
      var next = StageOutput()
      for entry in wave { try stage.process(entry, into: &next) }
      try stage.finish(into: &next)
      output.dropped += next.dropped
      wave = next.entries
    }
    output.entries += wave
  }
}
