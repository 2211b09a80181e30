import Expressions
import Templates
import Vocabulary

/// `output`: what was extracted under a name becomes the line; where there is nothing, the line stays.
final class OutputStage: EntryStage {
  let place: StagePlace
  private let source: String

  init(_ reading: StageReading) throws(Fault) {
    place = reading.place
    source = try reading.fields(["source"]).required("source", of: "stage output")
  }

  init(place: StagePlace, source: String) {
    self.place = place
    self.source = source
  }

  func apply(to entry: inout PipelineEntry) -> DropReason? {
    if let text = entry.extracted[source]?.text { entry.line = text }
    return nil
  }
}

/// Stages that neither change nor drop what a pipeline lets through: `timestamp`, `metrics`, and `limit`, of which only the
/// clock decides.
final class InertStage: EntryStage {
  let place: StagePlace

  init(_ reading: StageReading, required: [String]) throws(Fault) {
    place = reading.place
    let fields = try Fields(reading.value, path: reading.path, known: nil)
    for key in required { _ = try fields.required(key, of: "stage \(reading.place.name)") }
  }

  func apply(to entry: inout PipelineEntry) -> DropReason? { nil }
}

/// `sampling`: chance decides, so every line stays, but with rate 0.
final class SamplingStage: EntryStage {
  let place: StagePlace
  let rate: Double
  private let reason: DropReason

  init(_ reading: StageReading) throws(Fault) {
    place = reading.place
    let fields = try reading.fields(["rate", "drop_counter_reason"])
    rate = try fields.number("rate") ?? 0
    let reason = try fields.string("drop_counter_reason") ?? ""
    self.reason = .counted(reason.isEmpty ? "sampling_stage" : reason)
    guard (0...1).contains(rate) else { throw fields.fault("a rate is from 0 to 1", "rate") }
  }

  func apply(to entry: inout PipelineEntry) -> DropReason? { rate == 0 ? reason : nil }
}

/// `decolorize`: takes ANSI's escape sequences out.
final class DecolorizeStage: EntryStage {
  let place: StagePlace
  private let matcher: RE2Matcher?

  init(place: StagePlace) {
    self.place = place
    let introducer = "[\u{1B}\u{9B}][\\[\\]()#;?]*"
    let title = "(?:(?:[a-zA-Z\\d]*(?:;[a-zA-Z\\d]*)*)?\u{7})"
    let control = "(?:(?:\\d{1,4}(?:;\\d{0,4})*)?[\\dA-PRZcf-ntqry=><~])"
    matcher = (try? RE2("\(introducer)(?:\(title)|\(control))")).map(RE2Matcher.init)
  }

  func apply(to entry: inout PipelineEntry) -> DropReason? {
    guard let matcher else { return nil }
    var out: [UInt8] = []
    var position = 0
    for match in matcher.allMatches(in: entry.line) {
      guard let whole = match[0] else { continue }
      out += entry.line[position..<whole.lowerBound]
      position = whole.upperBound
    }
    entry.line = out + entry.line[position...]
    return nil
  }
}

/// `pack`: extracted values and labels move into the line, which becomes JSON with the old line as `_entry`.
final class PackStage: EntryStage {
  let place: StagePlace
  private let names: [String]

  init(_ reading: StageReading) throws(Fault) {
    place = reading.place
    names = Array(Set(try reading.fields(["labels", "ingest_timestamp"]).strings("labels") ?? [])).sorted()
  }

  func apply(to entry: inout PipelineEntry) -> DropReason? {
    var out = [UInt8(ascii: "{")]
    for name in names {
      guard let text = entry.extracted[name]?.text else { continue }
      out += GoJSON.string(Array(name.utf8)) + [UInt8(ascii: ":")] + GoJSON.string(text) + [UInt8(ascii: ",")]
      entry.labels[name] = nil
    }
    entry.line = out + Array("\"_entry\":".utf8) + GoJSON.string(entry.line) + [UInt8(ascii: "}")]
    return nil
  }
}

/// `eventlogmessage`: `Key: value` lines of a Windows event become extracted values.
final class EventLogStage: EntryStage {
  let place: StagePlace
  private let source: String
  private let dropsInvalid: Bool
  private let overwrites: Bool

  init(_ reading: StageReading) throws(Fault) {
    place = reading.place
    let fields = try reading.fields(["source", "drop_invalid_labels", "overwrite_existing"])
    source = try fields.string("source") ?? "message"
    dropsInvalid = try fields.bool("drop_invalid_labels")
    overwrites = try fields.bool("overwrite_existing")
    guard LabelName.isLegacy(source) else { throw fields.fault("'source' is not a label name", "source") }
  }

  func apply(to entry: inout PipelineEntry) -> DropReason? {
    guard let value = entry.extracted[source] else { return nil }
    // Promtail loses the entry without counting it.
    guard let text = value.text else { return .lost("no text to read") }
    for line in Self.lines(text) {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
      var key = String(decoding: line[..<colon], as: UTF8.self)
      if !LabelName.isLegacy(key) {
        if dropsInvalid { continue }
        key = Self.sanitized(key)
      }
      if entry.extracted[key] != nil, !overwrites { key += "_extracted" }
      let value = GoText.trimmed(Array(line[(colon + 1)...]))
      if String(validating: value, as: UTF8.self) != nil { entry.extracted[key] = .bytes(value) }
    }
    return nil
  }

  private static func lines(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    var index = 0
    while index + 1 < text.count {
      if text[index] == 13, text[index + 1] == 10 {
        lines.append(text[start..<index])
        index += 2
        start = index
      } else {
        index += 1
      }
    }
    return lines + [text[start...]]
  }

  private static func sanitized(_ name: String) -> String {
    if name.isEmpty { return "_" }
    var out = ""
    for (index, scalar) in name.unicodeScalars.enumerated() {
      let isFit = LabelName.isLegacy(String(scalar)) || index > 0 && ("0"..."9").contains(scalar)
      out.unicodeScalars.append(isFit ? scalar : "_")
    }
    return out
  }
}
