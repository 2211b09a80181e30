import Audit
import ConfigBundle
import Crypto
import Detection
import Fleet
import Flow
import Foundation
import Platform
import Policy
import Syntax
import Vocabulary

/// What is audited, resolved before the first stage: inventory, configuration, canaries, leak.
struct AuditSubject: Sendable {
  let request: AuditRequest
  let settings: JobSettings
  let context: JobContext
  let fleet: Fleet
  /// The tree as it would be sealed.
  let files: ConfigFiles
  /// The tree as it runs: `files`, patched where the planted leak lies in the configuration.
  let running: ConfigFiles
  let leak: Leak?
  let course: Course
  let canaries: CanaryText
  let signingKey: SigningKey
  let names: NameGuard
  /// What the site's own files make the programs expose and log.
  let exporters: ExporterSettings

  init(_ request: AuditRequest, _ settings: JobSettings) throws(Fault) {
    self.request = request
    self.settings = settings
    let fleet = try request.fleet.read(Fleet.load) { .default }
    self.fleet = fleet
    var context = try JobContext(settings)
    context.contracts = try context.policy.contracts(nil, fleet: fleet)
    self.context = context
    let contracts = context.policy.contracts
    files = try request.configs.read(BundleTree.read) { () throws(Fault) in
      try BundleGenerator.generate(fleet, contracts: contracts)
    }
    leak = request.leak.flatMap(LeakName.init(rawValue:))?.leak
    course = Course(rawValue: request.course) ?? .queue
    if let leak { running = files.patched(by: leak) } else { running = files }
    // From the key and not from the seed alone: who knows the seed must not be able to foresee a marker.
    canaries = CanaryText(key: try CanaryKey(bytes: context.key.derived(for: "canary \(settings.seed)")))
    signingKey = try request.signingKey.read(SigningKey.load) { () throws(Fault) in
      try SigningKey.loadOrCreate(inState: settings.stateFolder)
    }
    names = context.names(fleet.names)
    exporters = try running.exporterSettings(leak: leak)
  }

  var isGenerated: Bool { request.configs == nil }

  /// Name of the run: a digest of everything that decides its outcome.
  var run: String {
    var id = RunID(job: "audit")
    id.add(
      context.policy.digest, context.key.id, signingKey.publicKey.id, String(settings.seed), context.gate.rawValue,
      request.leak ?? "", course.rawValue, context.without.map(\.rawValue).sorted().joined(separator: ","),
      context.date.fixed.map(String.init) ?? "")
    id.add(fleet.canonicalText)
    for file in files.files {
      id.add(file.path)
      id.add(file.bytes)
    }
    return id.value
  }

  /// What the reports call it.
  var title: String {
    isGenerated
      ? "configuration generated for the fleet \(fleet.site) (\(fleet.nodes.count) nodes)"
      : "existing configuration, \(files.files.count) files"
  }

  func auditor() -> Auditor {
    context.auditor(
      names: names, canaries: context.without.contains(.canary) ? nil : CanarySet(messages: canaries.messages))
  }
}

extension Fleet {
  /// Names that the inventory declares, and which may therefore be printed.
  var names: [String] {
    [site] + nodes.map(\.name) + models.map(\.name) + ScrapeJob.allCases.map(\.rawValue)
      + ScrapeJob.allCases.flatMap { job in targets(of: job).map(\.instance) }
  }
}

extension ConfigFiles {
  /// What the LiteLLM configuration and environment and the DCGM counters of the tree make the programs expose and log. A leak in LiteLLM's labels is
  /// one of a site that restricts nothing, so for it LiteLLM exposes what it does by default.
  fileprivate func exporterSettings(leak: Leak?) throws(Fault) -> ExporterSettings {
    var litellm: PositionedValue?
    if leak?.modelNameIsClients != true, let file = files(with: .litellmConfig).first {
      // One that does not parse is a finding of the scan; here it restricts nothing.
      litellm = try? YAMLDocument.parse(file.bytes, path: file.path)
    }
    return try ExporterSettings(
      litellmConfig: litellm, litellmEnvironment: self.files.filter { $0.path.hasSuffix(".env") }.map(\.bytes),
      dcgmCounters: files(with: .dcgmCounters).first?.bytes)
  }

  /// The tree with a leak's patches in its rules and its Prometheus configuration.
  func patched(by leak: Leak) -> ConfigFiles {
    guard leak.needsPatches else { return self }
    var isPatched = false
    return ConfigFiles(
      files.map { file in
        var file = file
        let text = String(decoding: file.bytes, as: UTF8.self)
        switch file.role {
        case .rules where !isPatched:
          file.bytes = Array(leak.patchRules(text).utf8)
          isPatched = true
        case .prometheusConfig:
          file.bytes = Array(leak.patchConfig(text).utf8)
        default: break
        }
        return file
      })
  }
}
