import Audit
import Contracts
import Detection
import Foundation
import Policy
public import Vocabulary

/// What every judging job is told on the command line.
public struct JobSettings: Sendable {
  /// Any fixed number does; it only has to be the same in two runs that are to be compared.
  public static let defaultSeed: UInt64 = 20_261_122

  public var policyFolder: String?
  public var stateFolder: String
  public var keyFile: String?
  public var output: String?
  public var seed: UInt64
  public var failOn: Severity?
  public var without: Set<Proof>
  /// Findings say what moved their detectors.
  public var explains: Bool
  /// Every pattern is run on every text by the interpreter, and nothing is remembered: slow, and what the fast path must agree
  /// with.
  public var isReference: Bool
  /// Files that are read at the same time; nil for as many as there are cores.
  public var workers: Int?
  public var environment: [String: String]

  public init(
    policyFolder: String? = nil, stateFolder: String, keyFile: String? = nil, output: String? = nil,
    seed: UInt64 = JobSettings.defaultSeed, failOn: Severity? = nil, without: Set<Proof> = [],
    explains: Bool = false, isReference: Bool = false, workers: Int? = nil, environment: [String: String] = [:]
  ) {
    self.policyFolder = policyFolder
    self.stateFolder = stateFolder
    self.keyFile = keyFile
    self.output = output
    self.seed = seed
    self.failOn = failOn
    self.without = without
    self.explains = explains
    self.isReference = isReference
    self.workers = workers
    self.environment = environment
  }
}

/// The settings resolved: policy read, patterns compiled, key at hand.
struct JobContext: Sendable {
  let policy: PolicySet
  let detectors: Detectors
  let rules: RuleBook
  let key: FingerprintKey
  let date: RunDate
  let gate: Severity
  let without: Set<Proof>
  let explains: Bool
  let workers: Int
  /// What the sinks of the run are held to.
  var contracts = ContractsInForce.none

  init(_ settings: JobSettings, now: Date = Date()) throws(Fault) {
    policy = try settings.policyFolder.read(PolicySet.load, otherwise: PolicySet.embedded)
    var detection = policy.detection
    detection.isReference = settings.isReference
    detectors = try Detectors(detection)
    rules = RuleBook(policy)
    key = try settings.keyFile.read(FingerprintKey.read) { () throws(Fault) in
      try FingerprintKey.inState(settings.stateFolder)
    }
    date = RunDate(environment: settings.environment, now: now)
    gate = settings.failOn ?? policy.gate
    without = settings.without
    explains = settings.explains
    workers = settings.workers ?? ProcessInfo.processInfo.activeProcessorCount
  }

  /// What a report of this run can't show: what holds for every run of its kind, and what this machine adds.
  func limits(_ usual: some Collection<String>) -> [String] {
    Array(usual)
      + (detectors.lacksMachineCode
        ? [
          "Patterns ran in PCRE2's interpreter, since this process may not make memory executable: the verdict is the same, "
            + "it only took longer."
        ] : [])
  }

  /// A guard that knows the policy's names and these.
  func names(_ more: some Sequence<String> = []) -> NameGuard {
    let (policy, more) = (policy, Set(more))
    return NameGuard(known: Deferred { policy.knownNames.union(more) }, key: key)
  }

  func auditor(names: NameGuard, canaries: CanarySet? = nil, givenPaths: [String] = []) -> Auditor {
    Auditor(
      detectors: detectors, settings: policy.detection, contracts: contracts, canaries: canaries, without: without,
      rules: rules,
      names: names, key: key, givenPaths: givenPaths, explains: explains)
  }
}
