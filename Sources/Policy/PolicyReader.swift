import Contracts
import Detection
import Dispatch
import Patterns
import Synchronization
import Syntax
import Vocabulary

/// Turns a policy's files into a `PolicySet`.
struct PolicyReader {
  private let files: PolicyFiles
  /// By path.
  private let parsed: [String: Result<Parsed, Fault>]

  /// A file's document, or the contract that it is.
  private enum Parsed {
    case document(PositionedValue)
    case contract(Contract)
  }

  /// Reads and checks all files.
  static func read(_ files: PolicyFiles) throws(Fault) -> PolicySet {
    let reader = PolicyReader(files: files, parsed: parsed(Array(files.files.keys), of: files, checking: true))
    let world = try reader.readClosedWorld()
    return try reader.read(Deferred { world })
  }

  /// Reads the binary's own files, which tests hold to be right. Contracts and names are not checked again, and are read once they
  /// are asked for: a scan that finds nothing in what no contract binds never asks, and would wait for them longer than for all
  /// else.
  static func readOwn() throws(Fault) -> PolicySet {
    let files = PolicyFiles.embedded
    let paths = files.files.keys.filter { !isOfSources($0) }
    return try PolicyReader(files: files, parsed: parsed(paths, of: files, checking: false)).read(
      Deferred {
        let paths = files.files.keys.filter(isOfSources)
        do throws(Fault) {
          return try PolicyReader(files: files, parsed: parsed(paths, of: files, checking: false)).readClosedWorld()
        } catch {
          fatalError("\(error)")
        }
      })
  }

  /// Whether the file is part of the closed world.
  private static func isOfSources(_ path: String) -> Bool { isYAML(path, in: "contracts") || isYAML(path, in: "names") }

  /// Parsing takes most of the time in which the program starts, so it is done on all cores, the largest files first.
  private static func parsed(
    _ paths: [String], of files: PolicyFiles, checking: Bool
  ) -> [String: Result<Parsed, Fault>] {
    let paths = paths.sorted {
      (files.files[$1]?.count ?? 0, $0) < (files.files[$0]?.count ?? 0, $1)
    }
    let results = Mutex<[String: Result<Parsed, Fault>]>([:])
    DispatchQueue.concurrentPerform(iterations: paths.count) { index in
      let result: Result<Parsed, Fault>
      do throws(Fault) {
        result = .success(try parsed(paths[index], of: files, checking: checking))
      } catch {
        result = .failure(error)
      }
      results.withLock { $0[paths[index]] = result }
    }
    return results.withLock { $0 }
  }

  private static func parsed(_ path: String, of files: PolicyFiles, checking: Bool) throws(Fault) -> Parsed {
    let shown = files.displayPath(path)
    let document = try YAMLDocument.parse(files.files[path] ?? [], path: shown)
    guard isYAML(path, in: "contracts") else { return .document(document) }
    let contract = try Contract.read(document, path: shown)
    if checking { try contract.check() }
    return .contract(contract)
  }

  private func document(_ path: String) throws(Fault) -> PositionedValue {
    guard case .document(let document)? = try parsed[path]?.get() else {
      throw Fault(.usage, "the file is missing", at: Location(path: files.displayPath(path)))
    }
    return document
  }

  private func readClosedWorld() throws(Fault) -> ClosedWorld {
    var world = ClosedWorld()
    for path in files.files.keys.sorted() {
      if Self.isYAML(path, in: "names") {
        world.names.formUnion(try NamesFile.read(try fields(of: path, known: NamesFile.keys)))
      } else if case .contract(let contract)? = try parsed[path]?.get() {
        guard path == Self.path(ofContract: contract.source) else {
          throw Fault(
            .usage, "the contract's source is \(contract.source)", at: contract.place,
            remedy: "Call its file \(contract.source).yaml.")
        }
        world.contracts[contract.source] = contract
        world.names.formUnion(contract.ownNames)
      }
    }
    return world
  }

  private static func path(ofContract source: String) -> String { "contracts/\(source).yaml" }

