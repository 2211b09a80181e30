import ConfigBundle
import Contracts
import Engines
import Fleet
import Flow
import Foundation
import Policy
public import Vocabulary

/// The bundle's commands: inventory, draft, verification.
public enum BundleJob {
  /// Writes a commented inventory to start from.
  public static func initialise(_ path: String) throws(Fault) { try FleetFile.create(at: path) }

  /// - Returns: false where the node was there already and the file was left as it is.
  public static func addNode(_ name: String, fleet: String) throws(Fault) -> Bool {
    try FleetFile.addNode(name, at: fleet).isChanged
  }

  /// Builds a draft: generated, read by promtool and amtool, signed as a draft, not audited.
  ///
  /// - Parameters:
  ///   - fleet: inventory; nil is the built-in one.
  ///   - policy: a policy folder, whose contracts the configuration enforces; nil is the built-in one.
  ///   - output: folder to write.
  ///   - state: where the signing key is made once, if none is given.
  /// - Returns: what to print, and 1 where a program refuses a file; nothing is written then.
  public static func build(
    fleet: String?, policy: String?, output: String, state: String, signingKey: String?, environment: [String: String]
  ) async throws(Fault) -> (text: String, status: ExitStatus) {
    let inventory = try fleet.read(Fleet.load) { .default }
    let rules = try policy.read(PolicySet.load, otherwise: PolicySet.embedded)
    let contracts = rules.contracts
    let files = try BundleGenerator.generate(inventory, contracts: contracts)
    let key = try signingKey.read(SigningKey.load) { () throws(Fault) in
      try SigningKey.loadOrCreate(inState: state)
    }
    let engines = try await EngineChecks.run(on: files)
    let subjects = Set(engines.checks.compactMap(\.subject)).sorted()
    let facts = ContractFacts(contracts.values, siteDomains: rules.siteDomains, siteNetworks: rules.siteNetworks)
    let problems = engines.findings + ConfigChecks.check(files, facts)
    guard !problems.contains(where: { $0.severity >= .exposure }) else {
      let lines = problems.map { "\($0.path):\($0.line ?? 1): \($0.rule): \($0.message)" }
      return (lines.joined(separator: "\n") + "\nNothing was written.\n", .findings)
    }
    let manifest = try Seal.write(
      files,
      of: SealedRun(state: .draft, engines: subjects, created: environment["SOURCE_DATE_EPOCH"].flatMap { Int($0) }),
      to: output, key: key)
    let text = """
      Wrote \(manifest.files.count) files to \(output), a draft for \(inventory.nodes.count) nodes.
      Read by \(subjects.joined(separator: ", ")). Not audited yet: sigilo audit --configs \(output)

      """
    return (text, .clean)
  }

  /// Checks a bundle against manifest and signature.
  ///
  /// - Parameter trust: public key files; empty trusts the state folder's own key.
  /// - Returns: what to print, and 1 where the bundle is refused.
  public static func verify(
    _ folder: String, trust: [String], allowDraft: Bool, state: String
  ) throws(Fault) -> (text: String, status: ExitStatus) {
    var keys: [PublicKey] = []
    for path in trust.isEmpty ? ["\(state)/signing.pub"] : trust { keys.append(try PublicKey.load(path)) }
    let result = try Verifier.verify(folder, trust: keys, allowDraft: allowDraft)
    guard result.isAccepted, let manifest = result.manifest, let signer = result.signer else {
      let lines = ["REFUSED \(folder)"] + result.problems.map { "  \($0)" }
      return (lines.joined(separator: "\n") + "\n", .findings)
    }
    let text = """
      OK \(folder): \(manifest.files.count) files as sealed, \(manifest.state.rawValue), \
      signed by \(signer.id)\(manifest.run.map { ", run \($0)" } ?? "")

      """
    return (text, .clean)
  }
}
