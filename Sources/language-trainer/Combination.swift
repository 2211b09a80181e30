import Detection
import Foundation
import Vocabulary

/// Puts the two sums together: log-odds = offset of the surface + slope · sum + slope · sum, fitted by Newton's method on
/// sums that the tables gave texts they had not seen.
struct Combination {
  private(set) var slopes: (whole: Float, carried: Float)
  private(set) var offsets: [Float]

  private static let size = 6
  /// Keeps the offset of a surface without errors finite.
  private static let penalty = 0.1

  init(_ sums: CrossValidation, _ rows: [Row]) {
    let examples = rows.indices.filter { !rows[$0].isVeryShort && !sums.whole[$0].isNaN }.map { index in
      var features = [Double](repeating: 0, count: Self.size)
      features[0] = Double(sums.whole[index])
      features[1] = Double(sums.carried[index])
      features[2 + LanguageReading.number(rows[index].surface)] = 1
      return (features: features, label: Double(rows[index].label))
    }
    var parameters = [Double](repeating: 0, count: Self.size)
    var loss = Self.loss(examples, parameters)
    for _ in 0..<50 {
      let step = Self.newtonStep(examples, parameters)
      var length = 1.0
      var next = parameters
      var nextLoss = Double.infinity
      while length > 1e-6, nextLoss > loss {
        next = zip(parameters, step).map { $0 + length * $1 }
        nextLoss = Self.loss(examples, next)
        length /= 2
      }
      guard nextLoss < loss - 1e-6 else { break }
      (parameters, loss) = (next, nextLoss)
    }
    slopes = (Float(parameters[0]), Float(parameters[1]))
    offsets = parameters[2...].map(Float.init)
  }

  /// A model's figures with the slopes and offsets fitted here.
  func completing(_ figures: LanguageFigures) -> LanguageFigures {
    var figures = figures
    (figures.wholeSlope, figures.carriedSlope) = slopes
    figures.offsets = offsets
    return figures
  }

  func logOdds(_ sums: CrossValidation, _ index: Int, _ surface: Surface) -> Float {
    offsets[LanguageReading.number(surface)] + slopes.whole * sums.whole[index] + slopes.carried * sums.carried[index]
  }

  private typealias Examples = [(features: [Double], label: Double)]

  private static func sum(_ features: [Double], _ parameters: [Double]) -> Double {
    zip(features, parameters).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private static func loss(_ examples: Examples, _ parameters: [Double]) -> Double {
    let fit = examples.reduce(0) { total, example in
      let margin = (2 * example.label - 1) * sum(example.features, parameters)
      return total + (margin > 0 ? log(1 + exp(-margin)) : log(1 + exp(margin)) - margin)
    }
    return fit + parameters.reduce(0) { $0 + penalty / 2 * $1 * $1 }
  }

  private static func newtonStep(_ examples: Examples, _ parameters: [Double]) -> [Double] {
    var gradient = parameters.map { -penalty * $0 }
    var curvature = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
    for index in 0..<size { curvature[index][index] = penalty }
    for (features, label) in examples {
      let probability = 1 / (1 + exp(-sum(features, parameters)))
      let spread = probability * (1 - probability)
      for first in 0..<size where features[first] != 0 {
        gradient[first] += (label - probability) * features[first]
        for second in 0..<size { curvature[first][second] += spread * features[first] * features[second] }
      }
    }
    return solve(curvature, gradient)
  }

  /// Gaussian elimination; the curvature is positive definite.
  private static func solve(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
    var (matrix, vector) = (matrix, vector)
    let size = vector.count
    for pivot in 0..<size {
      for row in (pivot + 1)..<max(size, pivot + 1) {
        let factor = matrix[row][pivot] / matrix[pivot][pivot]
        for column in pivot..<size { matrix[row][column] -= factor * matrix[pivot][column] }
        vector[row] -= factor * vector[pivot]
      }
    }
    for row in (0..<size).reversed() {
      for column in (row + 1)..<max(size, row + 1) { vector[row] -= matrix[row][column] * vector[column] }
      vector[row] /= matrix[row][row]
    }
    return vector
  }
}
