import Expressions
import Syntax
import Templates
import Vocabulary

/// `regex`: named groups become extracted values; a group that took no part is an empty text.
final class RegexStage: EntryStage {
  let place: StagePlace
  private let matcher: RE2Matcher
  private let source: String?

  init(_ reading: StageReading) throws(Fault) {
    place = reading.place
    let fields = try reading.fields(["expression", "source"])
    guard let expression = try fields.expression("expression"), !expression.source.isEmpty else {
      throw reading.fault("stage regex needs 'expression'")
    }
    matcher = RE2Matcher(expression)
    source = try fields.source()
  }

  init(place: StagePlace, expression: RE2) {
    self.place = place
    matcher = RE2Matcher(expression)
    source = nil
  }

  func apply(to entry: inout PipelineEntry) -> DropReason? {
    guard let text = entry.input(source), let match = matcher.firstMatch(in: text) else { return nil }
    for (name, range) in zip(matcher.expression.groupNames, match) {
      if let name { entry.extracted[name] = .bytes(range.map { Array(text[$0]) } ?? []) }
    }
    return nil
  }
}

extension Fields {
  /// `source`, which may be left out and not be empty.
  func source() throws(Fault) -> String? {
    let source = try string("source")
    if source?.isEmpty == true { throw fault("'source' is empty", "source", remedy: "leave it out for the line") }
    return source
  }
}

/// `replace`: every capture group of every match is replaced. An expression without a group replaces nothing.
final class ReplaceStage: EntryStage {
  let place: StagePlace
  private let matcher: RE2Matcher
  private let source: String?
  private let template: Template

  init(_ reading: StageReading) throws(Fault) {
    place = reading.place
    let fields = try reading.fields(["expression", "source", "replace"])
    guard let expression = try fields.expression("expression"), !expression.source.isEmpty else {
      throw reading.fault("stage replace needs 'expression'")
    }
    matcher = RE2Matcher(expression)
    source = try fields.source()
    template = try fields.template("replace")
  }

  func apply(to entry: inout PipelineEntry) -> DropReason? {
    guard let text = entry.input(source) else { return nil }
    let matches = matcher.allMatches(in: text)
    guard let first = matches.first else { return nil }
    var values = entry.extracted.compactMapValues(\.text)
    var replacements: [[UInt8]: [UInt8]] = [:]
    var out: [UInt8] = []
    var position = 0
    for match in matches {
      for case let group? in match.dropFirst() {
        let captured = Array(text[group])
        values["Value"] = captured
        // A template that fails leaves all as it was.
        guard let replacement = try? template.render(.texts(values)) else { return nil }
        if position <= group.lowerBound {
          out += text[position..<group.lowerBound] + replacement
          position = group.upperBound
        }
        replacements[captured] = replacement
      }
    }
    out += text[position...]
    if let source { entry.extracted[source] = .bytes(out) } else { entry.line = out }
    for (name, group) in zip(matcher.expression.groupNames, first) {
      guard let name else { continue }
      if let replacement = replacements[group.map { Array(text[$0]) } ?? []] {
        entry.extracted[name] = .bytes(replacement)
      }
    }
    return nil
  }
}

/// `template`: a Go template makes an extracted value; an empty result removes it.
final class TemplateStage: EntryStage {
  let place: StagePlace
  private let source: String
  private let template: Template

  init(_ reading: StageReading) throws(Fault) {
    place = reading.place
    let fields = try reading.fields(["source", "template"])
    source = try fields.required("source", of: "stage template")
    template = try fields.template("template")
  }

  func apply(to entry: inout PipelineEntry) -> DropReason? {
    var values = entry.extracted.compactMapValues(\.text)
    if let value = values[source] { values["Value"] = value }
    values["Entry"] = entry.line
    guard let out = try? template.render(.extracted(values)) else { return nil }
    entry.extracted[source] = out.isEmpty ? nil : .bytes(out)
    return nil
  }
}

/// `drop`: all conditions that are given must hold.
final class DropStage: EntryStage {
  let place: StagePlace
  /// Whether it asks for an age, which nobody knows offline; then it never drops.
  let hasAge: Bool
  private let sources: [String]?
  private let separator: String
  private let matcher: RE2Matcher?
  private let value: [UInt8]?
  private let longerThan: Int?
  private let reason: DropReason

  init(_ reading: StageReading) throws(Fault) {
    place = reading.place
    let fields = try reading.fields([
      "source", "separator", "expression", "value", "older_than", "longer_than", "drop_counter_reason",
    ])
    if let one = fields["source"]?.string { sources = [one] } else { sources = try fields.strings("source") }
    separator = try fields.string("separator") ?? ";"
    matcher = try fields.expression("expression").map(RE2Matcher.init)
    value = try fields.string("value").map { Array($0.utf8) }
    hasAge = fields["older_than"] != nil
    longerThan = try fields.byteSize("longer_than")
    let reason = try fields.string("drop_counter_reason") ?? ""
    self.reason = .counted(reason.isEmpty ? "drop_stage" : reason)
    guard sources != nil || matcher != nil || hasAge || longerThan != nil else {
      throw reading.fault("stage drop needs one of source, expression, older_than and longer_than")
    }
    if value != nil, sources == nil { throw fields.fault("'value' needs 'source'", "value") }
    if value != nil, matcher != nil { throw fields.fault("'value' and 'expression' exclude each other", "value") }
  }

  func apply(to entry: inout PipelineEntry) -> DropReason? {
    if hasAge { return nil }
    if let longerThan, entry.line.count <= longerThan { return nil }
    guard let sources else { return matcher?.matches(entry.line) == false ? nil : reason }
    if matcher == nil, value == nil {
      return sources.allSatisfy { entry.extracted[$0] != nil } ? reason : nil
    }
    let found = sources.compactMap { entry.extracted[$0] }
    let texts = found.compactMap(\.text)
    guard texts.count == found.count else { return nil }
    let joined = Array(texts.joined(separator: Array(separator.utf8)))
    return matcher?.matches(joined) ?? (joined == value) ? reason : nil
  }
}

extension Fields {
  func template(_ key: String) throws(Fault) -> Template {
    let source = try string(key) ?? ""
    let template: Template
    do {
      template = try Template(source, dialect: .promtail)
    } catch {
      throw fault("not a template, at its byte \(error.offset): \(error.message)", key)
    }
    if let place = template.unsupported {
      throw fault(
        "a template with a function that is not evaluated, at its byte \(place.offset)", key,
        remedy: "take the stage out of a copy of the configuration and trace that")
    }
    return template
  }

  /// `8kb`, `1MB`, `100`: in bytes, the units powers of 1024.
  func byteSize(_ key: String) throws(Fault) -> Int? {
    guard let text = try string(key) else { return nil }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let unit = text.dropFirst(digits.count).drop { $0 == " " }.lowercased()
    let shifts = ["": 0, "b": 0, "k": 10, "kb": 10, "m": 20, "mb": 20, "g": 30, "gb": 30, "t": 40, "tb": 40]
    guard let number = Int(digits), number < 1 << 20, let shift = shifts[unit] ?? nil else {
      guard let number = Int(text), number >= 0 else { throw fault("expected a size, e.g. 8kb", key) }
      return number
    }
    return number << shift
  }
}
