public import Vocabulary

/// What was found before and is known: it is shown as accepted, so that what is new stands out.
///
/// It is keyed by the fingerprint and never by a line. It holds nothing of severity `content`: a baseline has no owner, no reason
/// and no end, and somebody has to answer for conversation that was found.
public struct Baseline: Sendable, Hashable {
  public struct Entry: Sendable, Codable, Hashable {
    public var fingerprint: String
    public var rule: String
    /// As reports print it, e.g. `rules:configs/alerts.yaml`.
    public var sink: String
    /// The gravest that is known; what has become graver counts.
    public var severity: Severity
    /// Sightings that are known in a configuration file, where a further one is something new; nil elsewhere, where the same thing is
    /// seen again and again.
    public var count: Int?
  }

  /// Id of the key that its fingerprints were made under.
  public var key: String
  /// By fingerprint, rule and sink.
  public private(set) var entries: [Entry.ID: Entry]

  public init(key: String, _ entries: [Entry] = []) {
    self.key = key
    self.entries = Dictionary(entries.map { ($0.id, $0) }) { first, _ in first }
  }

  /// By sink, rule and fingerprint.
  public var sorted: [Entry] { entries.values.sorted { $0.order < $1.order } }

  /// The findings, those that stand here marked where nothing else accepts them.
  func apply(to findings: [Finding]) -> [Finding] {
    findings.map { finding in
      guard finding.accepted == nil, let known = Entry(finding), let entry = entries[known.id],
        finding.severity <= entry.severity
      else { return finding }
      var result = finding
      if let count = known.count, count > entry.count ?? 0 {
        result.message += " (\(count) times here; the baseline knows \(entry.count ?? 0))"
      } else {
        result.accepted = .baseline
      }
      return result
    }
  }

  /// This baseline with what a run found and nothing else accepts. It takes nothing away.
  public func adding(_ findings: [Finding]) -> Baseline {
    var result = self
    for var entry in Self.entries(findings) {
      if let known = entries[entry.id] {
        entry.severity = max(entry.severity, known.severity)
        entry.count = entry.count.map { max($0, known.count ?? 0) }
      }
      result.entries[entry.id] = entry
    }
    return result
  }

  /// This baseline without what is gone: findings, and sightings of them, in files that the run read whole and of rules that it held
  /// against them. Of anything else that it did not find nothing is known.
  public func pruned(by findings: [Finding], of extent: RunExtent) -> Baseline {
    let found = Dictionary(Self.entries(findings).map { ($0.id, $0) }) { first, _ in first }
    var result = self
    for (id, entry) in entries where extent.wouldFind(entry.rule, in: entry.sinkName) {
      guard let left = found[id] else {
        result.entries[id] = nil
        continue
      }
      result.entries[id]?.severity = min(entry.severity, left.severity)
      if let count = left.count { result.entries[id]?.count = min(entry.count ?? count, count) }
    }
    return result
  }

  /// What a baseline may hold of findings that nothing else accepts.
  private static func entries(_ findings: [Finding]) -> [Entry] {
    findings.filter { $0.accepted.map { $0.kind == .baseline } ?? true }.compactMap(Entry.init)
  }
}

extension Baseline.Entry: Identifiable {
  public struct ID: Sendable, Hashable {
    var fingerprint, rule, sink: String
  }

  public var id: ID { ID(fingerprint: fingerprint, rule: rule, sink: sink) }

  fileprivate var order: (String, String, String) { (sink, rule, fingerprint) }

  /// The sink's name, without its kind.
  fileprivate var sinkName: String { sink.firstIndex(of: ":").map { String(sink[sink.index(after: $0)...]) } ?? sink }

  /// Nil for what no baseline may hold.
  fileprivate init?(_ finding: Finding) {
    guard finding.severity <= Acceptance.Kind.baseline.gravest, !AcceptanceRule.isAboutAcceptance(finding.rule) else {
      return nil
    }
    let isFile =
      switch finding.sink.kind {
      case .rules, .dashboard, .template, .config: true
      case .text: finding.surface == .config
      case .exporter, .prometheus, .loki, .alertmanager, .notification, .logFile: false
      }
    self.init(
      fingerprint: finding.fingerprint, rule: finding.rule, sink: finding.sink.description, severity: finding.severity,
      count: isFile ? finding.count : nil)
  }
}
