import ArgumentParser
import Foundation
import Jobs
import Vocabulary

/// Options that every judging command has.
struct CommonOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Policy set to use in place of the built-in one.", valueName: "dir"))
  var policy: String?

  @Option(help: ArgumentHelp("Folder for keys (default: $XDG_STATE_HOME/sigilo).", valueName: "dir"))
  var state: String?

  @Option(
    help: ArgumentHelp(
      "Key for fingerprints (default: $SIGILO_KEY_FILE, else made in the state folder).", valueName: "file"))
  var keyFile: String?

  @Option(
    help: ArgumentHelp(
      "Least severity that fails: hygiene, exposure or content (default: the policy's gate).", valueName: "severity"))
  var failOn: SeverityArgument?

  @Option(
    help: ArgumentHelp(
      "Switch a proof off, to show that the others stand alone: canary, detection or contract (default: none).",
      valueName: "proof"))
  var without: [ProofArgument] = []

  @Flag(help: "Also say of each finding why: evidence, sum, what the rules look for, fingerprint; never the text.")
  var explain = false

  @Flag(help: "Only errors on standard error, and no summary.")
  var quiet = false

  @Flag(help: "Plain text, without colour (also with NO_COLOR set).")
  var noColor = false

  func settings(
    output: String?, seed: UInt64 = JobSettings.defaultSeed, isReference: Bool = false, workers: Int? = nil
  ) -> JobSettings {
    let environment = ProcessInfo.processInfo.environment
    return JobSettings(
      policyFolder: policy, stateFolder: StateFolder.path(option: state, environment: environment),
      keyFile: keyFile ?? environment["SIGILO_KEY_FILE"], output: output, seed: seed, failOn: failOn?.severity,
      without: Set(without.map(\.proof)), explains: explain, isReference: isReference, workers: workers,
      environment: environment)
  }
}

/// Of `--reference`, wherever a command judges texts.
let referenceHelp =
  "Judge by the slow path: every pattern on every text, interpreted, nothing remembered. The verdicts are the same."

/// `--fail-on`. Its own type, since a conformance of `Severity` itself would reach every importer.
struct SeverityArgument: ExpressibleByArgument {
  var severity: Severity

  init?(argument: String) {
    guard let severity = Severity(rawValue: argument) else { return nil }
    self.severity = severity
  }

  static var allValueStrings: [String] { Severity.allCases.map(\.rawValue) }
}

/// `--without`.
struct ProofArgument: ExpressibleByArgument {
  var proof: Proof

  init?(argument: String) {
    guard let proof = Proof(rawValue: argument) else { return nil }
    self.proof = proof
  }

  static var allValueStrings: [String] { Proof.allCases.map(\.rawValue) }
}