  private func read(_ closedWorld: Deferred<ClosedWorld>) throws(Fault) -> PolicySet {
    let main = try fields(
      of: "policy.yaml", known: ["version", "gate", "thresholds", "rules", "sources", "site", "limits", "exceptions"])
    let exceptionsPath = main.optional("exceptions").map { $0.string ?? "" }
    var rules: [PatternRule] = []
    var exceptions = ExceptionSet()
    for path in files.files.keys.sorted() {
      switch path {
      case "policy.yaml": break
      case exceptionsPath: exceptions = try ExceptionsFile.read(try fields(of: path, known: ExceptionsFile.keys))
      case _ where Self.isYAML(path, in: "patterns"):
        rules += try RuleFile.read(try fields(of: path, known: RuleFile.keys))
      case _ where Self.isOfSources(path): break
      default:
        throw Fault(
          .usage, "a policy has no such file", at: Location(path: files.displayPath(path)),
          remedy: "It holds policy.yaml, patterns/*.yaml, names/*.yaml, contracts/*.yaml and the exceptions file that "
            + "policy.yaml names.")
      }
    }
    if let exceptionsPath, files.files[exceptionsPath] == nil, let value = main.optional("exceptions") {
      throw main.fault("the exceptions file does not exist", at: value)
    }
    try checkUnique(rules)
    var settings = DetectionSettings(rules: rules)
    try readThresholds(main, &settings)
    try readLimits(main, &settings)
    let sources = try Self.sources(main, contracts: contractNames)
    let site = try Self.site(main)
    let severities = try readRules(main, &settings)
    let gate: Severity = try main.choice(try main.required("gate"))
    return PolicySet(
      gate: gate, detection: settings, severities: severities, exceptions: exceptions, sources: sources,
      siteDomains: site.domains, siteNetworks: site.networks, digest: files.digest, closedWorld: closedWorld)
  }

  private static func isYAML(_ path: String, in folder: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 2 && parts[0] == folder && parts[1].hasSuffix(".yaml")
  }

  /// The root mapping of a file, its version checked.
  private func fields(of path: String, known: [String]) throws(Fault) -> Fields {
    let fields = try Fields(try document(path), known: known, path: files.displayPath(path))
    try fields.checkVersion(PolicySet.version)
    return fields
  }

  private func checkUnique(_ rules: [PatternRule]) throws(Fault) {
    var seen: Set<String> = [PatternRule.canary.id]
    for rule in rules where !seen.insert(rule.id).inserted {
      throw Fault(.usage, "two rules are called \(rule.id)", at: rule.place, remedy: "Give each its own id.")
    }
  }

  private func readThresholds(_ main: Fields, _ settings: inout DetectionSettings) throws(Fault) {
    let value = try main.required("thresholds")
    let known = Surface.allCases.map(\.rawValue)
    let thresholds = try Fields(value, known: known, path: main.path)
    for surface in Surface.allCases {
      settings.thresholds[surface] = try thresholds.number(try thresholds.required(surface.rawValue), surface.rawValue)
    }
  }

  private func readLimits(_ main: Fields, _ settings: inout DetectionSettings) throws(Fault) {
    guard let value = main.optional("limits") else { return }
    let known = ["steps", "depth", "heap_kib", "stack_kib", "stride", "decoded_bytes"]
    let limits = try Fields(value, known: known, path: main.path)
    var match = MatchLimits()
    if let steps = try limits.integer("steps", in: 100...10_000_000) { match.steps = UInt32(steps) }
    if let depth = try limits.integer("depth", in: 10...100_000) { match.depth = UInt32(depth) }
    if let heap = try limits.integer("heap_kib", in: 64...1_048_576) { match.heapKiB = UInt32(heap) }
    if let stack = try limits.integer("stack_kib", in: 32...16_384) { match.stackKiB = stack }
    if let stride = try limits.integer("stride", in: 64...65_536) { match.stride = stride }
    settings.limits = match
    if let decoded = try limits.integer("decoded_bytes", in: 64...16_777_216) { settings.maximumDecoded = decoded }
  }

  /// Sources of the contracts, by the names of their files.
  private var contractNames: [String] {
    files.files.keys.filter { Self.isYAML($0, in: "contracts") }
      .map { String($0.dropFirst("contracts/".count).dropLast(".yaml".count)) }.sorted()
  }

  private func readRules(_ main: Fields, _ settings: inout DetectionSettings) throws(Fault) -> [String: Severity] {
    var severities: [String: Severity] = [:]
    guard let value = main.optional("rules") else { return [:] }
    let rules = try Fields(value, known: settings.rules.map(\.id).sorted(), path: main.path)
    for entry in value.mapping ?? [] {
      let id = entry.key.string ?? ""
      let rule = try Fields(entry.value, known: ["enabled", "severity"], path: rules.path)
      if try rule.flag("enabled") == false { settings.disabled.insert(id) }
      if let severity = rule.optional("severity") { severities[id] = try rule.choice(severity) }
    }
    return severities
  }
}
