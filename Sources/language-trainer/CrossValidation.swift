import Detection
import Foundation
import Labelled
import Vocabulary

/// The two sums of every row by models that were trained without its fold. With `unseenCarriers`, training leaves out the
/// carriers of the fold as well, and rows whose own carrier it has seen get no sums (not a number).
struct CrossValidation {
  var whole: [Float]
  var carried: [Float]
  /// The parts of the sums of texts that stand alone, in the order of rows.
  var alone: [Alone] = []
  /// The model of each fold, trained without it.
  private(set) var models: [LanguageModel] = []

  struct Alone {
    var row: Int
    var parts: [Float]

    /// Nil for a row that is no such text.
    init?(_ row: LabelledText, _ index: Int, _ scorer: LanguageScorer) {
      guard row.standsAlone else { return nil }
      var text = row.value ?? row.text
      guard let parts = text.withUTF8({ scorer.partsAlone(UnsafeRawBufferPointer($0), surface: .log) }) else {
        return nil
      }
      (self.row, self.parts) = (index, parts)
    }
  }

  init(whole: [Float], carried: [Float]) {
    self.whole = whole
    self.carried = carried
  }

  init(_ rows: [LabelledText], training: Training, seed: Int, unseenCarriers: Bool = false) {
    var (whole, carried) = ([Float](repeating: .nan, count: rows.count), [Float](repeating: .nan, count: rows.count))
    let folds = rows.map { $0.fold(seed: seed) }
    let carrierFolds = rows.map { $0.isContent && unseenCarriers ? $0.carrierFold(seed: seed) : nil }
    for fold in 0..<LabelledText.foldCount {
      let model = training.model(
        rows.indices.filter { folds[$0] != fold && carrierFolds[$0] != fold }.map { rows[$0] })
      models.append(model)
      let scorer = LanguageScorer(model: model)
      for index in rows.indices where folds[index] == fold && carrierFolds[index] ?? fold == fold {
        var text = rows[index].text
        (whole[index], carried[index]) = text.withUTF8 {
          scorer.parts(UnsafeRawBufferPointer($0), surface: rows[index].surface)
        }
        if let found = Alone(rows[index], index, scorer) { alone.append(found) }
      }
      FileHandle.standardError.write(Data("fold \(fold + 1) of \(LabelledText.foldCount)\n".utf8))
    }
    alone.sort { $0.row < $1.row }
    self.whole = whole
    self.carried = carried
  }
}
