import TestSupport
import Testing

@testable import Detection

/// The fast finders against what anyone would write.
@Suite struct FinderTests {
  @Test func automatonFindsExactlyTheLiteralsThatStandThere() {
    var random = SeededGenerator(1)
    let alphabet = Array("abAB\"x ".utf8)
    func word(_ length: ClosedRange<Int>) -> [UInt8] {
      (0..<Int.random(in: length, using: &random)).map { _ in alphabet.randomElement(using: &random)! }
    }
    for _ in 0..<200 {
      let literals = (0..<12).map { _ in word(1...5) }
      let automaton = LiteralAutomaton(
        literals.enumerated().map { index, text in
          var rules = RuleSet()
          rules.insert(index * 20)
          return (text, rules)
        })
      let text = word(0...40)
      let found = Array(text.withUnsafeBytes { automaton.rules(in: $0) })
      let expected = literals.indices.filter { contains(folded(text), folded(literals[$0])) }.map { $0 * 20 }
      #expect(found == expected)
    }
  }

  @Test func runsAreMaximalAndComplete() {
    var random = SeededGenerator(2)
    let alphabet = Array("0a.z".utf8)
    let finder = RunFinder()
    let digits = finder.add("0-9.")!
    for _ in 0..<500 {
      let text = (0..<Int.random(in: 0...60, using: &random)).map { _ in alphabet.randomElement(using: &random)! }
      for least in [1, 2, 5, 9] {
        var found: [Range<Int>] = []
        text.withUnsafeBytes { bytes in finder.forEachRun(of: digits, atLeast: least, in: bytes) { found.append($0) } }
        var expected: [Range<Int>] = []
        var start: Int?
        for index in 0...text.count {
          let isMember = index < text.count && (text[index] == 0x30 || text[index] == 0x2E)
          if isMember { start = start ?? index }
          if !isMember, let low = start {
            if index - low >= least { expected.append(low..<index) }
            start = nil
          }
        }
        #expect(found == expected)
      }
    }
  }

  @Test func aClassIsASCIIAndItsRangesAscend() {
    let finder = RunFinder()
    #expect(finder.add("") == nil && finder.add("z-a") == nil && finder.add("é") == nil)
    #expect(finder.add("a-c-") == finder.add("a-c-"))
    #expect(finder.contains(0x2D, finder.add("a-c-")!))
  }

  private func folded(_ text: [UInt8]) -> [UInt8] { text.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 } }

  private func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    text.count >= part.count && (0...text.count - part.count).contains { text[$0...].starts(with: part) }
  }
}
