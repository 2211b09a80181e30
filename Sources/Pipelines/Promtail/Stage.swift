import Vocabulary

/// One stage of a Promtail pipeline.
///
/// What a stage does is documented at https://grafana.com/docs/loki/latest/send-data/promtail/stages/ .
protocol Stage: AnyObject {
  var place: StagePlace { get }
  func process(_ entry: PipelineEntry, into output: inout StageOutput) throws(Fault)
  /// At the end of the log: what is still held is handed on or dropped.
  func finish(into output: inout StageOutput) throws(Fault)
}

/// What came out of a stage.
struct StageOutput {
  var entries: [PipelineEntry] = []
  var dropped: [PipelineOutcome] = []

  mutating func drop(_ entry: PipelineEntry, by place: StagePlace, reason: DropReason) {
    dropped.append(.dropped(origins: entry.origins, by: place, reason: reason))
  }
}

/// What became of lines.
public enum PipelineOutcome: Sendable {
  /// It would be sent, as it is now.
  case kept(PipelineEntry)
  case dropped(origins: [Int], by: StagePlace, reason: DropReason)
}

/// Why lines are dropped; every text comes from the configuration or from here.
public enum DropReason: Sendable, Hashable {
  /// As Promtail counts it in `logentry_dropped_lines_total`.
  case counted(String)
  /// Promtail loses it without counting.
  case lost(String)
}

/// A stage that looks at one entry and hands on one or none.
protocol EntryStage: Stage {
  /// - Returns: why it is dropped, or nil.
  func apply(to entry: inout PipelineEntry) -> DropReason?
}

extension EntryStage {
  func process(_ entry: PipelineEntry, into output: inout StageOutput) throws(Fault) {
    var changed = entry
    if let reason = apply(to: &changed) { return output.drop(entry, by: place, reason: reason) }
    if changed.line != entry.line { changed.changes.append(place) }
    output.entries.append(changed)
  }

  func finish(into output: inout StageOutput) throws(Fault) {}
}
