import Testing
import Vocabulary

@testable import Detection

@Suite struct RepetitionTests {
  private func symbols(_ text: String) -> String {
    var symbols = Symbols()
    Array(text.utf8).withUnsafeBytes { symbols.read($0) }
    return String(String.UnicodeScalarView(symbols.code.compactMap(Unicode.Scalar.init)))
  }

  @Test(arguments: [
    // The third time on a word is repetition, whatever its digits;
    ("a gpu01 gpu02 gpu03 gpu04 b", "a gpu0 gpu0 b"),
    // so are two to four in turn, once they came round three times,
    ("up a,b a,b a,b a,b a,b", "up a,b a,b a,b"),
    // and letters of one kind in a row.
    ("noooooooo", "nooo"),
    // Numbers are told apart by other means, and sentences repeat their small words.
    ("[1, 2, 3, 4, 5]", "[0, 0, 0, 0, 0]"),
    ("the cat and the dog and the cow", "the cat and the dog and the cow"), ("", ""),
  ])
  func repetitionIsLeftOut(text: String, read: String) { #expect(symbols(text) == read) }

  @Test func aListOfOneNameSaysNoMoreThanThree() throws {
    func logOdds(_ count: Int) -> Double {
      let line = "gmetad: Warning: we failed to resolve data source name" + String(repeating: " an403", count: count)
      return Array(line.utf8).withUnsafeBytes { LanguageScorer().logOdds($0, surface: .log) }
    }
    #expect(abs(logOdds(60) - logOdds(6)) < 0.01)
    #expect(logOdds(60) < 1)
  }

  @Test func whatStandsBehindRepetitionKeepsItsPlace() {
    let carried = "Why does my back hurt when I get up in the morning?"
    let line = "hosts: gpu01 gpu02 gpu03 gpu04 gpu05 text=\"\(carried)\""
    let score = Array(line.utf8).withUnsafeBytes { LanguageScorer().score($0, surface: .log) }
    let start = line.utf8.count - 1 - carried.utf8.count
    #expect(score.logOdds > 1 && score.region == start..<start + carried.utf8.count)
  }
}
