import Detection
import Foundation
import Vocabulary

/// The two sums of every row by models that were trained without its fold.
struct CrossValidation {
  var whole: [Float]
  var carried: [Float]

  init(whole: [Float], carried: [Float]) {
    self.whole = whole
    self.carried = carried
  }

  init(_ rows: [Row], training: Training, seed: Int) {
    var (whole, carried) = ([Float](repeating: 0, count: rows.count), [Float](repeating: 0, count: rows.count))
    let folds = rows.map { $0.fold(seed: seed) }
    for fold in 0..<Row.foldCount {
      let model = training.model(zip(rows, folds).filter { $0.1 != fold }.map(\.0))
      let scorer = LanguageScorer(model: model)
      for index in rows.indices where folds[index] == fold {
        var text = rows[index].text
        (whole[index], carried[index]) = text.withUTF8 {
          scorer.parts(UnsafeRawBufferPointer($0), surface: rows[index].surface)
        }
      }
      FileHandle.standardError.write(Data("fold \(fold + 1) of \(Row.foldCount)\n".utf8))
    }
    self.whole = whole
    self.carried = carried
  }
}
