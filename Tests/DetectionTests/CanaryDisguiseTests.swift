import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Detection

/// Markers as telemetry mangles them: folded, decomposed, stuffed with invisible characters, escaped, encoded, truncated,
/// cut in two.
@Suite struct CanaryDisguiseTests {
  private static let words = ["dorivaleno", "mupatirego", "kaselumibo", "bafolitezu", "gonevirasa", "tilodemura"]
  private let judge: Judge

  init() throws { judge = try policyJudge(canaries: CanarySet(markers: Self.words), without: [.detection]) }

  private func found(_ text: String) -> Int {
    judge.beginSource()
    return judge.judge(text)?.canaryMarkers ?? 0
  }

  @Test(arguments: [
    "dorival\u{EA}no", "dorivale\u{302}no", "D\u{D3}RIVAL\u{C9}NO", "dori\u{200B}valeno",
    "\u{200B}d\u{200D}o\u{AD}rivaleno",
    "dori\u{2060}\u{FEFF}valeno", "\u{FF44}\u{FF4F}\u{FF52}\u{FF49}\u{FF36}aleno", "dori\u{1B}[1;31mvale\u{1B}[0mno",
    #"dori\u200bvaleno"#, #"dorival\u00eano"#, #"dorivale\u0302no"#, #"\x64orivaleno"#,
    "don\u{303}a do\u{301}rivaleno",
  ])
  func isFoundUnderWhatLeavesAWordReadable(text: String) throws {
    let judgement = try #require(judge.judge("é \(text) é"))
    #expect(judgement.canaryMarkers == 1)
    // From the word's first character to its last, in bytes of what was given.
    let range = try #require(judgement.canaryRange)
    let bytes = Array("é \(text) é".utf8)
    #expect(range.upperBound == bytes.count - 3)
    #expect(range.lowerBound >= 3 && judge.judge(Array(bytes[range]), surface: .log, slot: .line)?.canaryMarkers == 1)
  }

  @Test func isFoundInLatin1() {
    let bytes = Array("ol".utf8) + [0xE1, 0x20] + Array("dorival".utf8) + [0xEA] + Array("no fim".utf8)
    #expect(judge.judge(bytes, surface: .log, slot: .line)?.canaryMarkers == 1)
  }

  @Test(arguments: ["dor ivaleno", "dori\u{3B1}valeno", "dori\u{D7}valeno", "dori.valeno", "dori\u{1B}valeno"])
  func otherCharactersDivideWords(text: String) { #expect(found(text) == 0) }

  @Test func isFoundInAnyPartOfAMessage() {
    var random = SeededGenerator(5)
    let message = Self.words.map { "a sua \($0) que vem e" }.joined(separator: " ")
    let letters = Array(message)
    for _ in 0..<200 {
      let start = Int.random(in: 0..<letters.count, using: &random)
      let end = Int.random(in: start...letters.count, using: &random)
      let part = String(letters[start..<end])
      #expect(found(part) == Self.words.count { part.contains($0) })
    }
  }

  @Test func isFoundEncodedAtEveryAlignment() {
    for padding in 0..<12 {
      let text = String(repeating: "y", count: padding) + " era uma vez dorivaleno e também mupatirego"
      let hex = text.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
      #expect(found("blob=" + base64(text)) == 2)
      #expect(found("blob=" + base64(text).dropFirst(padding % 4)) == 2)
      #expect(found("blob=" + hex) == 2)
    }
  }

  @Test func isFoundPercentEncodedAndNested() {
    let text = "era uma vez dorival\u{EA}no e também mupatirego"
    let percent = text.utf8.map { "%" + String($0, radix: 16) }.joined()
    #expect(found("GET /q?text=" + percent) == 2)
    #expect(found("GET /q?text=dorival%C3%AAno+e+mupatirego") == 2)
    #expect(found(#"{"body":"\u0022"# + base64(base64(text)) + #""}"#) == 2)
    #expect(found("v=" + base64(percent)) == 2)
  }
}

/// A marker of which one line or record holds the beginning and the next one the rest.
@Suite struct CanaryCutTests {
  private let judge: Judge

