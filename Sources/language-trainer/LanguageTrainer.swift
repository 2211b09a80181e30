import ArgumentParser
import Detection
import Foundation
import Labelled
import Vocabulary

/// Trains and measures the language model. Both need the labelled evaluation data, which is no part of this repository.
@main
struct LanguageTrainer: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "language-trainer",
    abstract: "Train or measure the model that tells conversation from operational text.",
    discussion: """
      Needs the labelled evaluation data (JSON Lines; not in this repository). The same data gives the same bytes. Build it \
      with optimisation: swift run -c release language-trainer.
      """,
    subcommands: [Evaluate.self, Folds.self, Train.self])
}

struct DataOptions: ParsableArguments {
  @Option(help: "The labelled rows, JSON Lines.") var data: String

  func load() throws -> Corpus { try Corpus(path: data) }
}

struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print cross-validated recall and false positives by kind, surface, language and carrier.")

  @OptionGroup var options: DataOptions
  @Option(help: "Which split into folds. Default: 0.") var seed = 0
  @Flag(help: "Measure on carriers that training has not seen.") var unseenCarriers = false
  @Option(help: "Write each row's id and cross-validated log-odds to this file.") var scores: String?

  func run() throws {
    let corpus = try options.load()
    let sums = CrossValidation(corpus.rows, training: Training(), seed: seed, unseenCarriers: unseenCarriers)
    let combination = Combination(sums, corpus.rows)
    let judged = corpus.rows.indices.filter { !sums.whole[$0].isNaN }
    let report = Report(
      rows: judged.map { corpus.rows[$0] },
      scores: judged.map { combination.logOdds(sums, $0, corpus.rows[$0].surface) })
    report.print()
    if let scores {
      let lines = zip(judged, report.scores).map {
        "\(corpus.rows[$0].id)\t\($1)\t\(sums.whole[$0])\t\(sums.carried[$0])\n"
      }
      try Data(lines.joined().utf8).write(to: URL(filePath: scores), options: .atomic)
    }
  }
}

struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train on all rows and write the model into the sources.")

  @OptionGroup var options: DataOptions
  @Option(help: "The folder of the sources. Default: Sources.") var sources = "Sources"
  @Option(help: "What `folds` wrote of the same data, to spare the cross-validation. Default: none.") var foldModels:
    String?

  func run() throws {
    let corpus = try options.load()
    let training = Training()
    let sums =
      try foldModels.map { try FoldFiles(folder: $0).sums(of: corpus.rows) }
      ?? CrossValidation(corpus.rows, training: training, seed: 0)
    let combination = Combination(sums, corpus.rows)
    let report = Report(
      rows: corpus.rows, scores: corpus.rows.indices.map { combination.logOdds(sums, $0, corpus.rows[$0].surface) })
    var recall = [0.001, 0.002].map { rate in
      let limit = report.threshold(rate)
      return String(
        format: "recall %.2f %% at %.1f %% false positives (log-odds %.2f)", 100 * report.recall(over: limit).share,
        100 * rate, limit)
    }
    recall.append(
      String(
        format: "texts that stand alone: recall %.2f %% at 0.25 %% false positives",
        100 * Combination.recallAlone(sums, corpus.rows, falsePositives: 0.0025)))
    let model = training.model(corpus.rows)
    try ModelFiles(sources: sources).write(
      model, combination: combination, corpus: corpus, training: training, recall: recall)
  }
}
