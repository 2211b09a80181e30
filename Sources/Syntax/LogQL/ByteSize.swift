/// Sizes as Loki reads them in label filters: `5KB`, `1.5MiB`.
///
/// Source: github.com/dustin/go-humanize bytes.go `ParseBytes`, as grafana/loki uses it from 2.9 to 3.8.
public enum ByteSize {
  private static let units: [(names: [String], bytes: UInt64)] = [
    (["", "b"], 1),
    (["k", "kb"], 1000), (["ki", "kib"], 1 << 10),
    (["m", "mb"], 1_000_000), (["mi", "mib"], 1 << 20),
    (["g", "gb"], 1_000_000_000), (["gi", "gib"], 1 << 30),
    (["t", "tb"], 1_000_000_000_000), (["ti", "tib"], 1 << 40),
    (["p", "pb"], 1_000_000_000_000_000), (["pi", "pib"], 1 << 50),
    (["e", "eb"], 1_000_000_000_000_000_000), (["ei", "eib"], 1 << 60),
  ]

  /// - Parameter text: a number and its unit, ASCII.
  /// - Returns: bytes; nil for what is no size, or too large a one.
  public static func parse(_ text: some StringProtocol) -> UInt64? {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let name = text[number.endIndex...].lowercased()
    guard let unit = units.first(where: { $0.names.contains(name) }), let value = Double(number) else { return nil }
    let size = value * Double(unit.bytes)
    return size < 18_446_744_073_709_551_616 ? UInt64(size) : nil
  }
}
