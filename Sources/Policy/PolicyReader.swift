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
  private let documents: [String: Result<PositionedValue, Fault>]

  static func read(_ files: PolicyFiles) throws(Fault) -> PolicySet {
    try PolicyReader(files: files, documents: parsed(files)).read()
  }

  /// Parsing takes most of the time in which the program starts, so it is done on all cores, the largest files first.
  private static func parsed(_ files: PolicyFiles) -> [String: Result<PositionedValue, Fault>] {
    let paths = files.files.keys.sorted {
      (files.files[$1]?.count ?? 0, $0) < (files.files[$0]?.count ?? 0, $1)
    }
    let documents = Mutex<[String: Result<PositionedValue, Fault>]>([:])
    DispatchQueue.concurrentPerform(iterations: paths.count) { index in
      let path = paths[index]
      let result: Result<PositionedValue, Fault>
      do throws(Fault) {
        result = .success(try YAMLDocument.parse(files.files[path] ?? [], path: files.displayPath(path)))
      } catch {
        result = .failure(error)
      }
      documents.withLock { $0[path] = result }
    }
    return documents.withLock { $0 }
  }

  private func document(_ path: String) throws(Fault) -> PositionedValue {
    guard let document = documents[path] else {
      throw Fault(.usage, "the file is missing", at: Location(path: files.displayPath(path)))
    }
    return try document.get()
  }

  private func read() throws(Fault) -> PolicySet {
    let main = try fields(
      of: "policy.yaml", known: ["version", "gate", "thresholds", "rules", "sources", "limits", "exceptions"])
    let exceptionsPath = main.optional("exceptions").map { $0.string ?? "" }
    var rules: [PatternRule] = []
    var names: Set<String> = []
    var exceptions: [Exception] = []
    var contracts: [String: Contract] = [:]
    for path in files.files.keys.sorted() {
      switch path {
      case "policy.yaml": break
      case exceptionsPath: exceptions = try ExceptionsFile.read(try fields(of: path, known: ExceptionsFile.keys))
      case _ where Self.isYAML(path, in: "patterns"):
        rules += try RuleFile.read(try fields(of: path, known: RuleFile.keys))
      case _ where Self.isYAML(path, in: "names"):
        names.formUnion(try NamesFile.read(try fields(of: path, known: NamesFile.keys)))
      case _ where Self.isYAML(path, in: "contracts"):
        let contract = try Contract.read(try document(path), path: files.displayPath(path))
        guard path == "contracts/\(contract.source).yaml" else {
          throw Fault(
            .usage, "the contract's source is \(contract.source)", at: contract.place,
            remedy: "Call its file \(contract.source).yaml.")
        }
        contracts[contract.source] = contract
        names.formUnion(contract.ownNames)
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
    let sources = try readSources(main, contracts)
    let severities = try readRules(main, &settings)
    let gate: Severity = try main.choice(try main.required("gate"))
    return PolicySet(
      gate: gate, detection: settings, severities: severities, exceptions: exceptions, contracts: contracts,
      sources: sources, knownNames: names, digest: files.digest)
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

  /// `sources`: sinks and the contracts that they are held to.
  private func readSources(_ main: Fields, _ contracts: [String: Contract]) throws(Fault) -> [SourceBinding] {
    guard let value = main.optional("sources") else { return [] }
    guard let sources = value.array else { throw main.fault("sources is not a list", at: value) }
    var bindings: [SourceBinding] = []
    for source in sources {
      let fields = try Fields(source, known: ["sink", "contract"], path: main.path)
      let binding = SourceBinding(sink: try fields.text("sink"), contract: try fields.text("contract"))
      guard contracts[binding.contract] != nil else {
        throw fields.fault(
          "the policy has no such contract", at: try fields.required("contract"),
          remedy: "Contracts: \(contracts.keys.sorted().joined(separator: ", ")).")
      }
      let kinds = Sink.Kind.allCases.map(\.rawValue)
      guard binding.sink.hasPrefix("*") || kinds.contains(where: { binding.sink.hasPrefix($0 + ":") }) else {
        throw fields.fault(
          "a sink is its kind and its name, e.g. log:logs/vllm*", at: try fields.required("sink"),
          remedy: "Kinds: \(kinds.sorted().joined(separator: ", ")); coverage prints the sinks of a run.")
      }
      bindings.append(binding)
    }
    return bindings
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
