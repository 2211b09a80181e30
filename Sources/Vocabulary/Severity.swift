/// How grave a finding is; ordered, so that a gate can stand at one of them.
public enum Severity: String, Sendable, Codable, CaseIterable, Hashable, Comparable {
  /// Bad practice that opens no way for content by itself.
  case hygiene
  /// A way by which content could flow, or something that nothing claims.
  case exposure
  /// Judged conversation, or a canary.
  case content

  private var rank: Int {
    switch self {
    case .hygiene: 0
    case .exposure: 1
    case .content: 2
    }
  }

  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}
