import TestSupport
import Testing

@testable import Syntax

@Suite struct GoStringTests {
  @Test(
    arguments: [
      (#""a\"b\\c\n\t""#, "a\"b\\c\n\t"), (#""é\u00e9\x41\101\U0001F600""#, "ééAA😀"), (#"'it\'s "so"'"#, "it's \"so\""),
      ("`a\\n\"'\n`", "a\\n\"'\n"), (#""""#, ""),
    ] as [(String, String)])
  func readsWhatPrometheusReads(literal: String, text: String) throws {
    let read = try GoString.read(("x" + literal + "y").bytes, at: 1, as: .promQL)
    #expect(read.value == text.bytes && read.end == literal.utf8.count + 1)
  }

  @Test(
    arguments: [
      (#""a\qb""#, 2), (#""a\'""#, 2), (#"'a\"'"#, 2), (#""\x4""#, 1), (#""\400""#, 1), (#""\18""#, 1),
      (#""\ud800""#, 1),
      (#""\U00110000""#, 1), ("\"a\nb\"", 0), ("\"abc", 0), ("`abc", 0), (#""abc\"#, 0), ("\"a\u{FFFD}\"", 2),
    ] as [(String, Int)])
  func refusesTheRestByPlace(literal: String, offset: Int) {
    #expect { try GoString.read(literal.bytes, at: 0, as: .promQL) } throws: { ($0 as? QueryError)?.offset == offset }
  }

  @Test func dialectsDiffer() throws {
    #expect(try GoString.read("`a\r\nb`".bytes, at: 0, as: .go).value == "a\nb".bytes)
    #expect(try GoString.read("`a\r\nb`".bytes, at: 0, as: .promQL).value == "a\r\nb".bytes)
    #expect(try GoString.read(#""\ud800""#.bytes, at: 0, as: .logQL).value == "\u{FFFD}".bytes)
    #expect(try GoString.read([0x22, 0xFF, 0x22], at: 0, as: .go).value == "\u{FFFD}".bytes)
    #expect(throws: QueryError.self) { try GoString.read([0x22, 0xFF, 0x22], at: 0, as: .promQL) }
    #expect(try GoString.read(#""\xff""#.bytes, at: 0, as: .promQL).value == [0xFF])
  }

  @Test func quotesAsGoDoes() {
    #expect(
      GoString.quote("a\"\\\n\r\t\u{07}\u{7F}\u{1B}é\u{A0}\u{FFFD}\u{E0001}")
        == #""a\"\\\n\r\t\a\x7f\x1bé\u00a0\ufffd\U000e0001""#)
  }

  @Test func everyTextComesBack() throws {
    var random = SeededGenerator(5)
    for _ in 0..<500 {
      let scalars = (0..<8).compactMap { _ in
        Unicode.Scalar(UInt32.random(in: 0...(Bool.random(using: &random) ? 0xFF : 0x10FFFF), using: &random))
      }
      let text = scalars.reduce(into: "") { $0.unicodeScalars.append($1) }
      let literal = GoString.quote(text).bytes
      let read = try GoString.read(literal, at: 0, as: .promQL)
      #expect(read.value == text.bytes && read.end == literal.count)
    }
  }
}

@Suite struct PrometheusDurationTests {
  @Test(
    arguments: [
      ("1h30m", 5_400_000), ("250ms", 250), ("1y2w3d4h5m6s7ms", 33_019_506_007), ("0", 0), ("0s", 0),
      ("90d", 7_776_000_000),
      ("292y", 9_208_512_000_000), ("300y", nil), ("1m1h", nil), ("5", nil), ("00", nil), ("", nil), ("m", nil),
      ("5m5", nil),
      ("1.5h", nil), ("1m1m", nil), ("1x", nil), ("99999999999999999999s", nil), ("5M", nil),
    ] as [(String, Int64?)])
  func reads(text: String, milliseconds: Int64?) {
    #expect(PrometheusDuration.milliseconds(text.utf8) == milliseconds)
  }

  @Test(
    arguments: [
      (0, "0s"), (5_400_000, "1h30m"), (7_776_000_000, "90d"), (1_209_600_000, "2w"), (31_536_000_000, "1y"),
      (-1500, "-1s500ms"), (9_223_372_036_854, "106751d23h47m16s854ms"),
    ] as [(Int64, String)])
  func writes(milliseconds: Int64, text: String) {
    #expect(PrometheusDuration.text(milliseconds: milliseconds) == text)
    #expect(milliseconds < 0 || PrometheusDuration.milliseconds(text.utf8) == milliseconds)
  }
}
