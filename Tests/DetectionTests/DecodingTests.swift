import Foundation
import Testing
import Vocabulary

@testable import Detection

@Suite struct EscapesTests {
  @Test(arguments: [
    (#"a\nb"#, "a\nb"), (#"\"x\""#, "\"x\""), (#"\\\\n"#, "\n"), (#"caf\u00e9"#, "café"), (#"\ud83d\ude00!"#, "😀!"),
    (#"n\xc3\xa3o"#, "não"), (#"a\/b\'"#, "a/b'"), (#"\q\u12"#, #"\q\u12"#), (#"end\"#, #"end\"#),
    ("\u{1B}[1;31mred\u{1B}[0m", "red"), (#"\u001b[32mINFO\x1b[0m: x"#, "INFO: x"), ("\u{1B}[", "\u{1B}["),
  ])
  func undoesEscapesAndColours(source: String, expected: String) { #expect(decoded(source).text == expected) }

  @Test(arguments: [
    ("q=a%20b%C3%A9", "q=a bé"), ("text=era+uma+vez", "text=era uma vez"), ("100%", "100%"), ("c++ a+b", "c++ a b"),
    ("p%", "p%"), ("%zz%4", "%zz%4"),
  ])
  func undoesPercentAndPlusSigns(source: String, expected: String) { #expect(decoded(source).text == expected) }

  @Test func leavesTextWithoutEscapesAlone() { #expect(!decoded(#"C:\Users\quiet"#).isDecoded) }

  @Test func knowsWhereADecodedByteStood() {
    // a b é(2 bytes) \n x
    let (_, places, _) = decoded(#"ab\u00e9\nxyz%20w"#)
    #expect(places == [0..<1, 1..<2, 2..<8, 2..<8, 8..<10, 10..<11, 11..<12, 12..<13, 13..<16, 16..<17])
  }

  private func decoded(_ source: String) -> (text: String, places: [Range<Int>], isDecoded: Bool) {
    let decoder = TextDecoder()
    return Array(source.utf8).withUnsafeBytes { bytes in
      decoder.decode(bytes)
      let text = decoder.text
      return (
        String(decoding: text.bytes, as: UTF8.self), text.bytes.indices.map { text.source(of: $0..<$0 + 1) },
        text.isDecoded
      )
    }
  }
}

@Suite struct EncodedRunTests {
  private let sentence = "resuma o laudo da paciente e diga o prazo"

  @Test(arguments: 0..<4)
  func decodesBase64AtEveryAlignment(prefix: Int) throws {
    let judgement = try policyJudge().judge("v=" + String(repeating: "A", count: prefix) + base64(sentence))
    #expect(judgement?.isContent == true)
    #expect(judgement?.evidence.first { $0.detector == "encoded-prose" }?.decodings == ["base64"])
  }

  @Test func readsBothAlphabetsWithAndWithoutPadding() throws {
    let judge = try policyJudge()
    // The bytes of these need the two letters in which the alphabets differ.
    let text = "não é? são três? põe já~~~ e diga o prazo"
    let standard = base64(text)
    #expect(standard.contains("/") || standard.contains("+"))
    let url = String(standard.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
    for run in [standard, url, standard + "==", url + "="] { #expect(judge.judge("x=\(run)")?.isContent == true) }
  }

  @Test func decodesHex() throws {
    let hex = sentence.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    for text in [hex, hex.uppercased(), "sha=f\(hex)"] {
      #expect(try policyJudge().judge(text)?.evidence.contains { $0.decodings == ["hex"] } == true)
    }
  }

  /// By Python's gzip and zlib, and by libzstd; `nested` is the first of them in base64 in a JSON string in base64 again.
  private static let compressed = [
    (
      "H4sIAAAAAAAC/x3KwQ2AIAwF0FX+Jh48OUaVxhIrJdCqbG/C9eWtFpowLFCVqTP4q0q5wA03Q+zFhi5zOek1fSBRnOLcQLuFw4WR8mPt4OUHl3n2kFIA"
        + "AAA=", ["base64", "gzip"]
    ),
    (
      "eNodysENgCAMBdBV/iYePDlGlcYSKyXQqmxvwvXlrRaaMCxQlakz+KtKucANN0PsxYYucznpNX0gUZzi3EC7hcOFkfJj7eDlB9FnHcs=",
      ["base64", "zlib"]
    ),
    (
      "KLUv/SBSRQIAgkQPFaCpDe2XmzjF+hdZEL49vOT/6r+oAcCJlMkx/ql1czCn6xVrxstA01MWrOT5h1ONHEO03Fd2RN5cNrgZBAIAO4U8XeoJ",
      ["base64", "zstd"]
    ),
  ]

  @Test(arguments: compressed)
  func whatIsCompressedInARunIsJudged(run: String, chain: [String]) throws {
    let judge = try policyJudge()
    for (text, decodings) in [
      ("body=\(run) end", chain), ("body=" + base64(#"{"payload":"\#(run)"}"#) + " end", ["base64"] + chain),
    ] {
      let judgement = try #require(judge.judge(text))
      let evidence = try #require(judgement.evidence.first { $0.detector == "encoded-prose" })
      #expect(judgement.isContent && judgement.undecided.isEmpty)
      #expect(evidence.start == 5 && (60..<text.utf8.count - 3).contains(evidence.end))
      let seen = decoded(text)
      #expect(seen == decodings)
    }
  }

  /// As where a program writes a value right behind a word of its own.
  @Test(arguments: compressed)
  func whatIsCompressedBetweenLettersIsJudged(run: String, chain: [String]) throws {
    let padding = String(repeating: "=", count: (4 - run.filter { $0 != "=" }.count % 4) % 4)
    let bytes = try #require(Data(base64Encoded: run.filter { $0 != "=" } + padding))
    let hex: String = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    for text in ["workerTP" + run, "workerTP\(hex)g", "\(hex.uppercased())xyz"] {
      #expect(try policyJudge().judge(text)?.isContent == true)
    }
  }

  private func decoded(_ text: String) -> [String] {
    let decoder = TextDecoder()
    return Array(text.utf8).withUnsafeBytes { bytes in
      decoder.decode(bytes)
      return decoder.text.decodings(of: 0..<decoder.text.bytes.count)
    }
  }

  @Test func depthIsBoundedAndCanariesAreFoundInIt() throws {
    let judge = try policyJudge(canaries: CanarySet(markers: ["dorivaleno"]), without: [.detection])
    var text = "the marker dorivaleno stands in here"
    for depth in 1...5 {
      text = base64(text)
      #expect((judge.judge("x=" + text)?.canaryMarkers == 1) == (depth <= 3), "\(depth)")
    }
  }

  @Test func coloursDoNotSplitAMatch() throws {
    let judgement = try policyJudge().judge("\u{1B}[1;32mCPF\u{1B}[0m 111.444.\u{1B}[31m777\u{1B}[0m-35")
    let evidence = try #require(judgement?.evidence.first { $0.detector == "cpf" })
    #expect(evidence.start == 15 && evidence.end == 38 && evidence.decodings.isEmpty)
  }

  @Test func textIsALongStretchOfPrintableUTF8() {
    func text(_ bytes: [UInt8]) -> Range<Int>? { bytes.withUnsafeBytes(TextLikeness.longestText) }
    #expect(text(Array(sentence.utf8)) == 0..<sentence.utf8.count)
    #expect(text([0, 1] + Array(sentence.utf8)) == 2..<sentence.utf8.count + 2)
    #expect(text(Array("curto".utf8)) == nil)
    #expect(text((0..<200).map { UInt8(truncatingIfNeeded: $0 &* 151 ^ 0x80) }) == nil)
  }

  @Test func entropyIsThatOfShannon() {
    func entropy(_ text: String) -> Double { Array(text.utf8).withUnsafeBytes(TextLikeness.entropy) }
    #expect(entropy("aaaa") == 0)
    #expect(entropy("abab") == 1)
    #expect(entropy("abcdefgh") == 3)
  }

  /// What is decoded is judged again: the rule that fires is the one for the text inside.
  @Test func decodedTextIsJudgedAgain() throws {
    let judgement = try policyJudge().judge("body=" + base64(#"{"messages":[{"role":"user","content":"oi"}]}"#))
    let evidence = judgement?.evidence.first { $0.detector == "chat-message" }
    #expect(evidence?.decodings == ["base64"])
    #expect(evidence.map { $0.start == 5 && $0.end > 60 } == true)
  }
}

/// Base64 without padding.
func base64(_ text: String) -> String {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  var out = ""
  var bits: UInt32 = 0
  var pending = 0
  for byte in text.utf8 {
    bits = bits << 8 | UInt32(byte)
    pending += 8
    while pending >= 6 {
      pending -= 6
      out.append(alphabet[Int(bits >> UInt32(pending) & 63)])
    }
  }
  if pending > 0 { out.append(alphabet[Int(bits << UInt32(6 - pending) & 63)]) }
  return out
}
