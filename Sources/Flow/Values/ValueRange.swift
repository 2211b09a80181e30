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
    let products = [
      left.least * right.least, left.least * right.most, left.most * right.least, left.most * right.most,
    ].map { $0.isNaN ? 0 : $0 }
    return ValueRange(products.min() ?? -.infinity, products.max() ?? .infinity)
  }

  static func / (left: ValueRange, right: ValueRange) -> ValueRange {
    guard right.least > 0 || right.most < 0 else {
      return left.isNotNegative && right.isNotNegative ? .positive : .any
    }
    let quotients = [
      left.least / right.least, left.least / right.most, left.most / right.least, left.most / right.most,
    ].map { $0.isNaN ? 0 : $0 }
    return ValueRange(quotients.min() ?? -.infinity, quotients.max() ?? .infinity)
  }

  /// Infinity less infinity is no number.
  private var orAny: ValueRange { ValueRange(least.isNaN ? -.infinity : least, most.isNaN ? .infinity : most) }
}
