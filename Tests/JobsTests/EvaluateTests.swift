import Detection
import Foundation
import Testing
import Vocabulary

@testable import Jobs

@Suite struct EvaluateTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "evaluate-\(UUID().uuidString)")

  private struct Figures: Decodable {
    struct Group: Decodable {
      var name: String
      var rows: Int
      var shipped: Double
    }
    var isCrossValidated: Bool
    var conversation: Int
    var operational: Int
    var veryShort: Int
    var recall: Double?
    var falsePositives: Double?
    var kinds: [Group]
    var operationalKinds: [Group]
    var alone: [Group]
    var veryShortRows: [Group]
  }

  private static let rows = """
    {"id":"a","surface":"log","text":"request: {\\"messages\\": [{\\"role\\": \\"user\\", \\"content\\": \\"onde fica a lua?\\"}]}","label":1,"kind":"body","lang":"pt"}
    {"id":"b","surface":"label","text":"model=\\"como faço para pedir a segunda via do cartão?\\"","label":1,"kind":"label","lang":"pt","carrier":"label_value"}
    {"id":"c","surface":"log","text":"ok","label":1,"kind":"short","lang":"en","carrier":"bare","very_short":true}
    {"id":"d","surface":"log","text":"INFO worker 3 started, listening on port 8000","label":0,"kind":"log","lang":"en"}
    """

  private func file(_ text: String) throws -> String {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appending(path: "rows.jsonl")
    try Data(text.utf8).write(to: file)
    return file.path
  }

  private func figures(_ text: String, foldModels: String? = nil) async throws -> Figures {
    let path = try file(text)
    let result = try await EvaluateJob(folder: nil, foldModels: foldModels).run(data: path, format: .json)
    return try JSONDecoder().decode(Figures.self, from: Data(result.report))
  }

  @Test func countsByKindAndLeavesVeryShortRowsOut() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let figures = try await figures(Self.rows)
    #expect(!figures.isCrossValidated)
    #expect(figures.conversation == 2 && figures.operational == 1 && figures.veryShort == 1)
    #expect(figures.recall == 1 && figures.falsePositives == 0)
    #expect(figures.kinds.map(\.name) == ["body", "label"] && figures.kinds.allSatisfy { $0.shipped == 1 })
    #expect(figures.operationalKinds.map(\.name) == ["log"])
    #expect(figures.alone.map(\.name) == ["label values"])
    #expect(figures.veryShortRows.map(\.rows) == [1] && figures.veryShortRows[0].shipped == 0)
  }

  @Test func printsTablesAndNeverAText() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = try file(Self.rows)
    let result = try await EvaluateJob(folder: nil, foldModels: nil).run(data: path, format: .text)
    let text = String(decoding: result.report, as: UTF8.self)
    let scores = String(decoding: result.scores, as: UTF8.self)
    #expect(text.contains("Not independent") && text.contains("| body "))
    #expect(scores.split(separator: "\n").count == 4 && scores.contains("a\t1\tbody\t"))
    for word in ["lua", "segunda", "worker"] { #expect(!text.contains(word) && !scores.contains(word)) }
  }

  /// Two models that know nothing but opposite answers: which one judged a row shows in the verdict.
  @Test func judgesEachRowByTheModelOfItsFold() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let models = folder.appending(path: "folds")
    try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
    let folds = [Float(20), -20].enumerated().map { number, offset in
      LanguageFolds.Fold(
        table: "fold-\(number).bin",
        figures: LanguageFigures(
          wholeCount: 2, carriedCount: 2, wholeGreatest: 1, carriedGreatest: 1, wholeSlope: 1, carriedSlope: 1,
          offsets: [offset, offset, offset, offset]))
    }
    for fold in folds { try Data(count: 4).write(to: models.appending(path: fold.table)) }
    func write(_ rows: [String: Int]) throws {
      try JSONEncoder().encode(LanguageFolds(folds: folds, rows: rows)).write(
        to: models.appending(path: LanguageFolds.fileName))
    }
    let row = #"{"id":"x","surface":"log","text":"worker started again","label":0,"kind":"log","lang":"en"}"#
    try write(["x": 0])
    let first = try await figures(row, foldModels: models.path)
    #expect(first.isCrossValidated && first.falsePositives == 1)
    try write(["x": 1])
    #expect(try await figures(row, foldModels: models.path).falsePositives == 0)
    try write(["y": 1])
    await #expect { try await figures(row, foldModels: models.path) } throws: { Self.isUsage($0, line: 1) }
  }

  @Test(arguments: ["{}", #"{"id":"a","surface":"log","text":"x","label":7,"kind":"k","lang":"en"}"#, "x"])
  func aLineOfAnotherFormIsAUsageErrorWithItsNumber(line: String) async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    await #expect { try await figures(Self.rows + "\n" + line) } throws: { Self.isUsage($0, line: 5) }
  }

  @Test func missingDataIsAUsageError() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    await #expect {
      try await EvaluateJob(folder: nil, foldModels: nil).run(data: "/nowhere/rows.jsonl", format: .text)
    } throws: {
      Self.isUsage($0)
    }
    await #expect { try await figures("") } throws: { Self.isUsage($0) }
    #expect { try EvaluateJob(folder: nil, foldModels: "/nowhere") } throws: { Self.isUsage($0) }
  }

  private static func isUsage(_ error: any Error, line: Int? = nil) -> Bool {
    (error as? Fault).map { $0.status == .usage && $0.place?.line == line } ?? false
  }
}