  init() throws {
    judge = try policyJudge(canaries: CanarySet(markers: ["dorivaleno", "mupatirego"]), without: [.detection])
  }

  private func found(_ texts: String...) -> [Int] {
    judge.beginSource()
    return texts.map { judge.judge($0)?.canaryMarkers ?? 0 }
  }

  @Test func isFoundWhereverALineIsCut() {
    let marker = Array("dorivaleno")
    for cut in 1..<marker.count {
      let (head, tail) = (String(marker[..<cut]), String(marker[cut...]))
      #expect(found("a \(head)\n\(tail) b") == [1], "after \(cut)")
      #expect(found("a \(head)-\r\n    > \(tail) b") == [1], "after \(cut)")
      #expect(found(#"{"a":"x \#(head)\n\#(tail) y"}"#) == [1], "after \(cut)")
      #expect(found("a \(head)", "\(tail) b") == [0, 1], "after \(cut)")
      // As container runtimes split long entries: CRI, Docker's json-file.
      #expect(
        found("2026-11-22T09:00:00.1Z stdout P a \(head)", "2026-11-22T09:00:00.1Z stdout F \(tail) b") == [0, 1],
        "after \(cut)")
      let docker = #"","stream":"stdout","time":"2026-11-22T09:00:00.123456789Z"}"#
      #expect(found(#"{"log":"a \#(head)\#(docker)"#, #"{"log":"\#(tail) b\#(docker)"#) == [0, 1], "after \(cut)")
    }
  }

  @Test func thePlaceIsThatOfTheRest() throws {
    _ = judge.judge("a dori")
    #expect(judge.judge("> valeno b")?.canaryRange == 2..<8)
    #expect(judge.judge("a mupa\n tirego")?.canaryRange == 8..<14)
  }

  @Test func anotherSourceDoesNotGoOn() {
    _ = found("a dori")
    judge.beginSource()
    #expect(judge.judge("valeno b") == nil)
  }

  @Test func whatDoesNotFollowIsNotJoined() {
    #expect(found("a dori", "b", "valeno") == [0, 0, 0])
    #expect(found("xdori", "valeno") == [0, 0])
    #expect(found("a dori", "xvaleno") == [0, 0])
    #expect(found("dori" + String(repeating: " ", count: 200), "valeno") == [0, 0])
    #expect(found("dori", String(repeating: " ", count: 200) + "valeno") == [0, 0])
    // The name of a file is no part of what its lines say.
    _ = found("a dori")
    #expect(judge.judge("valeno", .log, .fileName) == nil)
    #expect(judge.judge("valeno")?.canaryMarkers == 1)
  }

  /// Cut at random places among random words, against a search of what was not cut.
  @Test func agreesWithAPlainSearchOfTheUncutText() {
    var random = SeededGenerator(17)
    func word() -> String {
      (0..<5).map { _ in
        String("bdfgjklmnprstvz".randomElement(using: &random)!) + String("aeiou".randomElement(using: &random)!)
      }.joined()
    }
    let markers = (0..<2_000).map { _ in word() }
    let reader = CanaryReader(CanarySet(markers: markers))
    for _ in 0..<200 {
      let words = (0..<12).map { _ in Bool.random(using: &random) ? word() : markers.randomElement(using: &random)! }
      let text = Array(words.joined(separator: " ").utf8)
      // A word cut twice would be in three records, which is more than is kept.
      let cuts = (0..<4).map { 33 * $0 + Int.random(in: 1...22, using: &random) }
      let pieces = zip([0] + cuts, cuts + [text.count]).map { Array(text[$0..<$1]) }
      reader.beginSource()
      var found = 0
      for piece in pieces {
        reader.begin(carrying: true)
        piece.withUnsafeBytes { reader.search($0, isText: true) { $0 } }
        found = max(found, reader.extent?.found ?? 0)
      }
      #expect(found == Set(words).intersection(markers).count)
    }
  }
}
