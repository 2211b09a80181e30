import Expressions
import Syntax
import Vocabulary

/// `multiline`: a line that matches `firstline` begins a block; what follows it in the same stream is joined by newlines.
///
/// Lines before the first block pass. After `max_lines` the block is handed on, and what follows begins another with the
/// labels of the same first line.
final class MultilineStage: Stage {
  /// So that no configuration can gather lines without end.
  static let maximumBlock = 64 << 20

  let place: StagePlace
  private let firstLine: RE2Matcher
  private let maximumLines: UInt64
  private var blocks: [[String: String]: Block] = [:]
  /// Streams in the order in which they began.
  private var order: [[String: String]] = []

  private struct Block {
    var first: PipelineEntry
    var text: [UInt8] = []
    var origins: [Int] = []
    var lines: UInt64 = 0

    mutating func add(_ entry: PipelineEntry) {
      if !text.isEmpty { text.append(UInt8(ascii: "\n")) }
      text += entry.line
      origins += entry.origins
      lines += 1
    }
  }

  init(_ reading: StageReading) throws(Fault) {
    place = reading.place
    let fields = try reading.fields(["firstline", "max_lines", "max_wait_time"])
    guard let expression = try fields.expression("firstline") else {
      throw reading.fault("stage multiline needs 'firstline'")
    }
    firstLine = RE2Matcher(expression)
    maximumLines = try fields.unsigned("max_lines") ?? 128
  }

  func process(_ entry: PipelineEntry, into output: inout StageOutput) throws(Fault) {
    let stream = entry.labels
    let begins = firstLine.matches(entry.line)
    if blocks[stream] == nil {
      guard begins else { return output.entries.append(entry) }
      blocks[stream] = Block(first: entry)
      order.append(stream)
    } else if begins {
      flush(stream, into: &output)
      blocks[stream]?.first = entry
    }
    blocks[stream]?.add(entry)
    guard let block = blocks[stream] else { return }
    guard block.text.count <= Self.maximumBlock else {
      throw Fault(
        .incomplete, "stage \(place.number) (multiline) gathered more than \(Self.maximumBlock >> 20) MB",
        remedy: "set max_lines")
    }
    if block.lines == maximumLines { flush(stream, into: &output) }
  }

  func finish(into output: inout StageOutput) throws(Fault) {
    for stream in order { flush(stream, into: &output) }
  }

  private func flush(_ stream: [String: String], into output: inout StageOutput) {
    guard let block = blocks[stream], !block.origins.isEmpty else { return }
    var entry = block.first
    entry.line = block.text
    // Promtail makes a new entry of the block and forgets them.
    entry.metadata = []
    entry.origins = block.origins
    guard !block.text.isEmpty else {
      // Promtail hands no empty block on, and goes on counting its lines.
      blocks[stream]?.origins = []
      return output.drop(entry, by: place, reason: .lost("an empty block"))
    }
    if block.lines > 1 { entry.changes.append(place) }
    blocks[stream] = Block(first: block.first)
    output.entries.append(entry)
  }
}

/// `docker`: Docker's JSON around each line.
final class DockerStage: Stage {
  let place: StagePlace
  private let pipeline: Pipeline

  init(place: StagePlace) {
    self.place = place
    pipeline = Pipeline(stages: [
      JSONStage(place: place, paths: ["output": ["log"], "stream": ["stream"], "timestamp": ["time"]]),
      LabelsStage(place: place, name: "stream"), OutputStage(place: place, source: "output"),
    ])
  }

  func process(_ entry: PipelineEntry, into output: inout StageOutput) throws(Fault) {
    try pipeline.process(entry, into: &output)
  }

  func finish(into output: inout StageOutput) throws(Fault) {}
}

/// `cri`: the container runtime's prefix before each line; partial lines (`P`) are joined until the full one (`F`).
final class CRIStage: Stage {
  let place: StagePlace
  private let pipeline: Pipeline
  private let maximumPartials: Int
  private let maximumSize: Int?
  private var partials: [[String: String]: PipelineEntry] = [:]
  private var order: [[String: String]] = []

