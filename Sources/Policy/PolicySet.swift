public import Contracts
public import Detection
public import Syntax
public import Vocabulary

/// Everything that a policy folder says: one version, one digest.
public struct PolicySet: Sendable {
  /// Version of the files' format; only 1 is known.
  public static let version = 1

  /// Severity from which on a finding fails a run.
  public var gate: Severity
  /// Rules with thresholds and limits, ready for `Detectors`.
  public var detection: DetectionSettings
  /// Severities that `policy.yaml` gives to rules in place of `content`.
  public var severities: [String: Severity]
  /// Accepted findings.
  public var exceptions: ExceptionSet
  /// Which sinks are held to them; the first that fits counts.
  public var sources: [SourceBinding]
  /// The site's own public domains, in lower case: what is sent to hosts below them stays in the site.
  public var siteDomains: [String]
  /// The site's own public addresses.
  public var siteNetworks: [AddressBlock]
  /// SHA-256 of all paths and bytes, lower-case hex.
  public var digest: String
  let closedWorld: Deferred<ClosedWorld>

  /// What each source may emit, by the source's id.
  public var contracts: [String: Contract] { closedWorld.value.contracts }

  /// Metric families, label names and configuration keys that may be printed in locations.
  public var knownNames: Set<String> { closedWorld.value.names }

  /// The rule of that id, `canary` included; nil where there is none.
  public func rule(_ id: String) -> PatternRule? {
    id == PatternRule.canary.id ? .canary : detection.rules.first { $0.id == id }
  }

  /// Whether a name may be printed: known as it stands, or a known family's sample (`_bucket`, `_sum`, `_count`).
  public func isKnown(_ name: String) -> Bool {
    knownNames.contains(name)
      || ["_bucket", "_sum", "_count"].contains {
        name.hasSuffix($0) && knownNames.contains(String(name.dropLast($0.count)))
      }
  }

  /// Severity of a content finding that the rule leads.
  public func severity(of rule: String) -> Severity { severities[rule] ?? .content }

  /// The policy that the binary carries.
  public static func embedded() throws(Fault) -> PolicySet { try PolicyReader.readOwn() }

  /// The policy of a folder, which replaces the embedded one as a whole.
  ///
  /// - Throws: `usage`, with file, line and column, for anything that is unknown, missing, repeated or of the wrong kind.
  public static func load(_ directory: String) throws(Fault) -> PolicySet {
    try PolicyReader.read(try PolicyFiles(directory: directory))
  }

  /// Writes the embedded policy's files into a folder that does not exist yet or is empty.
  public static func export(to directory: String) throws(Fault) { try PolicyFiles.embedded.write(to: directory) }
}
