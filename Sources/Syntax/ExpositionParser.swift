public import Vocabulary

/// What a pass over an exposition meets, line by line. Ranges are byte offsets into the text.
///
/// The methods do nothing by default.
public protocol ExpositionVisitor {
  /// `# HELP name text`; the text may hold the escapes `\\` and `\n`.
  mutating func help(name: Range<Int>, text: Range<Int>) throws(Fault)
  /// `# TYPE name kind`.
  mutating func type(name: Range<Int>, kind: Range<Int>) throws(Fault)
  /// `# UNIT name unit` of OpenMetrics.
  mutating func unit(name: Range<Int>, unit: Range<Int>) throws(Fault)
  /// Any other line that begins with `#`, without the `#`; `# EOF` is one.
  mutating func comment(_ range: Range<Int>) throws(Fault)
  mutating func sample(_ sample: borrowing ExpositionSample) throws(Fault)
  /// A line that is none of these.
  mutating func broken(_ line: Range<Int>, at offset: Int, problem: StaticString) throws(Fault)
}

extension ExpositionVisitor {
  public mutating func help(name: Range<Int>, text: Range<Int>) throws(Fault) {}
  public mutating func type(name: Range<Int>, kind: Range<Int>) throws(Fault) {}
  public mutating func unit(name: Range<Int>, unit: Range<Int>) throws(Fault) {}
  public mutating func comment(_ range: Range<Int>) throws(Fault) {}
  public mutating func sample(_ sample: borrowing ExpositionSample) throws(Fault) {}
  public mutating func broken(_ line: Range<Int>, at offset: Int, problem: StaticString) throws(Fault) {}
}

/// One sample line, as byte ranges into the exposition.
public struct ExpositionSample: ~Copyable {
  public struct Label: Sendable {
    /// Without quotes, where the name is quoted (Prometheus 3).
    public var name: Range<Int>
    /// What stands between the quotes.
    public var value: Range<Int>
    /// Whether the value holds a backslash.
    public var isEscaped: Bool
  }

  /// Empty where neither a name nor a quoted name was given, i.e. never.
  public internal(set) var name = 0..<0
  public internal(set) var labels: [Label] = []
  public internal(set) var value = 0..<0
  public internal(set) var timestamp: Range<Int>?
  /// Labels of the exemplar (OpenMetrics), and its value.
  public internal(set) var exemplarLabels: [Label] = []
  public internal(set) var exemplarValue: Range<Int>?
}

/// Reads Prometheus's text format 0.0.4, OpenMetrics 1.0 and the quoted names of Prometheus 3; one pass, no allocation
/// per line.
///
/// Sources: prometheus.io/docs/instrumenting/exposition_formats, the OpenMetrics 1.0 specification.
public struct ExpositionParser: ~Copyable {
  private let bytes: UnsafeRawBufferPointer
  private var index = 0
  private var end = 0
  private var sample = ExpositionSample()
  private var problem: StaticString = ""

  public static func parse<Visitor: ExpositionVisitor>(
    _ bytes: UnsafeRawBufferPointer, _ visitor: inout Visitor
  ) throws(Fault) {
    var parser = ExpositionParser(bytes: bytes)
    try parser.lines(&visitor)
  }

  private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  private mutating func lines<Visitor: ExpositionVisitor>(_ visitor: inout Visitor) throws(Fault) {
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < bytes.count {
      var stop = start
      while stop < bytes.count, bytes[stop] != 0x0A { stop += 1 }
      index = start
      end = stop > start && bytes[stop - 1] == 0x0D ? stop - 1 : stop
      try line(start..<end, &visitor)
      start = stop + 1
    }
  }

  private mutating func line<Visitor: ExpositionVisitor>(_ line: Range<Int>, _ visitor: inout Visitor) throws(Fault) {
    skipBlanks()
    guard index < end else { return }
    if bytes[index] == UInt8(ascii: "#") {
      try comment(&visitor)
    } else if sampleLine() {
      try visitor.sample(sample)
    } else {
      try visitor.broken(line, at: index, problem: problem)
    }
  }

  private mutating func comment<Visitor: ExpositionVisitor>(_ visitor: inout Visitor) throws(Fault) {
    let text = index + 1..<end
    index += 1
    skipBlanks()
    let word = token()
    for (keyword, kind) in [("HELP", 0), ("TYPE", 1), ("UNIT", 2)] as [(StaticString, Int)] where equals(word, keyword)
    {
      skipBlanks()
      guard index < end, let name = bytes[index] == UInt8(ascii: "\"") ? quoted()?.range : token(), !name.isEmpty else {
        break
      }
      skipBlanks()
      switch kind {
      case 0: try visitor.help(name: name, text: index..<end)
      case 1: try visitor.type(name: name, kind: trimmed(index..<end))
      default: try visitor.unit(name: name, unit: trimmed(index..<end))
      }
      return
    }
    try visitor.comment(text)
  }

