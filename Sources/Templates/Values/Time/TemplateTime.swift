/// A moment with its offset from UTC, as Go's `time.Time` prints and takes it apart.
public struct TemplateTime: Sendable, Hashable {
  /// Since 1970.
  public var seconds: Int64
  /// 0 to 999,999,999
  public var nanoseconds: Int
  /// Seconds east of Greenwich.
  public var offset: Int
  /// `UTC`; empty for an offset without a name, which is printed in its place.
  public var zone: String
  /// Where it has moved to another zone: what its offset is at other moments.
  var rules: TimeZoneRules?

  public init(seconds: Int64, nanoseconds: Int = 0, offset: Int = 0, zone: String = "UTC") {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
    self.offset = offset
    self.zone = zone
  }

  /// Go's zero: the first moment of the year 1.
  public static let zero = Self(seconds: -62_135_596_800)

  /// RFC 3339, as `encoding/json` reads it; nil for what is none.
  public init?(rfc3339 text: String) {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= bytes.count, bytes[range].allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      return Int(String(decoding: bytes[range], as: UTF8.self))
    }
    guard bytes.count >= 20, let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      (1...12).contains(month), (1...GoTime.days(in: month, of: year)).contains(day), hour < 24, minute < 60,
      second < 60,
      [bytes[4], bytes[7], bytes[13], bytes[16]] == Array("--::".utf8), bytes[10] == UInt8(ascii: "T")
    else { return nil }
    var index = 19
    var fraction = 0
    if bytes[index] == UInt8(ascii: ".") {
      let digits = bytes[(index + 1)...].prefix { (0x30...0x39).contains($0) }
      guard !digits.isEmpty else { return nil }
      let nine = String(decoding: digits.prefix(9), as: UTF8.self)
      fraction = Int(nine + String(repeating: "0", count: 9 - nine.utf8.count)) ?? 0
      index = digits.endIndex
    }
    var offset = 0
    var zone = "UTC"
    if bytes.dropFirst(index) != [UInt8(ascii: "Z")] {
      guard bytes.count == index + 6, let hours = number((index + 1)..<(index + 3)),
        let minutes = number((index + 4)..<(index + 6)), hours < 24, minutes < 60,
        bytes[index + 3] == UInt8(ascii: ":"),
        bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-")
      else { return nil }
      offset = (hours * 60 + minutes) * 60 * (bytes[index] == UInt8(ascii: "-") ? -1 : 1)
      // Go reads an offset of nothing as UTC where that is the local time, as it is taken to be here.
      zone = offset == 0 ? "UTC" : ""
    }
    let days = GoTime.daysSinceEpoch(year, month, day)
    self.init(
      seconds: Int64(days) * 86_400 + Int64(hour * 3600 + minute * 60 + second - offset), nanoseconds: fraction,
      offset: offset, zone: zone)
  }

  /// `Time.String`
  public var description: String { format("2006-01-02 15:04:05.999999999 -0700 MST") }

  public func format(_ layout: String) -> String { GoTime.format(self, layout) }

  var utc: Self { Self(seconds: seconds, nanoseconds: nanoseconds) }

  /// Nanoseconds from another moment to this, as far as Go's durations reach.
  func since(_ other: Self) -> Int64 {
    let (product, overflows) = (seconds - other.seconds).multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, overflowsToo) = product.addingReportingOverflow(Int64(nanoseconds - other.nanoseconds))
    return overflows || overflowsToo ? (seconds < other.seconds ? .min : .max) : sum
  }

  func adding(nanoseconds count: Int64) -> Self {
    var result = self
    let sum = Int64(nanoseconds) + count % 1_000_000_000
    result.seconds += count / 1_000_000_000 + (sum < 0 ? -1 : sum >= 1_000_000_000 ? 1 : 0)
    result.nanoseconds = Int((sum + 1_000_000_000) % 1_000_000_000)
    return rules.map { result.in($0) } ?? result
  }
}
