import TestSupport
import Testing

@testable import Detection

/// Lists of numbers, told apart by what they look like.
@Suite struct ListTests {
  private static let ids =
    "4827, 553, 290, 9107, 19504, 2870, 105836, 326, 3975, 5813, 37861, 7524, 306, 7342, 7524, 30, 11, 902"

  @Test(arguments: ["", "[", "prompt: [", "array([", "\"tokens\":["])
  func idsOfATextAreFoundWhateverStandsBefore(opening: String) { #expect(areTokenIDs(opening, Self.ids)) }

  @Test(arguments: ["block_table=[", "free ports [", "num_prompt_tokens: [", "'stop_token_ids': ["])
  func aNameThatSaysOtherwiseIsBelieved(opening: String) { #expect(!areTokenIDs(opening, Self.ids)) }

  @Test func aNameMakesUpForLengthButNotForOrder() {
    #expect(areTokenIDs("prompt_token_ids=tensor([[", "151644, 872, 198, 15191, 374"))
    #expect(!areTokenIDs("", "151644, 872, 198, 15191, 374"))
    #expect(!areTokenIDs("tokens: [", "128, 256, 1000, 2048, 4097, 8191"))
    #expect(!areTokenIDs("tokens: [", "8191, 4097, 2048, 1000, 256, 128"))
    #expect(!areTokenIDs("tokens: [", "8192, 4096, 65536, 1024, 2048, 512"))
  }

  @Test func timesAndAddressesAreNoIds() {
    #expect(!areTokenIDs("", Self.ids + ", 1763811200, 12, 15, 7"))
    #expect(!areTokenIDs("", Self.ids + ", 999999, 12, 15, 7"))
  }

  @Test func columnsOfATableAreNoIds() {
    #expect(!areTokenIDs("top ", Self.ids.replacing(",", with: "")))
    #expect(areTokenIDs("[", Self.ids.replacing(",", with: "")))
  }

  @Test func evenSpreadIsNoTexts() {
    var random = SeededGenerator(7)
    let blocks = (0..<64).map { _ in String(Int.random(in: 0..<20_000, using: &random)) }
    #expect(!areTokenIDs("", blocks.joined(separator: ", ")))
  }

  @Test func anEmbeddingHasBothSignsAndManyDigits() {
    var random = SeededGenerator(3)
    let vector = (0..<64).map { _ in Double(Int.random(in: -999_999...999_999, using: &random)) / 10_000_000 }
    func list(_ change: (Double) -> Double) -> String { vector.map { "\(change($0))" }.joined(separator: ", ") }
    #expect(isEmbedding(list { $0 }))
    #expect(isEmbedding(list { $0 }.replacing(",", with: "")))
    #expect(!isEmbedding(list { abs($0) }))
    #expect(!isEmbedding(list { ($0 * 100).rounded() / 100 }))
    #expect(!isEmbedding(list { $0 * 1_000 }))
    #expect(!isEmbedding(vector.prefix(12).map { "\($0)" }.joined(separator: ", ")))
  }

  private func areTokenIDs(_ opening: String, _ list: String) -> Bool {
    let range = opening.utf8.count..<opening.utf8.count + list.utf8.count
    return Array((opening + list).utf8).withUnsafeBytes { IntegerList.isTokenIDs($0, range) }
  }

  private func isEmbedding(_ list: String) -> Bool {
    Array(list.utf8).withUnsafeBytes { EmbeddingVector.isEmbedding($0, 0..<$0.count) }
  }
}
