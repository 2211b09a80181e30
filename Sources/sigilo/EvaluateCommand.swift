import ArgumentParser
import Foundation
import Jobs
import Vocabulary

struct EvaluateCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measures recall and false positives of the judge on labelled texts.",
    discussion: """
      In: {"id","surface","text","label","kind","lang"} a line, label 1 for conversation and 0 for operational text; \
      "carrier" and "very_short" where they are known. Rows that the built-in model was trained on are not independent: \
      --fold-models judges each row by a model that has not seen it. No text is printed.
      """)

  @Option(help: ArgumentHelp("The labelled texts, JSON a line.", valueName: "file"))
  var data: String

  @Option(help: ArgumentHelp("Models of a cross-validation, as language-trainer folds writes them.", valueName: "dir"))
  var foldModels: String?

  @Option(help: ArgumentHelp("Policy set (default: built in).", valueName: "dir"))
  var policy: String?

  @Option(help: ArgumentHelp("text or json (default: text).", valueName: "name"))
  var format = EvaluationFormat(format: .text)

  @Option(help: ArgumentHelp("Write each row's id, sum and detectors to this file.", valueName: "file"))
  var scores: String?

  func execute() async throws -> ExitStatus {
    let result = try await EvaluateJob(folder: policy, foldModels: foldModels).run(data: data, format: format.format)
    if let scores { try result.writeScores(to: scores) }
    standardOutput(result.report)
    return .clean
  }
}

/// `--format`. Its own type, since a conformance of the job's would reach every importer.
struct EvaluationFormat: ExpressibleByArgument {
  var format: EvaluateJob.Format

  init(format: EvaluateJob.Format) { self.format = format }

  init?(argument: String) {
    guard let format = EvaluateJob.Format(rawValue: argument) else { return nil }
    self.format = format
  }

  var defaultValueDescription: String { format.rawValue }

  static var allValueStrings: [String] { EvaluateJob.Format.allCases.map(\.rawValue) }
}
