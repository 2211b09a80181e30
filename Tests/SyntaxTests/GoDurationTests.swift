import Syntax
import Testing

@Suite struct GoDurationTests {
  /// As Go 1.19's `time.ParseDuration` reads them.
  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("5s", 5_000_000_000), ("-1.5h", -5_400_000_000_000), ("+1m0.5s", 60_500_000_000),
      ("3us2µs1μs", 6000), (".5ms", 500_000), ("1.", nil), ("1.s", 1_000_000_000), (".s", nil), ("", nil), ("-", nil),
      ("5", nil), ("1d", nil), ("1h 2m", nil), ("0.3333333333333333333h", 1_200_000_000_000),
      ("9223372036854775807ns", .max), ("-9223372036854775808ns", .min), ("9223372036854775808ns", nil),
      ("2562047h47m16.854775808s", nil), ("1５s", nil),
    ] as [(String, Int64?)]) func readsAsGo(text: String, nanoseconds: Int64?)
  {
    #expect(GoDuration.parse(text) == nanoseconds)
  }

  @Test(
    arguments: [
      ("5KB", 5000), ("1.5MiB", 1_572_864), ("7", 7), ("2k", 2000), ("1gi", 1 << 30), ("3x", nil), ("B", nil),
      ("1.2.3B", nil), ("18446744073709551616B", nil),
    ] as [(String, UInt64?)]) func readsSizes(text: String, bytes: UInt64?)
  {
    #expect(ByteSize.parse(text) == bytes)
  }
}
