public import Vocabulary

/// What one source may emit; everything else that it emits is a finding.
///
/// A contract is data (`policies/contracts/*.yaml`). It holds no type that takes any text: a value is written down, is a name that
/// the fleet declares, or obeys a closed grammar with a bound on its length.
public struct Contract: Sendable, Hashable {
  /// Version of the files' format; only 1 is known.
  public static let version = 1
  /// What enforcement puts in place of a label's value that is not of its type; claimed wherever a label is.
  public static let replacement = "out-of-contract"
  /// The label by which enforcement keeps apart series whose values it replaced: a number below `buckets`, from a hash of the values.
  /// Claimed on every series.
  public static let changedLabel = "out_of_contract"
  public static let buckets = 1_024

  /// The source's id, which `--source` takes, e.g. `vllm`.
  public var source: String
  public var title: BilingualText
  /// Versions of the program for which the facts were established, e.g. `0.33.0`.
  public var versions: String
  /// Where the names come from: the program's files, documentation or a run of it.
  public var facts: [String]
  /// What only this source's metric families begin with, e.g. `vllm:`.
  public var prefixes: [String]
  /// Names with which the clauses' own examples are run, in place of a fleet's.
  public var exampleNames: FleetNames
  public var metrics: [MetricClause]
  /// Between what the samples of a family lie, where less can be said than of any of its kind: a share lies between 0 and 1.
  public var ranges: [String: ClosedRange<Double>] = [:]
  /// Label names that must never appear on any family of the source, and why.
  public var forbiddenLabels: [ForbiddenLabel]
  public var logs: [LogClause]
  /// How the program is started and configured; nil where nothing is said about its settings.
  public var program: ProgramClause?
  public var settings: [SettingClause]
  /// What waits for somebody to decide; none of it is claimed.
  public var undecided: [Undecided]
  /// Labels that a store adds to what it takes in; only the contract of the stores has them.
  public var store: [StoredEntry: [LabelClause]] = [:]
  /// How the source writes its log as JSON, where it can; nil where such lines are unclaimed.
  public var json: JSONEntries?
  /// Where the contract stands.
  public var place: Location?

  /// Names of families and labels that the program itself chose, so that a location may print them.
  public var ownNames: Set<String> {
    Set(metrics.flatMap { clause in clause.families + clause.labels.map(\.name) } + store.values.joined().map(\.name))
  }
}

/// Log entries as JSON objects.
public struct JSONEntries: Sendable, Hashable {
  /// The key of the line, which is held to the clauses on logs.
  public var line: String
  /// All other keys that there may be.
  public var fields: [LabelClause]
}

/// A text for readers, in both languages of the reports.
public struct BilingualText: Sendable, Hashable {
  public var english: String
  public var portuguese: String

  public init(english: String, portuguese: String) {
    self.english = english
    self.portuguese = portuguese
  }
}

/// A label that a setting of the source would add, and by which client text would flow.
public struct ForbiddenLabel: Sendable, Hashable {
  /// What its name is, or begins with where `isPrefix` is set.
  public var name: String
  public var isPrefix: Bool
  public var why: BilingualText

  public func names(_ label: String) -> Bool { isPrefix ? label.hasPrefix(name) : label == name }
}
