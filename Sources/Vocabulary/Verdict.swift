/// What a run concludes.
public enum Verdict: String, Sendable, Codable, Hashable, CaseIterable {
  case pass, fail, incomplete
}

/// The documented exit codes; they never mix.
public enum ExitStatus: Int32, Sendable, Codable, CaseIterable {
  case clean = 0
  /// Findings at or over the gate.
  case findings = 1
  /// Usage or policy error.
  case usage = 2
  /// Bytes that no detector judged, an engine missing, an answer cut off.
  case incomplete = 3
  /// A named target never answered.
  case unreachable = 4
  /// A defect of Sigilo itself.
  case `internal` = 70

  /// The status that wins where several hold: 70, 2, 1, 4, 3, 0.
  public static func strongest(_ statuses: some Sequence<ExitStatus>) -> ExitStatus {
    let precedence: [ExitStatus] = [.internal, .usage, .findings, .unreachable, .incomplete]
    let seen = Set(statuses)
    return precedence.first(where: seen.contains) ?? .clean
  }
}
