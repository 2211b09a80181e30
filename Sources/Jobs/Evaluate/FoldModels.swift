import Detection
import Foundation
import Vocabulary

/// Models of a cross-validation, read from the folder that `language-trainer folds` wrote.
struct FoldModels: Sendable {
  private let models: [LanguageModel]
  private let rows: [String: Int]

  /// - Throws: a usage fault where the folder or one of its files is missing or of another form.
  init(folder: String) throws(Fault) {
    let base = URL(filePath: folder, directoryHint: .isDirectory)
    let remedy = "Write the folder with `language-trainer folds`."
    guard let data = try? Data(contentsOf: base.appending(path: LanguageFolds.fileName)),
      let folds = try? JSONDecoder().decode(LanguageFolds.self, from: data), !folds.folds.isEmpty
    else {
      throw Fault(.usage, "no \(LanguageFolds.fileName) of fold models", at: Location(path: folder), remedy: remedy)
    }
    var models: [LanguageModel] = []
    for fold in folds.folds {
      // A name, not a path: the folder alone is read.
      guard !fold.table.contains("/"), let table = try? Data(contentsOf: base.appending(path: fold.table)),
        let model = LanguageModel(tableBytes: Array(table), figures: fold.figures)
      else {
        throw Fault(.usage, "a fold's table is missing or of another size", at: Location(path: folder), remedy: remedy)
      }
      models.append(model)
    }
    self.models = models
    rows = folds.rows
  }

  var count: Int { models.count }

  func model(_ fold: Int) -> LanguageModel { models[fold] }

  /// The fold whose model has not seen the row; nil for a row that was not split.
  func fold(of id: String) -> Int? { rows[id].flatMap { models.indices.contains($0) ? $0 : nil } }
}
