import Detection
import Syntax
import Vocabulary

/// `patterns/*.yaml`: rules of detection with their examples.
enum RuleFile {
  static let keys = ["version", "rules"]
  private static let ruleKeys = [
    "id", "title", "rationale", "remedy", "references", "surfaces", "slots", "weight", "weights", "pattern", "detector",
    "caseless", "utf", "check", "window", "needs", "run", "examples", "counter_examples",
  ]

  static func read(_ file: Fields) throws(Fault) -> [PatternRule] {
    let list = try file.required("rules")
    guard let values = list.array else { throw file.fault("rules is not a list", at: list) }
    var rules: [PatternRule] = []
    for value in values { rules.append(try rule(try Fields(value, known: ruleKeys, path: file.path))) }
    return rules
  }

  private static func rule(_ fields: Fields) throws(Fault) -> PatternRule {
    let id = try fields.text("id")
    guard id.utf8.allSatisfy({ $0 == 0x2D || ($0 | 0x20) &- 0x61 < 26 && $0 >= 0x61 || $0 &- 0x30 < 10 }) else {
      throw fields.fault("an id is small letters, digits and hyphens", at: try fields.required("id"))
    }
    let surfaces = Set(try fields.choices("surfaces", Surface.self) ?? Surface.allCases)
    let slots = try slots(fields)
    var rule = PatternRule(
      id: id, title: try fields.text("title"), rationale: try fields.text("rationale"),
      remedy: try fields.text("remedy"), references: try fields.texts("references"), method: try method(fields),
      weight: try fields.number(try fields.required("weight"), "weight"), surfaces: surfaces, slots: slots,
      place: fields.place(of: fields.value))
    rule.weights = try weights(fields)
    rule.isCaseless = try fields.flag("caseless") ?? false
    rule.isUTF = try fields.flag("utf") ?? false
    if let check = fields.optional("check") { rule.check = try fields.choice(check) }
    rule.window = try fields.integer("window", in: 16...8_192) ?? rule.window
    rule.needs = try fields.texts("needs")
    rule.run = try run(fields)
    rule.examples = try examples("examples", of: rule, fields)
    rule.counterExamples = try examples("counter_examples", of: rule, fields)
    guard !rule.examples.isEmpty, !rule.counterExamples.isEmpty else {
      throw fields.fault("rule \(id) has no examples, or no counter_examples", at: fields.value)
    }
    return rule
  }

  private static func method(_ fields: Fields) throws(Fault) -> PatternRule.Method {
    switch (fields.optional("pattern"), fields.optional("detector")) {
    case (.some, nil): return .pattern(try fields.text("pattern"))
    case (nil, .some(let detector)): return .coded(try fields.choice(detector))
    default: throw fields.fault("a rule has either a pattern or a detector", at: fields.value)
    }
  }

  private static func slots(_ fields: Fields) throws(Fault) -> Set<Slot>? {
    guard fields.optional("slots") != nil else { return nil }
    var slots: Set<Slot> = []
    for element in fields.optional("slots")?.array ?? [] { slots.insert(try slot(element, fields)) }
    return slots
  }

  /// A slot by the name of its case.
  private static func slot(_ value: PositionedValue, _ fields: Fields) throws(Fault) -> Slot {
    guard let slot = Slot.allCases.first(where: { "\($0)" == value.string }) else {
      let known = Slot.allCases.map { "\($0)" }.joined(separator: ", ")
      throw fields.fault("no such slot", at: value, remedy: "Known: \(known).")
    }
    return slot
  }

  private static func weights(_ fields: Fields) throws(Fault) -> [Surface: Double] {
    guard let value = fields.optional("weights") else { return [:] }
    let table = try Fields(value, known: Surface.allCases.map(\.rawValue), path: fields.path)
    var weights: [Surface: Double] = [:]
    for surface in Surface.allCases {
      if let weight = table.optional(surface.rawValue) { weights[surface] = try table.number(weight, surface.rawValue) }
    }
    return weights
  }

  private static func run(_ fields: Fields) throws(Fault) -> RunTrigger? {
    guard let value = fields.optional("run") else { return nil }
    let run = try Fields(value, known: ["of", "at_least", "digits"], path: fields.path)
    guard let least = try run.integer("at_least", in: 4...1_024) else {
      throw run.fault("at_least is missing", at: value)
    }
    return RunTrigger(of: try run.text("of"), atLeast: least, digits: try run.integer("digits", in: 0...1_024) ?? 0)
  }

  /// Texts, or mappings of `text`, `surface` and `slot`. Left out, the surface is the rule's first, and the slot the one
  /// in which most text of that surface stands.
  private static func examples(
    _ key: String, of rule: PatternRule, _ fields: Fields
  ) throws(Fault) -> [RuleExample] {
    guard let list = fields.optional(key) else { return [] }
    guard let values = list.array else { throw fields.fault("\(key) is not a list", at: list) }
    let order: [Surface] = [.log, .label, .alert, .config]
    var examples: [RuleExample] = []
    for value in values {
      var surface = order.first(where: rule.surfaces.contains) ?? .log
      var text = value.string
      var slot: Slot?
      if text == nil {
        let example = try Fields(value, known: ["text", "surface", "slot"], path: fields.path)
        text = try example.text("text")
        if let named = example.optional("surface") { surface = try example.choice(named) }
        if let named = example.optional("slot") { slot = try Self.slot(named, fields) }
      }
      let usual: Slot
      switch surface {
      case .log: usual = .line
      case .label, .alert: usual = .labelValue
      case .config: usual = .scalar
      }
      examples.append(RuleExample(text ?? "", surface: surface, slot: slot ?? usual))
    }
    return examples
  }
}
