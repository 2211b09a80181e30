public import Vocabulary

extension MetricFamily {
  /// Reads a whole exposition into families, in the order of the text.
  ///
  /// - Throws: `usage` with line and column at the first line that is not one of the format.
  public static func parse(_ bytes: UnsafeRawBufferPointer, path: String? = nil) throws(Fault) -> [MetricFamily] {
    var collector = FamilyCollector(bytes: bytes, path: path)
    try ExpositionParser.parse(bytes, &collector)
    return collector.families
  }

  public static func parse(_ bytes: [UInt8], path: String? = nil) throws(Fault) -> [MetricFamily] {
    try unwrapping { try bytes.withUnsafeBytes { raw in try parse(raw, path: path) } }
  }
}

private struct FamilyCollector: ExpositionVisitor {
  let bytes: UnsafeRawBufferPointer
  let path: String?
  private(set) var families: [MetricFamily] = []
  private var index: [String: Int] = [:]

  init(bytes: UnsafeRawBufferPointer, path: String?) {
    self.bytes = bytes
    self.path = path
  }

  mutating func help(name: Range<Int>, text: Range<Int>) {
    families[family(string(name))].help = ExpositionText.string(bytes, text)
  }

  mutating func type(name: Range<Int>, kind: Range<Int>) {
    families[family(string(name))].kind = MetricFamily.Kind(rawValue: string(kind)) ?? .untyped
  }

  mutating func sample(_ sample: borrowing ExpositionSample) {
    let name = string(sample.name)
    let labels = sample.labels.map {
      Label(string($0.name), ExpositionText.string(bytes, $0.value, isEscaped: $0.isEscaped))
    }
    let value = ExpositionNumber.value(bytes, sample.value) ?? .nan
    families[family(owning: name)].samples.append(Sample(name, labels, value))
  }

  mutating func broken(_ line: Range<Int>, at offset: Int, problem: StaticString) throws(Fault) {
    var counter = PositionCounter()
    counter.move(to: offset, in: bytes)
    throw Fault(
      .usage, "not valid exposition: \(problem)",
      at: Location(path: path, line: counter.line, column: counter.column))
  }

  private typealias Label = MetricFamily.Label
  private typealias Sample = MetricFamily.Sample

  private func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private mutating func family(_ name: String) -> Int {
    if let known = index[name] { return known }
    families.append(MetricFamily(name, .untyped))
    index[name] = families.count - 1
    return families.count - 1
  }

  private mutating func family(owning name: String) -> Int {
    if let known = index[name] { return known }
    for suffix in MetricFamily.suffixes where name.hasSuffix(suffix) {
      if let known = index[String(name.dropLast(suffix.count))] { return known }
    }
    return family(name)
  }
}

extension MetricFamily {
  /// What sample names add to the family's name (text format: summary and histogram; OpenMetrics: the rest).
  public static let suffixes = ["_bucket", "_count", "_sum", "_total", "_created", "_info", "_gcount", "_gsum"]
}

/// Escapes of expositions.
public enum ExpositionText {
  /// Appends the text behind `\\`, `\"` and `\n`; other escapes stay as they are, as in Prometheus.
  public static func append(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, to out: inout [UInt8]) {
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\\"), index + 1 < range.upperBound {
        switch bytes[index + 1] {
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "\\"), UInt8(ascii: "\""): out.append(bytes[index + 1])
        default:
          out.append(byte)
          out.append(bytes[index + 1])
        }
        index += 2
      } else {
        out.append(byte)
        index += 1
      }
    }
  }

  static func string(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, isEscaped: Bool = true) -> String {
    guard isEscaped else { return String(decoding: bytes[range], as: UTF8.self) }
    var out: [UInt8] = []
    append(bytes, range, to: &out)
    return String(decoding: out, as: UTF8.self)
  }
}
