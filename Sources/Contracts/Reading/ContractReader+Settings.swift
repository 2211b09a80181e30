import Syntax
import Vocabulary

extension ContractReader {
  private static let programKeys = [
    "commands", "images", "options", "switches", "other_options", "options_file", "files",
  ]

  func program() throws(Fault) -> ProgramClause? {
    guard let value = main.optional("program") else { return nil }
    let fields = try Fields(value, known: Self.programKeys, path: main.path)
    let grammar: ProgramClause.Grammar =
      fields.optional("options") == nil ? .go : try fields.choice(try fields.required("options"))
    return ProgramClause(
      commands: try fields.texts("commands").map { $0.split(separator: " ").map(String.init) },
      images: try fields.texts("images"), grammar: grammar, switches: try fields.texts("switches"),
      otherOptions: try fields.texts("other_options"),
      optionsFile: fields.optional("options_file") == nil ? nil : try fields.text("options_file"),
      files: try fields.texts("files"))
  }

  private static let settingKeys = [
    "id", "rule", "severity", "title", "why", "remedy", "versions", "option", "environment", "keys", "blocks",
    "counters", "value", "must", "missing", "when", "distinctive", "vetted", "examples", "counter_examples",
  ]

  func settings(_ program: ProgramClause?) throws(Fault) -> [SettingClause] {
    var clauses: [SettingClause] = []
    for value in try list(main, "settings") {
      let fields = try Fields(value, known: Self.settingKeys, path: main.path)
      guard program != nil else {
        throw fields.fault("settings of what: the contract has no program", at: value)
      }
      clauses.append(try setting(fields))
    }
    try checkCarriers(clauses)
    return clauses
  }

  private func setting(_ fields: Fields) throws(Fault) -> SettingClause {
    let id = try id(fields, "id")
    let condition = try condition(fields)
    let carriers = SettingCarriers(
      options: try texts(fields, "option"),
      takesValue: try fields.flag("value") ?? condition.needsValue, environment: try texts(fields, "environment"),
      keys: try texts(fields, "keys"), blocks: try texts(fields, "blocks"),
      isCounters: try fields.flag("counters") ?? false)
    guard !carriers.names.isEmpty else {
      throw fields.fault("a setting has a name: option, environment, keys, blocks or counters", at: fields.value)
    }
    for option in carriers.options where !option.hasPrefix("-") {
      throw fields.fault("an option begins with a hyphen", at: try fields.required("option"))
    }
    let clause = SettingClause(
      id: id, rule: fields.optional("rule") == nil ? id : try self.id(fields, "rule"),
      severity: try fields.choice(try fields.required("severity")), title: try bilingual(fields, "title"),
      why: try bilingual(fields, "why"), remedy: try bilingual(fields, "remedy"),
      versions: fields.optional("versions") == nil ? nil : try fields.text("versions"), carriers: carriers,
      condition: condition,
      missing: try fields.optional("missing").map { value throws(Fault) in try fields.choice(value) },
      trigger: try trigger(fields), isDistinctive: try fields.flag("distinctive") ?? false,
      vetted: fields.optional("vetted") == nil ? nil : try fields.text("vetted"),
      examples: try fields.texts("examples"), counterExamples: try fields.texts("counter_examples"),
      place: fields.place(of: fields.value))
    guard !clause.examples.isEmpty, !clause.counterExamples.isEmpty else {
      throw fields.fault("clause \(id) has no examples, or no counter_examples", at: fields.value)
    }
    guard clause.missing == nil || clause.vetted != nil else {
      throw fields.fault("what must be set has a vetted form", at: try fields.required("missing"))
    }
    return clause
  }

  /// One text or a list of them.
  private func texts(_ fields: Fields, _ key: String) throws(Fault) -> [String] {
    fields.optional(key)?.string != nil ? [try fields.text(key)] : try fields.texts(key)
  }

  private func condition(_ fields: Fields) throws(Fault) -> SettingCondition {
    let value = try fields.required("must")
    let known =
      "Known: not exist, be absent, be off, be on, be claimed, or one of: {one_of: […]}, {none_of: […]}, {only: […]}, {at_most: n}."
    guard value.mapping != nil else {
      switch value.string {
      case "not exist": return .nonexistent
      case "be absent": return .absent
      case "be off": return .off
      case "be on": return .on
      case "be claimed": return .claimed
      default: throw fields.fault("a condition is expected", at: value, remedy: known)
      }
    }
    let forms = try Fields(value, known: ["one_of", "none_of", "only", "at_most"], path: fields.path)
    guard value.mapping?.count == 1 else { throw fields.fault("one condition is expected", at: value, remedy: known) }
    if let limit = forms.optional("at_most") {
      guard let number = limit.double, number.isFinite else { throw forms.fault("a number is expected", at: limit) }
      return .atMost(number)
    }
    if forms.optional("one_of") != nil { return .oneOf(try forms.texts("one_of")) }
    if forms.optional("none_of") != nil { return .noneOf(try forms.texts("none_of")) }
    return .only(try forms.texts("only"))
  }

  private func trigger(_ fields: Fields) throws(Fault) -> SettingTrigger? {
    guard let value = fields.optional("when") else { return nil }
    let trigger = try Fields(value, known: ["keys", "hold"], path: fields.path)
    return SettingTrigger(keys: try trigger.texts("keys"), holds: try texts(trigger, "hold"))
  }

  /// Two clauses on one name would both be reported, or contradict each other.
  private func checkCarriers(_ clauses: [SettingClause]) throws(Fault) {
    var owner: [String: String] = [:]
    for clause in clauses {
      for name in clause.carriers.names where clause.trigger == nil {
        guard let other = owner.updateValue(clause.id, forKey: name) else { continue }
        throw Fault(
          .usage, "\(name) is claimed by \(other) already", at: clause.place,
          remedy: "Leave it out of one of the two clauses.")
      }
    }
  }
}

extension SettingCondition {
  /// Whether an option under it is followed by a value.
  var needsValue: Bool {
    switch self {
    case .off, .on, .absent, .nonexistent, .claimed: false
    case .oneOf, .noneOf, .only, .atMost: true
    }
  }
}
