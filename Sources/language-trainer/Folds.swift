import ArgumentParser
import Detection
import Foundation
import Labelled
import Vocabulary

/// Writes the models of the cross-validation, so that `sigilo evaluate --fold-models` can judge each row by one that has not
/// seen it.
struct Folds: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Write the models of each fold to a folder, for `sigilo evaluate --fold-models` and `train --fold-models`.")

  @OptionGroup var options: DataOptions
  @Option(help: "Which split into folds. Default: 0.") var seed = 0
  @Option(help: "The folder; made where it is missing.") var out: String

  func run() throws {
    let corpus = try options.load()
    let sums = CrossValidation(corpus.rows, training: Training(), seed: seed)
    try FoldFiles(folder: out).write(sums.models, Combination(sums, corpus.rows), corpus.rows, seed: seed)
  }
}

/// The folder of a cross-validation's models; see `LanguageFolds`.
struct FoldFiles {
  var folder: String

  private var base: URL { URL(filePath: folder, directoryHint: .isDirectory) }

  func write(_ models: [LanguageModel], _ combination: Combination, _ rows: [LabelledText], seed: Int) throws {
    try FileManager.default.createDirectory(at: base, withIntermediateDirectories: true)
    var folds: [LanguageFolds.Fold] = []
    for (number, model) in models.enumerated() {
      let name = "fold-\(number + 1).bin"
      try Data(model.tableBytes).write(to: base.appending(path: name), options: .atomic)
      folds.append(LanguageFolds.Fold(table: name, figures: combination.completing(model.figures)))
    }
    let numbers = Dictionary(rows.map { ($0.id, $0.fold(seed: seed)) }) { first, _ in first }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    try encoder.encode(LanguageFolds(folds: folds, rows: numbers)).write(
      to: base.appending(path: LanguageFolds.fileName), options: .atomic)
  }

  /// The sums of every row by the model that has not seen it.
  ///
  /// - Throws: a usage fault where the folder holds no models, or not those of these rows.
  func sums(of rows: [LabelledText]) throws -> CrossValidation {
    let folds = try JSONDecoder().decode(
      LanguageFolds.self, from: Data(contentsOf: base.appending(path: LanguageFolds.fileName)))
    let scorers = try folds.folds.map { fold in
      let table = try Data(contentsOf: base.appending(path: fold.table))
      guard let model = LanguageModel(tableBytes: Array(table), figures: fold.figures) else {
        throw Fault(.usage, "a fold's table is of another size", at: Location(path: folder))
      }
      return LanguageScorer(model: model)
    }
    var sums = CrossValidation(whole: [], carried: [])
    for (index, row) in rows.enumerated() {
      guard let fold = folds.rows[row.id], scorers.indices.contains(fold) else {
        throw Fault(.usage, "the fold models are of other rows", at: Location(path: folder))
      }
      var text = row.text
      let (whole, carried) = text.withUTF8 {
        scorers[fold].parts(UnsafeRawBufferPointer($0), surface: row.surface)
      }
      sums.whole.append(whole)
      sums.carried.append(carried)
      if let found = CrossValidation.Alone(row, index, scorers[fold]) { sums.alone.append(found) }
    }
    return sums
  }
}
