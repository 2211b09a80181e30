/// Lengths of time as Prometheus and its relatives write them: `1h30m`, `90d`, `250ms`; a year is 365 days.
///
/// Source: prometheus/common, model/time.go (0.39 to 0.70): `ParseDuration` and `Duration.String`.
public struct PrometheusDuration: Sendable, Hashable, Comparable {
  public var milliseconds: Int

  public init(milliseconds: Int) { self.milliseconds = milliseconds }

  public init(seconds: Double) { milliseconds = Int((seconds * 1000).rounded()) }

  /// - Returns: nil where the text is no duration; see ``milliseconds(_:)``.
  public init?(_ text: some StringProtocol) {
    guard let milliseconds = Self.milliseconds(text.utf8) else { return nil }
    self.milliseconds = Int(milliseconds)
  }

  public var seconds: Double { Double(milliseconds) / 1000 }

  public var text: String { Self.text(milliseconds: Int64(milliseconds)) }

  public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

  private static let units: [(name: String, milliseconds: Int64)] = [
    ("y", 31_536_000_000), ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000),
    ("ms", 1),
  ]

  /// What Go's nanoseconds can count.
  public static let maximumMilliseconds = Int64.max / 1_000_000

  /// - Returns: milliseconds; nil where the text is none (units must come from the largest to the smallest, each once), or is
  ///   longer than 292 years. A bare `0` needs no unit.
  public static func milliseconds(_ text: some Collection<UInt8>) -> Int64? {
    if text.elementsEqual("0".utf8) { return 0 }
    var total: Int64 = 0
    var count: Int64?
    var unit: [UInt8] = []
    var next = units.startIndex
    func close() -> Bool {
      guard let amount = count,
        let index = units[next...].firstIndex(where: { $0.name.utf8.elementsEqual(unit) })
      else { return false }
      let (product, overflows) = amount.multipliedReportingOverflow(by: units[index].milliseconds)
      guard !overflows, product <= maximumMilliseconds - total else { return false }
      total += product
      next = index + 1
      return true
    }
    for byte in text {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
        unit.append(byte)
        continue
      }
      if !unit.isEmpty {
        guard close() else { return nil }
        (count, unit) = (nil, [])
      }
      let (tens, overflows) = (count ?? 0).multipliedReportingOverflow(by: 10)
      let (sum, overflowsToo) = tens.addingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
      guard !overflows, !overflowsToo else { return nil }
      count = sum
    }
    return close() ? total : nil
  }

  /// Years and weeks are written only where nothing is left over.
  public static func text(milliseconds: Int64) -> String {
    guard milliseconds != 0 else { return "0s" }
    var rest = milliseconds.magnitude
    var out = milliseconds < 0 ? "-" : ""
    for unit in units {
      let size = UInt64(unit.milliseconds)
      if ["y", "w"].contains(unit.name), rest % size != 0 { continue }
      if rest >= size { out += "\(rest / size)\(unit.name)" }
      rest %= size
    }
    return out
  }
}
