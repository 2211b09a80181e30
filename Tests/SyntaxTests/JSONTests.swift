import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Syntax

@Suite struct JSONTests {
  @Test func positionsStylesAndRepeatedKeys() throws {
    let source = "{\n \"é\": [1, \"a\\u00e9\\ud83d\\ude00\\ud800\\n\", true],\n \"é\": null }"
    let root = try JSONDocument.parse(source.bytes)
    #expect(root.mapping?.count == 2)
    let array = try #require(root["é"]?.array)
    #expect(array.map(\.column) == [8, 11, 42])
    #expect(array.map(\.style) == [.number, .string, .bool])
    #expect(array[1].string == "aé😀\u{FFFD}\n")
    #expect(root.mapping?[1].value.isNull == true)
    var pointers: [String] = []
    root.walk { pointer, _, isKey in if !isKey { pointers.append(pointer) } }
    #expect(pointers == ["", "/é", "/é/0", "/é/1", "/é/2", "/é"])
  }

  @Test(arguments: [
    ("", 1), ("{", 2), ("[1,]", 4), ("{\"a\" 1}", 6), ("{a:1}", 2), ("[01]", 3), ("[1.]", 4), ("\"\\x\"", 2),
    ("[\"\u{1}\"]", 3), ("tru", 1), ("[1] 2", 5), ("[-]", 3), ("[1e]", 4), ("{\"a\":1,}", 8), ("[\"a", 4),
    ("\"\\u12\"", 2),
  ])
  func brokenTextHasAPlace(source: String, column: Int) throws {
    let fault = try #require(throws: Fault.self) { try JSONDocument.parse(source.bytes) }
    #expect(fault.status == .usage)
    #expect(fault.place?.column == column)
  }

  @Test func depthIsLimited() throws {
    func nested(_ depth: Int) -> [UInt8] { Array(repeating: 0x5B, count: depth) + Array(repeating: 0x5D, count: depth) }
    _ = try JSONDocument.parse(nested(512))
    let fault = try #require(throws: Fault.self) { try JSONDocument.parse(nested(513)) }
    #expect(fault.status == .incomplete)
    _ = try #require(throws: Fault.self) { try JSONDocument.parse(Array(repeating: 0x5B, count: 5_000_000)) }
  }

  @Test(.enabled(if: Shared.isThere, "no evaluation data beside the checkout"))
  func agreesWithFoundationOnRealAndDamagedFiles() throws {
    var random = SeededGenerator(7)
    for path in Shared.files("corpora/real") + Shared.files("facts/samples") where path.hasSuffix(".json") {
      let bytes = try Shared.bytes(path)
      _ = try JSONDocument.parse(bytes)
      let damaged = bytes.damaged(&random)
      let ours = (try? JSONDocument.parse(damaged)) != nil
      // Foundation is laxer in places, but nothing that we take may be refused by it.
      if ours { #expect((try? JSONSerialization.jsonObject(with: Data(damaged), options: .fragmentsAllowed)) != nil) }
    }
  }
}
