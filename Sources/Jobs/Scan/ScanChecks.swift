import Audit
import ConfigBundle
import Contracts
import Flow
import Foundation
import Policy
import Sinks
import Syntax
import Vocabulary

/// The checks of configuration over the files that a scan has read: dead metrics, settings that let content out.
///
/// Files under one folder of the command line belong together, as do those that it names one by one: what one exports, an
/// alert in another may read. They are read again one at a time, so that memory does not grow with their number.
struct ScanChecks {
  /// Largest file that is checked; a configuration is a few kilobytes.
  static let maximumFile = 16 << 20

  private struct Checked: Sendable {
    var findings: [Finding]
    var comments: [AcceptComment]
  }

  private struct Subject: Sendable {
    var file: ScanFiles.File
    var tree: CheckedTree
  }

  let context: JobContext
  /// Comments that accept findings, by the names of the sinks of their files.
  private(set) var comments: [String: [AcceptComment]] = [:]

  init(context: JobContext) { self.context = context }

  /// Adds what the checks find; files that they could not read get a note in their coverage.
  mutating func run(on files: inout [ScanFiles.File], into findings: inout FindingTable) async throws {
    let checked = files.indices.filter { files[$0].isConfiguration }
    guard !checked.isEmpty else { return }
    let facts = ContractFacts(
      context.policy.contracts.values, siteDomains: context.policy.siteDomains,
      siteNetworks: context.policy.siteNetworks)
    let empty = CheckedTree.Builder(facts)
    var builders: [String: CheckedTree.Builder] = [:]
    for file in files where file.isAboutOthers {
      guard let read = Self.read(file.part) else { continue }
      builders[file.group, default: empty].add(read)
    }
    let trees = builders.mapValues { $0.tree() }
    let alone = empty.tree()
    let subjects = checked.map { Subject(file: files[$0], tree: trees[files[$0].group] ?? alone) }
    let names = context.names()
    var index = 0
    try await OrderedWork.run(subjects, workers: context.workers) { subject in
      Self.read(subject.file.part).map { file in
        Checked(
          findings: subject.tree.findings(in: file).map { $0.finding(in: subject.file.coverage.sink, names: names) },
          comments: subject.file.format.map { AcceptComment.all(in: file.bytes, format: $0) } ?? [])
      }
    } take: { subject, result in
      if let result {
        for finding in result.findings { findings.add(finding) }
        if !result.comments.isEmpty { comments[subject.file.coverage.sink.name] = result.comments }
      } else {
        files[checked[index]].coverage.notes.append("settings and alerts in it were not checked")
        files[checked[index]].isChecked = false
      }
      index += 1
    }
  }

  private static func read(_ part: FilePart) -> ConfigFile? {
    guard part.isFile, let handle = FileHandle(forReadingAtPath: part.path),
      let data = try? handle.read(upToCount: maximumFile + 1), data.count <= maximumFile
    else { return nil }
    let bytes = Array(data)
    return ConfigFile(path: part.path, role: FileRole.recognise(path: part.path, bytes: bytes), bytes: bytes)
  }
}

extension ScanFiles.File {
  /// What it is checked together with.
  fileprivate var group: String { part.isNamed ? "" : part.given }

  fileprivate var format: Format? { Format(rawValue: coverage.format) }

  /// What says something of other files. Kubernetes stores no manifests of more than 1 MiB.
  fileprivate var isAboutOthers: Bool {
    switch format {
    case .yaml, .json: coverage.bytes <= 1 << 20
    case .text, .shellScript: false
    default: isConfiguration
    }
  }

  /// Anything that a program may be configured or started with. Telemetry is not.
  fileprivate var isConfiguration: Bool {
    switch format {
    case .prometheusRules, .prometheusRuleResource, .prometheusConfig, .alertmanagerConfig, .promtailConfig,
      .lokiConfig, .litellmConfig, .alloyConfig, .grafanaConfig, .grafanaDashboard, .grafanaProvisioning, .goTemplate,
      .yaml, .json,
      .csv, .shellScript, .systemdUnit, .dockerfile, .environmentFile, .text:
      true
    default: false
    }
  }
}
