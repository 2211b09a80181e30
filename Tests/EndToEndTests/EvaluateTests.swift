import Foundation
import Testing

@Suite("sigilo evaluate")
struct EvaluateCommandTests {
  @Test func measuresLabelledTextsWithoutPrintingThem() async throws {
    let place = try Workplace()
    let rows = [
      ["id": "a", "surface": "log", "text": Samples.conversation, "kind": "body", "lang": "pt"],
      ["id": "b", "surface": "log", "text": "listening on 8000", "kind": "log", "lang": "en"],
    ]
    let lines = try rows.enumerated().map { number, row in
      let text = String(decoding: try JSONEncoder().encode(row), as: UTF8.self)
      return text.dropLast() + #","label":\#(1 - number)}"#
    }
    let data = try place.folder.write(lines.joined(separator: "\n"), to: "work/rows.jsonl")
    let outcome = try await place.sigilo(["evaluate", "--data", data])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("| at the policy's thresholds | 100.00 % |"))
    #expect(Samples.secrets.filter(outcome.output.contains).isEmpty)
    #expect(try await place.sigilo(["evaluate", "--data", data + ".none"]).status == 2)
  }
}
