/// Between what values a number lies; the ends may be infinite.
struct ValueRange: Sendable, Hashable {
  var least: Double
  var most: Double

  init(_ least: Double, _ most: Double) {
    self.least = least
    self.most = most
  }

  init(_ range: ClosedRange<Double>) { self.init(range.lowerBound, range.upperBound) }

  static let any = ValueRange(-.infinity, .infinity)
  static let positive = ValueRange(0, .infinity)
  static let share = ValueRange(0, 1)

  static func point(_ value: Double) -> ValueRange { value.isNaN ? .any : ValueRange(value, value) }

  /// Whether it may be one part of a whole, and no more.
  var isShare: Bool { least >= 0 && most == 1 }

  var isNotNegative: Bool { least >= 0 }

  func union(_ other: ValueRange) -> ValueRange { ValueRange(min(least, other.least), max(most, other.most)) }

  func intersection(_ other: ValueRange) -> ValueRange { ValueRange(max(least, other.least), min(most, other.most)) }

  static func + (left: ValueRange, right: ValueRange) -> ValueRange {
    ValueRange(left.least + right.least, left.most + right.most).orAny
  }

  static func - (left: ValueRange, right: ValueRange) -> ValueRange {
    ValueRange(left.least - right.most, left.most - right.least).orAny
  }

  static func * (left: ValueRange, right: ValueRange) -> ValueRange {
    spanning(left, right, *)
  }

  static func / (left: ValueRange, right: ValueRange) -> ValueRange {
    guard right.least > 0 || right.most < 0 else {
      return left.isNotNegative && right.isNotNegative ? .positive : .any
    }
    return spanning(left, right, /)
  }

  /// What an operation makes of numbers within two ranges, where it has its extremes at their ends; zero and infinity make zero.
  private static func spanning(
    _ left: ValueRange, _ right: ValueRange, _ operation: (Double, Double) -> Double
  ) -> ValueRange {
    let corners = [
      operation(left.least, right.least), operation(left.least, right.most), operation(left.most, right.least),
      operation(left.most, right.most),
    ].map { $0.isNaN ? 0 : $0 }
    return ValueRange(corners.min() ?? -.infinity, corners.max() ?? .infinity)
  }

  /// Infinity less infinity is no number.
  private var orAny: ValueRange { ValueRange(least.isNaN ? -.infinity : least, most.isNaN ? .infinity : most) }
}
