import Detection
import Foundation
import Labelled
import Vocabulary

/// Puts the two sums together: log-odds = offset of the surface + slope · sum + slope · sum, fitted by Newton's method on
/// sums that the tables gave texts they had not seen.
struct Combination {
  private(set) var slopes: (whole: Float, carried: Float)
  private(set) var offsets: [Float]
  /// For texts that stand alone, fitted on the parts of their sums.
  private(set) var alone: [Float]

  private static let size = 6
  /// Keeps the offset of a surface without errors finite.
  private static let penalty = 0.1
  private static let alonePenalty = 1.0

  init(_ sums: CrossValidation, _ rows: [LabelledText]) {
    let examples = rows.indices.filter { !rows[$0].isVeryShort && !sums.whole[$0].isNaN }.map { index in
      var features = [Double](repeating: 0, count: Self.size)
      features[0] = Double(sums.whole[index])
      features[1] = Double(sums.carried[index])
      features[2 + LanguageReading.number(rows[index].surface)] = 1
      return (features: features, label: Double(rows[index].label))
    }
    let parameters = LogisticFit.parameters(examples, penalty: Self.penalty)
    slopes = (Float(parameters[0]), Float(parameters[1]))
    offsets = parameters[2...].map(Float.init)
    alone = LogisticFit.parameters(Self.examples(sums.alone, rows), penalty: Self.alonePenalty).map(Float.init)
  }

  /// A model's figures with the slopes and offsets fitted here.
  func completing(_ figures: LanguageFigures) -> LanguageFigures {
    var figures = figures
    (figures.wholeSlope, figures.carriedSlope) = slopes
    figures.offsets = offsets
    figures.alone = alone
    return figures
  }

  func logOdds(_ sums: CrossValidation, _ index: Int, _ surface: Surface) -> Float {
    offsets[LanguageReading.number(surface)] + slopes.whole * sums.whole[index] + slopes.carried * sums.carried[index]
  }

  /// What conversation among texts that stand alone is found at a rate of false positives, each judged by weights fitted
  /// without its fold.
  static func recallAlone(_ sums: CrossValidation, _ rows: [LabelledText], falsePositives rate: Double) -> Double {
    var scores: [(row: Int, score: Double)] = []
    for fold in 0..<LabelledText.foldCount {
      let inside = sums.alone.filter { rows[$0.row].fold(seed: 0) == fold }
      let outside = sums.alone.filter { rows[$0.row].fold(seed: 0) != fold }
      let weights = LogisticFit.parameters(examples(outside, rows), penalty: alonePenalty)
      scores += zip(inside, examples(inside, rows)).map { ($0.row, LogisticFit.sum($1.features, weights)) }
    }
    let benign = scores.filter { !rows[$0.row].isContent }.map(\.score).sorted(by: >)
    let content = scores.filter { rows[$0.row].isContent }.map(\.score)
    guard !benign.isEmpty, !content.isEmpty else { return 0 }
    let limit = benign[min(benign.count - 1, Int(Double(benign.count) * rate))]
    return Double(content.count { $0 > limit }) / Double(content.count)
  }

  private static func examples(_ alone: [CrossValidation.Alone], _ rows: [LabelledText]) -> LogisticFit.Examples {
    alone.map { (features: $0.parts.map(Double.init) + [1], label: Double(rows[$0.row].label)) }
  }
}
