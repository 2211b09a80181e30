import Detection
import Foundation
import Labelled
import Policy
import Reporting
public import Vocabulary

/// Recall and false positives of the whole judge (patterns, encodings, language; neither contract nor canaries) on labelled
/// texts: `{"id", "surface", "text", "label": 0|1, "kind", "lang"}` a line, with `carrier` and `very_short` where they are known.
public struct EvaluateJob: Sendable {
  public enum Format: String, CaseIterable, Sendable { case text, json }

  /// What is printed, and each row's figures where they were asked for: neither holds a text.
  public struct Result: Sendable {
    public var report: [UInt8]
    /// Tab-separated: id, label, kind, sum less threshold, detectors with weights.
    public var scores: [UInt8]

    public func writeScores(to path: String) throws(Fault) { try AtomicFile.write(scores, to: path) }
  }

  private let settings: DetectionSettings
  private let detectors: Detectors
  private let folds: FoldModels?

  /// Lines that are judged by judges of their own, so that the figures don't depend on how many cores there are.
  private static let chunk = 2_048

  /// - Parameters:
  ///   - folder: a policy folder; nil is the built-in one.
  ///   - foldModels: the folder of a cross-validation's models; nil judges by the built-in model.
  public init(folder: String?, foldModels: String?) throws(Fault) {
    settings = try folder.read(PolicySet.load, otherwise: PolicySet.embedded).detection
    detectors = try Detectors(settings)
    folds = if let foldModels { try FoldModels(folder: foldModels) } else { nil }
  }

  /// - Throws: a usage fault for a file that is missing or empty, for a line of another form (with its number, never its
  ///   text), and for a row that no fold knows.
  public func run(data path: String, format: Format) async throws -> Result {
    guard let data = try? Data(contentsOf: URL(filePath: path), options: .mappedIfSafe) else {
      throw Fault(
        .usage, "the labelled texts can't be read", at: Location(path: path),
        remedy: #"Give a file with {"id","surface","text","label","kind","lang"} a line."#)
    }
    var rows: [EvaluatedRow] = []
    let chunks = Self.chunks(of: data)
    try await OrderedWork.run(chunks, { try evaluate(data, $0, path) }, take: { rows += $1 })
    guard !rows.isEmpty else { throw Fault(.usage, "there are no rows", at: Location(path: path)) }
    let figures = EvaluationFigures(rows, isCrossValidated: folds != nil)
    let report: [UInt8]
    switch format {
    case .text: report = Array(EvaluationTable(figures: figures).text.utf8)
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      guard let data = try? encoder.encode(figures) else { throw Fault(.internal, "the figures could not be written") }
      report = Array(data) + [UInt8(ascii: "\n")]
    }
    return Result(report: report, scores: Self.scores(rows))
  }

  private struct Chunk: Sendable {
    var bytes: Range<Int>
    /// Number of its first line, from 1.
    var line: Int
  }

  private static func chunks(of data: Data) -> [Chunk] {
    var chunks: [Chunk] = []
    var (start, line, first) = (data.startIndex, 1, 1)
    for index in data.indices where data[index] == 0x0A {
      line += 1
      guard line - first == chunk else { continue }
      chunks.append(Chunk(bytes: start..<(index + 1), line: first))
      (start, first) = (index + 1, line)
    }
    if start < data.endIndex { chunks.append(Chunk(bytes: start..<data.endIndex, line: first)) }
    return chunks
  }

  private func evaluate(_ data: Data, _ chunk: Chunk, _ path: String) throws -> [EvaluatedRow] {
    let reader = LabelledTextReader()
    var judges = [Judge?](repeating: nil, count: folds?.count ?? 1)
    var rows: [EvaluatedRow] = []
    for (index, line) in data[chunk.bytes].split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty {
      let place = Location(path: path, line: chunk.line + index)
      let row = try reader.read(line, at: place)
      var number = 0
      if let folds {
        guard let fold = folds.fold(of: row.id) else {
          throw Fault(
            .usage, "the row belongs to no fold", at: place,
            remedy: "Write the fold models with `language-trainer folds` from the same rows.")
        }
        number = fold
      }
      let judge = judges[number] ?? newJudge(number)
      judges[number] = judge
      let judgement = judge.judge(JudgedText(row.text, surface: row.surface))
      rows.append(
        EvaluatedRow(
          row, (judgement?.logOdds ?? 0, judgement?.isContent ?? false),
          threshold: settings.threshold(on: row.surface), evidence: judgement?.evidence ?? []))
    }
    return rows
  }

  private func newJudge(_ fold: Int) -> Judge {
    Judge(detectors, canaries: nil, model: folds?.model(fold) ?? .embedded)
  }

  private static func scores(_ rows: [EvaluatedRow]) -> [UInt8] {
    rows.reduce(into: []) { bytes, row in
      let evidence = row.evidence.map { "\($0.detector)=\($0.weight)" }.joined(separator: " ")
      let fields = [row.id, row.isContent ? "1" : "0", row.kind, "\(row.margin)", evidence]
      bytes += Array(fields.joined(separator: "\t").utf8) + [UInt8(ascii: "\n")]
    }
  }
}
