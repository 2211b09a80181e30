/// Writes metric families in Prometheus's text format 0.0.4.
public struct ExpositionWriter: Sendable {
  /// Whose output to look like.
  public enum Style: Sendable {
    /// prometheus_client: labels sorted by name, floats as `1.0`.
    case python
    /// client_golang: labels in the order given, floats as `1`.
    case go
    /// DCGM exporter's template: labels in the order given, whole numbers as `1`, others with six decimals.
    case dcgm
  }

  public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  private let style: Style

  public init(_ style: Style = .python) { self.style = style }

  public func bytes(_ families: [MetricFamily]) -> [UInt8] {
    var out: [UInt8] = []
    for family in families { append(family, to: &out) }
    return out
  }

  public func append(_ family: MetricFamily, to out: inout [UInt8]) {
    if let help = family.help {
      out.append(contentsOf: "# HELP \(family.name) ".utf8)
      escape(help, quotes: false, to: &out)
      out.append(0x0A)
    }
    out.append(contentsOf: "# TYPE \(family.name) \(family.kind.rawValue)\n".utf8)
    for sample in family.samples { append(sample, to: &out) }
  }

  private func append(_ sample: MetricFamily.Sample, to out: inout [UInt8]) {
    out.append(contentsOf: sample.name.utf8)
    if !sample.labels.isEmpty {
      let labels = style == .python ? sample.labels.sorted { $0.name < $1.name } : sample.labels
      out.append(UInt8(ascii: "{"))
      for (index, label) in labels.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        out.append(contentsOf: "\(label.name)=\"".utf8)
        escape(label.value, quotes: true, to: &out)
        out.append(UInt8(ascii: "\""))
      }
      out.append(UInt8(ascii: "}"))
    }
    out.append(0x20)
    out.append(contentsOf: number(sample.value).utf8)
    out.append(0x0A)
  }

  /// A sample value as this style prints it.
  public func number(_ value: Double) -> String {
    switch style {
    case .python: NumberText.python(value)
    case .go: NumberText.go(value)
    case .dcgm: NumberText.dcgm(value)
    }
  }

  private func escape(_ text: String, quotes: Bool, to out: inout [UInt8]) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): out.append(contentsOf: #"\\"#.utf8)
      case 0x0A: out.append(contentsOf: #"\n"#.utf8)
      case UInt8(ascii: "\"") where quotes: out.append(contentsOf: #"\""#.utf8)
      default: out.append(byte)
      }
    }
  }
}
