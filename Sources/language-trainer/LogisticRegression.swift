import Foundation

/// Logistic regression with an L2 penalty, by dual coordinate descent (Yu, Huang and Lin, "Dual coordinate descent methods
/// for logistic regression and maximum entropy models", Machine Learning 85, 2011, algorithm 5).
///
/// Deterministic: the order of rows is shuffled by a fixed generator.
enum LogisticRegression {
  static func train(_ rows: SparseRows, featureCount: Int, iterations: Int = 12) -> [Float] {
    var weights = [Float](repeating: 0, count: featureCount)
    let count = rows.count
    var duals = [Double](repeating: 0, count: 2 * count)
    var norms = [Double](repeating: 0, count: count)
    var order = Array(0..<count)
    var generator = XorShift()
    weights.withUnsafeMutableBufferPointer { weights in
      rows.indices.withUnsafeBufferPointer { indices in
        rows.values.withUnsafeBufferPointer { values in
          for row in 0..<count {
            let cost = rows.costs[row]
            duals[2 * row] = min(0.001 * cost, 1e-8)
            duals[2 * row + 1] = cost - duals[2 * row]
            for item in rows.offsets[row]..<rows.offsets[row + 1] {
              norms[row] += Double(values[item] * values[item])
              weights[Int(indices[item])] += rows.signs[row] * Float(duals[2 * row]) * values[item]
            }
          }
          var tolerance = 1e-2
          for _ in 0..<iterations {
            for place in 0..<count { order.swapAt(place, place + Int(generator.next() % UInt64(count - place))) }
            var (steepest, steps) = (0.0, 0)
            for row in order {
              let range = rows.offsets[row]..<rows.offsets[row + 1]
              var margin = 0.0
              for item in range { margin += Double(weights[Int(indices[item])] * values[item]) }
              let change = update(
                &duals, row, cost: rows.costs[row], norm: norms[row], margin: margin * Double(rows.signs[row]),
                tolerance,
                &steepest, &steps)
              guard change != 0 else { continue }
              let scaled = Float(change) * rows.signs[row]
              for item in range { weights[Int(indices[item])] += scaled * values[item] }
            }
            if steepest < 0.01 { break }
            if steps <= count / 10 { tolerance = max(1e-8, tolerance / 10) }
          }
        }
      }
    }
    return weights
  }

  /// Newton steps on one row's dual variable; returns by how much it changed.
  private static func update(
    _ duals: inout [Double], _ row: Int, cost: Double, norm: Double, margin: Double, _ tolerance: Double,
    _ steepest: inout Double, _ steps: inout Int
  ) -> Double {
    var (first, second, sign) = (2 * row, 2 * row + 1, 1.0)
    if 0.5 * norm * (duals[second] - duals[first]) + margin < 0 {
      swap(&first, &second)
      sign = -1
    }
    let old = duals[first]
    var new = old
    if cost - new < 0.5 * cost { new *= 0.1 }
    var gradient = norm * (new - old) + sign * margin + log(new / (cost - new))
    steepest = max(steepest, abs(gradient))
    var own = 0
    while own <= 100, abs(gradient) >= tolerance {
      let step = new - gradient / (norm + cost / (cost - new) / new)
      new = step <= 0 ? new * 0.1 : step
      gradient = norm * (new - old) + sign * margin + log(new / (cost - new))
      own += 1
    }
    steps += own
    guard own > 0 else { return 0 }
    duals[first] = new
    duals[second] = cost - new
    return sign * (new - old)
  }
}

/// Marsaglia's xorshift64: small, and the same everywhere.
struct XorShift {
  private var state: UInt64 = 88_172_645_463_325_252

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
