import Foundation
import Testing

@Suite("sigilo classify")
struct ClassifyCommandTests {
  private struct Row: Codable, Equatable {
    var id: String
    var surface: String?
    var text: String?
    var content: Bool?
  }

  private let place: Workplace

  init() throws { place = try Workplace() }

  private func lines(_ rows: [Row]) throws -> String {
    try rows.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) + "\n" }.joined()
  }

  @Test func judgesEachLineInOrderAndExitsClean() async throws {
    let input = try lines([
      Row(id: "b", surface: "log", text: Samples.conversation), Row(id: "a", surface: "log", text: "listening on 8000"),
    ])
    let outcome = try await place.sigilo(["classify"], input: input)
    #expect(outcome.status == 0)
    let rows = try outcome.output.split(separator: "\n").map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)) }
    #expect(rows == [Row(id: "b", content: true), Row(id: "a", content: false)])
    #expect(Samples.secrets.filter(outcome.output.contains).isEmpty)
  }

  @Test func aBrokenLineIsAUsageErrorWithItsNumber() async throws {
    let outcome = try await place.sigilo(
      ["classify"], input: try lines([Row(id: "a", surface: "log", text: "x")]) + "{\n")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("-:2:"))
  }
}
