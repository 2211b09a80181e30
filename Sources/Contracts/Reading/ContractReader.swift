public import Syntax
public import Vocabulary

extension Contract {
  /// Reads one file of `policies/contracts/`.
  ///
  /// - Throws: `usage`, with file, line and column and what was expected, for anything that is unknown, missing, repeated or of the
  ///   wrong kind, for two clauses that claim the same, and for a clause that can never match.
  public static func parse(_ bytes: [UInt8], path: String) throws(Fault) -> Contract {
    let contract = try read(try YAMLDocument.parse(bytes, path: path), path: path)
    try contract.check()
    return contract
  }

  /// Reads a contract from its document, without `check`.
  public static func read(_ document: PositionedValue, path: String) throws(Fault) -> Contract {
    try ContractReader(try Fields(document, known: ContractReader.keys, path: path)).read()
  }

  /// What only all clauses together show, which takes as long as making them ready to match.
  ///
  /// - Throws: `usage`, with the place of a clause that claims what another one does, or that can never match.
  public func check() throws(Fault) {
    _ = try CompiledContract(self, names: exampleNames)
  }
}

struct ContractReader {
  static let keys = [
    "version", "source", "title", "versions", "facts", "prefixes", "example_names", "define", "labels",
    "forbidden_labels", "metrics", "logs", "program", "settings", "undecided", "store", "json", "ranges",
  ]

  let main: Fields
  var templates = TemplateParser()
  /// Sets of labels that clauses share, by name.
  var labelSets: [String: [LabelClause]] = [:]

  init(_ main: Fields) { self.main = main }

  func read() throws(Fault) -> Contract {
    try main.checkVersion(Contract.version)
    var reader = self
    reader.templates.definitions = try definitions()
    reader.labelSets = try reader.sharedLabels()
    let program = try program()
    let metrics = try reader.metrics()
    let contract = Contract(
      source: try id(main, "source"), title: try bilingual(main, "title"), versions: try main.text("versions"),
      facts: try main.texts("facts"), prefixes: try main.texts("prefixes"), exampleNames: try exampleNames(),
      metrics: metrics, ranges: try ranges(of: metrics), forbiddenLabels: try forbiddenLabels(),
      logs: try reader.logs(),
      program: program, settings: try settings(program), undecided: try reader.undecided(),
      store: try reader.store(), json: try reader.json(), place: main.place(of: main.value))
    guard !contract.facts.isEmpty else {
      throw main.fault("facts is missing: where the names come from", at: main.value)
    }
    try reader.checkIDs(contract)
    return contract
  }

  /// Small letters, digits and hyphens.
  func id(_ fields: Fields, _ key: String) throws(Fault) -> String {
    let id = try fields.text(key)
    guard id.utf8.allSatisfy({ $0 == 0x2D || (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }) else {
      throw fields.fault("\(key) is small letters, digits and hyphens", at: try fields.required(key))
    }
    return id
  }

  func bilingual(_ fields: Fields, _ key: String) throws(Fault) -> BilingualText {
    let text = try Fields(try fields.required(key), known: ["en", "pt-BR"], path: fields.path)
    return BilingualText(english: try text.text("en"), portuguese: try text.text("pt-BR"))
  }

  /// `optional: {en, pt-BR}` or `forbidden: {en, pt-BR}`, at most one of them.
  func standing(_ fields: Fields) throws(Fault) -> Standing {
    switch (fields.optional("optional"), fields.optional("forbidden")) {
    case (nil, nil): return .always
    case (.some, nil): return .optional(try bilingual(fields, "optional"))
    case (nil, .some): return .forbidden(try bilingual(fields, "forbidden"))
    case (.some, .some(let second)):
      throw fields.fault("a clause is optional or forbidden, not both", at: second)
    }
  }

  func list(_ fields: Fields, _ key: String) throws(Fault) -> [PositionedValue] {
    guard let found = fields.optional(key) else { return [] }
    guard let array = found.array else { throw fields.fault("\(key) is not a list", at: found) }
    return array
  }

  /// `define`: names of templates, or of lists of templates one of which stands there. A definition may use those above it.
  private func definitions() throws(Fault) -> [String: [[Template.Element]]] {
    guard let value = main.optional("define") else { return [:] }
    guard let entries = value.mapping else { throw main.fault("define is not a mapping", at: value) }
    var parser = templates
    for entry in entries {
      let name = entry.key.string ?? ""
      guard SlotKind(written: name) == nil, !name.isEmpty, parser.definitions[name] == nil else {
        throw main.fault("this name is that of a type, or is defined already", at: entry.key)
      }
      var choices: [[Template.Element]] = []
      for text in entry.value.array ?? [entry.value] { choices.append(try parser.template(text, main).elements) }
      guard !choices.isEmpty else { throw main.fault("a template is expected", at: entry.value) }
      parser.definitions[name] = choices
    }
    return parser.definitions
  }

  private func exampleNames() throws(Fault) -> FleetNames {
    guard let value = main.optional("example_names") else { return FleetNames() }
    let fields = try Fields(value, known: FleetNames.Kind.allCases.map(\.rawValue), path: main.path)
    var names = FleetNames()
    for kind in FleetNames.Kind.allCases { names.names[kind] = Set(try fields.texts(kind.rawValue)) }
    return names
  }

  private func forbiddenLabels() throws(Fault) -> [ForbiddenLabel] {
    var labels: [ForbiddenLabel] = []
    for value in try list(main, "forbidden_labels") {
      let fields = try Fields(value, known: ["name", "prefix", "why"], path: main.path)
      guard (fields.optional("name") == nil) != (fields.optional("prefix") == nil) else {
        throw fields.fault("either name or prefix is expected", at: value)
      }
      let isPrefix = fields.optional("prefix") != nil
      labels.append(
        ForbiddenLabel(
          name: try fields.text(isPrefix ? "prefix" : "name"), isPrefix: isPrefix, why: try bilingual(fields, "why")))
    }
    return labels
  }

  private func checkIDs(_ contract: Contract) throws(Fault) {
    var seen: Set<String> = []
    let clauses =
      contract.metrics.map { ($0.id, $0.place) } + contract.logs.map { ($0.id, $0.place) }
      + contract.settings.map { ($0.id, $0.place) }
    for (id, place) in clauses where !seen.insert(id).inserted {
      throw Fault(.usage, "two clauses are called \(id)", at: place, remedy: "Give each its own id.")
    }
  }
}
