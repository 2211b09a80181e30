/// The models of a cross-validation, as `language-trainer folds` writes them into a folder and `sigilo evaluate` reads them:
/// which table did not see which row.
package struct LanguageFolds: Codable, Sendable {
  /// One model: its table's file in the folder, and its figures.
  package struct Fold: Codable, Sendable {
    package var table: String
    package var figures: LanguageFigures

    package init(table: String, figures: LanguageFigures) {
      self.table = table
      self.figures = figures
    }
  }

  /// The file that holds this value, as JSON.
  package static let fileName = "folds.json"

  package var folds: [Fold]
  /// The fold that a row belongs to, by the row's id: the one whose table has not seen it.
  package var rows: [String: Int]

  package init(folds: [Fold], rows: [String: Int]) {
    self.folds = folds
    self.rows = rows
  }
}
