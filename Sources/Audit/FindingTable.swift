public import Vocabulary

/// Findings as they gather: one group a fingerprint, with count and first places.
///
/// Bounded: over `maximumGroups` groups, further sightings are only counted, and the verdict is incomplete.
public struct FindingTable: Sendable {
  public static let defaultMaximumGroups = 10_000

  public let maximumGroups: Int
  /// Sightings of groups that no longer found room.
  public private(set) var uncounted = 0
  private var groups: [Key: Finding] = [:]

  /// Two rules never share a fingerprint, but a digest is not worth betting a merge of severities on.
  private struct Key: Hashable {
    var rule: String
    var sink: Sink
    var fingerprint: String
  }

  public init(maximumGroups: Int = FindingTable.defaultMaximumGroups) {
    self.maximumGroups = maximumGroups
  }

  public var isEmpty: Bool { groups.isEmpty }

  /// Adds a sighting; its count and locations join those of its group, the stronger score wins.
  public mutating func add(_ finding: Finding) {
    let key = Key(rule: finding.rule, sink: finding.sink, fingerprint: finding.fingerprint)
    if groups[key] == nil {
      guard groups.count < maximumGroups else {
        uncounted += finding.count
        return
      }
      groups[key] = finding
      return
    }
    // Changed in place: a leaking log adds to one group a million times.
    groups[key]!.absorb(finding)
  }

  /// Whether a sighting of this score would speak for its group.
  func leads(rule: String, sink: Sink, fingerprint: String, score: Double?) -> Bool {
    guard let group = groups[Key(rule: rule, sink: sink, fingerprint: fingerprint)] else { return true }
    return (score ?? -.infinity) > (group.score ?? -.infinity)
  }

  public mutating func add(_ other: FindingTable) {
    uncounted += other.uncounted
    for finding in other.sorted { add(finding) }
  }

  /// The same findings further down: they were read from a part of a file that begins after so many lines.
  public func moved(byLines lines: Int) -> FindingTable {
    guard lines > 0 else { return self }
    var result = self
    for key in groups.keys {
      for index in groups[key]!.locations.indices { result.groups[key]!.locations[index].line? += lines }
    }
    return result
  }

  /// Gravest first, then by sink, rule and fingerprint, so that equal inputs give equal reports.
  public var sorted: [Finding] {
    groups.values.sorted { left, right in
      if left.severity != right.severity { return left.severity > right.severity }
      if left.sink != right.sink { return left.sink < right.sink }
      return (left.rule, left.fingerprint) < (right.rule, right.fingerprint)
    }
  }
}

extension Finding {
  fileprivate mutating func absorb(_ other: Finding) {
    count += other.count
    let room = Finding.maximumLocations - locations.count
    if room > 0 { locations.append(contentsOf: other.locations.prefix(room)) }
    severity = max(severity, other.severity)
    if (other.score ?? -.infinity) > (score ?? -.infinity) {
      score = other.score
      evidence = other.evidence
      shape = other.shape
      length = other.length
    }
    if let seen = other.canary, canary.map({ $0 < seen }) ?? true {
      canary = seen
      message = other.message
    }
  }
}