  init(_ reading: StageReading) throws(Fault) {
    place = reading.place
    let fields = try reading.fields(["max_partial_lines", "max_partial_line_size", "max_partial_line_size_truncate"])
    let count = Int(clamping: try fields.unsigned("max_partial_lines") ?? 0)
    maximumPartials = count == 0 ? 100 : count
    let size = try fields.byteSize("max_partial_line_size") ?? 0
    maximumSize = try fields.bool("max_partial_line_size_truncate") ? size : nil
    do {
      let form = try RE2(#"^(?s)(?P<time>\S+?) (?P<stream>stdout|stderr) (?P<flags>\S+?) (?P<content>.*)$"#)
      pipeline = Pipeline(stages: [
        RegexStage(place: place, expression: form), LabelsStage(place: place, name: "stream"),
        OutputStage(place: place, source: "content"), OutputStage(place: place, source: "tags"),
      ])
    } catch {
      throw Fault(.internal, "the form of CRI's lines is no expression")
    }
  }

  func process(_ entry: PipelineEntry, into output: inout StageOutput) throws(Fault) {
    var inner = StageOutput()
    try pipeline.process(entry, into: &inner)
    output.dropped += inner.dropped
    for var entry in inner.entries {
      let stream = entry.labels
      let isPartial = entry.extracted["flags"] == Extracted("P")
      if isPartial, partials.count >= maximumPartials {
        output.entries += order.compactMap { partials[$0] }
        partials = [:]
        order = []
      } else if let previous = partials.removeValue(forKey: stream) {
        order.removeAll { $0 == stream }
        entry.line = previous.line + entry.line
        entry.origins = previous.origins + entry.origins
        entry.changes = previous.changes + entry.changes
        cut(&entry)
      }
      guard isPartial else {
        output.entries.append(entry)
        continue
      }
      cut(&entry)
      guard entry.line.count <= MultilineStage.maximumBlock else {
        throw Fault(
          .incomplete, "stage \(place.number) (cri) gathered more than \(MultilineStage.maximumBlock >> 20) MB",
          remedy: "set max_partial_line_size and max_partial_line_size_truncate")
      }
      partials[stream] = entry
      order.append(stream)
    }
  }

  /// Promtail loses partial lines that never end.
  func finish(into output: inout StageOutput) throws(Fault) {
    for stream in order {
      if let entry = partials[stream] { output.drop(entry, by: place, reason: .lost("a partial line without an end")) }
    }
  }

  private func cut(_ entry: inout PipelineEntry) {
    if let maximumSize, entry.line.count > maximumSize { entry.line = Array(entry.line.prefix(maximumSize)) }
  }
}

/// `match`: a pipeline for some streams and lines, or their end.
final class MatchStage: Stage {
  let place: StagePlace
  /// Nil where matching entries are dropped.
  let pipeline: Pipeline?
  private let selector: Selector
  private let reason: DropReason

  init(_ reading: StageReading) throws(Fault) {
    place = reading.place
    let fields = try reading.fields(["selector", "stages", "action", "pipeline_name", "drop_counter_reason"])
    selector = try Selector(fields)
    let reason = try fields.string("drop_counter_reason") ?? ""
    self.reason = .counted(reason.isEmpty ? "match_stage" : reason)
    let action = try fields.string("action") ?? ""
    let stages = fields["stages"]
    switch action {
    case "", "keep":
      guard let stages, stages.array?.isEmpty == false else {
        throw reading.fault("stage match needs 'stages' unless its action is drop")
      }
      pipeline = try Pipeline(stages, path: reading.path, prefix: "\(reading.place.number).")
    case "drop":
      guard stages?.array?.isEmpty ?? true else {
        throw fields.fault("stage match with action drop takes no stages", "stages")
      }
      pipeline = nil
    default: throw fields.fault("the action of stage match is keep or drop", "action")
    }
  }

  func process(_ entry: PipelineEntry, into output: inout StageOutput) throws(Fault) {
    guard selector.matches(entry) else { return output.entries.append(entry) }
    guard let pipeline else { return output.drop(entry, by: place, reason: reason) }
    try pipeline.process(entry, into: &output)
  }

  func finish(into output: inout StageOutput) throws(Fault) { try pipeline?.finish(into: &output) }
}
