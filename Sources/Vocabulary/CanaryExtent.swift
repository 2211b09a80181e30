/// How much of one planted message was seen: its distinct markers found, of those planted in it.
public struct CanaryExtent: Sendable, Codable, Hashable {
  public var found: Int
  public var planted: Int

  public init(found: Int, planted: Int) {
    self.found = found
    self.planted = planted
  }

  /// By the share of the message, then by its length.
  public static func < (left: CanaryExtent, right: CanaryExtent) -> Bool {
    let (first, second) = (left.found * right.planted, right.found * left.planted)
    return first == second ? left.planted < right.planted : first < second
  }
}

extension CanaryExtent: CustomStringConvertible {
  /// E.g. `5 of 8 markers of one planted message`.
  public var description: String {
    "\(found) of \(planted) \(planted == 1 ? "marker" : "markers") of one planted message"
  }
}