  private mutating func sampleLine() -> Bool {
    sample.labels.removeAll(keepingCapacity: true)
    sample.exemplarLabels.removeAll(keepingCapacity: true)
    sample.timestamp = nil
    sample.exemplarValue = nil
    sample.name = nameToken()
    skipBlanks()
    if index < end, bytes[index] == UInt8(ascii: "{") {
      guard labels(ofExemplar: false) else { return false }
    }
    guard !sample.name.isEmpty else { return fail("a metric name is expected") }
    skipBlanks()
    sample.value = token()
    guard isNumber(sample.value) else {
      index = sample.value.lowerBound
      return fail("a number is expected")
    }
    skipBlanks()
    if index < end, bytes[index] != UInt8(ascii: "#") {
      let timestamp = token()
      guard isNumber(timestamp) else {
        index = timestamp.lowerBound
        return fail("a timestamp is expected")
      }
      sample.timestamp = timestamp
      skipBlanks()
    }
    return index == end || exemplar()
  }

  private mutating func exemplar() -> Bool {
    guard bytes[index] == UInt8(ascii: "#") else { return fail("the end of the line is expected") }
    index += 1
    skipBlanks()
    guard index < end, bytes[index] == UInt8(ascii: "{"), labels(ofExemplar: true) else {
      return fail("the labels of an exemplar are expected")
    }
    skipBlanks()
    let value = token()
    guard isNumber(value) else { return fail("the value of an exemplar is expected") }
    sample.exemplarValue = value
    skipBlanks()
    if index < end, !isNumber(token()) { return fail("the timestamp of an exemplar is expected") }
    skipBlanks()
    return index == end || fail("the end of the line is expected")
  }

  private mutating func labels(ofExemplar isExemplar: Bool) -> Bool {
    index += 1
    while true {
      skipBlanks()
      guard index < end else { return fail("the line ends inside the labels") }
      if bytes[index] == UInt8(ascii: "}") {
        index += 1
        return true
      }
      let isQuoted = bytes[index] == UInt8(ascii: "\"")
      let name: Range<Int>
      if isQuoted {
        guard let text = quoted() else { return false }
        name = text.range
      } else {
        name = nameToken()
        guard !name.isEmpty else { return fail("a label name is expected") }
      }
      skipBlanks()
      if isQuoted, !isExemplar, sample.name.isEmpty, index < end, bytes[index] != UInt8(ascii: "=") {
        sample.name = name
      } else {
        guard index < end, bytes[index] == UInt8(ascii: "=") else { return fail("= is expected after a label name") }
        index += 1
        skipBlanks()
        guard index < end, bytes[index] == UInt8(ascii: "\"") else { return fail("a quoted value is expected") }
        guard let value = quoted() else { return false }
        let label = ExpositionSample.Label(name: name, value: value.range, isEscaped: value.isEscaped)
        if isExemplar { sample.exemplarLabels.append(label) } else { sample.labels.append(label) }
      }
      skipBlanks()
      guard index < end, bytes[index] == UInt8(ascii: ",") || bytes[index] == UInt8(ascii: "}") else {
        return fail("a comma or } is expected after a label")
      }
      if bytes[index] == UInt8(ascii: ",") { index += 1 }
    }
  }

  private mutating func quoted() -> (range: Range<Int>, isEscaped: Bool)? {
    let start = index + 1
    var isEscaped = false
    index = start
    while index < end {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        index += 1
        return (start..<index - 1, isEscaped)
      case UInt8(ascii: "\\"):
        isEscaped = true
        index = min(index + 2, end)
      default: index += 1
      }
    }
    _ = fail("the line ends inside a quoted value")
    return nil
  }

  /// A metric or label name without quotes: everything up to a delimiter; which characters it may hold is left to the
  /// reader, because a name with odd characters must be looked at and not thrown away.
  private mutating func nameToken() -> Range<Int> {
    let start = index
    while index < end {
      switch bytes[index] {
      case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: "\""), 0x20, 0x09:
        return start..<index
      default: index += 1
      }
    }
    return start..<index
  }

  private mutating func token() -> Range<Int> {
    let start = index
    while index < end, bytes[index] != 0x20, bytes[index] != 0x09 { index += 1 }
    return start..<index
  }

  private mutating func skipBlanks() {
    while index < end, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var upper = range.upperBound
    while upper > range.lowerBound, bytes[upper - 1] == 0x20 || bytes[upper - 1] == 0x09 { upper -= 1 }
    return range.lowerBound..<upper
  }

  private func equals(_ range: Range<Int>, _ word: StaticString) -> Bool {
    range.count == word.utf8CodeUnitCount
      && range.enumerated().allSatisfy { bytes[$0.element] == word.utf8Start[$0.offset] }
  }

  private func isNumber(_ range: Range<Int>) -> Bool { ExpositionNumber.isNumber(bytes, range) }

  private mutating func fail(_ problem: StaticString) -> Bool {
    self.problem = problem
    return false
  }
}
