import Foundation

/// A small logistic regression, fitted by Newton's method.
enum LogisticFit {
  typealias Examples = [(features: [Double], label: Double)]

  /// The parameters, as many as each example has features; all nought where there are no examples.
  static func parameters(_ examples: Examples, penalty: Double) -> [Double] {
    var parameters = [Double](repeating: 0, count: examples.first?.features.count ?? 0)
    var loss = Self.loss(examples, parameters, penalty)
    for _ in 0..<50 {
      let step = Self.newtonStep(examples, parameters, penalty)
      var length = 1.0
      var next = parameters
      var nextLoss = Double.infinity
      while length > 1e-6, nextLoss > loss {
        next = zip(parameters, step).map { $0 + length * $1 }
        nextLoss = Self.loss(examples, next, penalty)
        length /= 2
      }
      guard nextLoss < loss - 1e-6 else { break }
      (parameters, loss) = (next, nextLoss)
    }
    return parameters
  }

  static func sum(_ features: [Double], _ parameters: [Double]) -> Double {
    zip(features, parameters).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private static func loss(_ examples: Examples, _ parameters: [Double], _ penalty: Double) -> Double {
    let fit = examples.reduce(0) { total, example in
      let margin = (2 * example.label - 1) * sum(example.features, parameters)
      return total + (margin > 0 ? log(1 + exp(-margin)) : log(1 + exp(margin)) - margin)
    }
    return fit + parameters.reduce(0) { $0 + penalty / 2 * $1 * $1 }
  }

  private static func newtonStep(_ examples: Examples, _ parameters: [Double], _ penalty: Double) -> [Double] {
    let size = parameters.count
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
