import Dispatch
import Patterns
import Synchronization
public import Vocabulary

/// The rules, compiled: immutable and shared by all judges.
public final class Detectors: Sendable {
  /// A rule as the judge uses it.
  struct Rule: Sendable {
    let id: String
    let pattern: Pattern?
    let window: Int
    let check: Checksum?
    /// By `Surface.index`.
    let weights: SIMD4<Double>
  }

  /// Rules that look at runs of one class.
  struct RunGroup: Sendable {
    var bit: UInt32
    var atLeast: Int
    var rules: [(index: Int, atLeast: Int, digits: Int)]
    var set: RuleSet
  }

  /// A detector of lists of numbers: the runs it looks at, and what it says of one.
  struct ListDetector: Sendable {
    var rule: Int
    var bit: UInt32
    var atLeast: Int
    var finds: @Sendable (UnsafeRawBufferPointer, Range<Int>) -> Bool
  }

  let settings: DetectionSettings
  let rules: [Rule]
  let literals: LiteralAutomaton
  let finder: RunFinder
  let runGroups: [RunGroup]
  /// Rules with neither literals nor a run: anchored patterns, which are cheap.
  let always: RuleSet
  /// Rules with a pattern.
  let patterned: RuleSet
  /// Rules with literals.
  let literalRules: RuleSet
  let digits: DigitSensitivity
  /// None for the reference, which looks at everything.
  let cache: VerdictCache?
  let lists: [ListDetector]
  /// Rules of these.
  let listed: RuleSet
  /// Rules by surface and slot.
  private let applicable: [RuleSet]
  /// Rule of each coded detector, by its place among all cases, or -1.
  private let coded: [Int]
  /// By `Surface.index`.
  let thresholds: SIMD4<Double>
  /// Patterns were to run as machine code, and some run in the interpreter: this process may not make memory executable, or
  /// PCRE2 was built without its compiler. Verdicts are the same, and take longer.
  public let lacksMachineCode: Bool

  /// Compiles the rules that are not switched off.
  ///
  /// - Throws: `usage` for a pattern that does not compile (with the byte where), for two rules of one id, for a rule whose
  ///   literals or class are unusable, and for more rules than a set holds.
  public init(_ settings: DetectionSettings) throws(Fault) {
    let enabled = settings.rules.filter { !settings.disabled.contains($0.id) }
    guard enabled.count <= RuleSet.capacity else {
      throw Fault(.usage, "\(enabled.count) rules, but at most \(RuleSet.capacity) work together")
    }
    var rules: [Rule] = []
    var seen: Set<String> = []
    var literals: [(text: [UInt8], rules: RuleSet)] = []
    let finder = RunFinder()
    // The built-in classes come first, so that they always fit.
    let (listBit, vectorBit) = (finder.add(IntegerList.listClass)!, finder.add(EmbeddingVector.listClass)!)
    var groups: [RunGroup] = []
    var always = RuleSet()
    var patterned = RuleSet()
    var literalRules = RuleSet()
    var digits = DigitSensitivity()
    var coded = Array(repeating: -1, count: CodedDetector.allCases.count)
    var applicable = Array(repeating: RuleSet(), count: Surface.allCases.count * Slot.allCases.count)

    let compiled = Self.compile(enabled, settings)
    for (index, rule) in enabled.enumerated() {
      guard seen.insert(rule.id).inserted else {
        throw Fault(.usage, "two rules are called \(rule.id)", at: rule.place, remedy: "Give each its own id.")
      }
      var pattern: Pattern?
      switch rule.method {
      case .coded(let detector):
        guard coded[detector.index] < 0 else {
          throw Fault(.usage, "rule \(rule.id): detector \(detector.rawValue) already has a rule", at: rule.place)
        }
        coded[detector.index] = index
      case .pattern:
        guard let compiled = compiled[index] else { throw Fault(.internal, "rule \(rule.id) was not compiled") }
        pattern = try compiled.pattern.get()
        digits.add(index, compiled.digits)
        patterned.insert(index)
        if !rule.needs.isEmpty { literalRules.insert(index) }
        var only = RuleSet()
        only.insert(index)
        for literal in rule.needs {
          guard !literal.isEmpty else {
            throw Fault(.usage, "rule \(rule.id): an empty literal is needed by everything", at: rule.place)
          }
          literals.append((Array(literal.utf8), only))
        }
        if let run = rule.run {
          guard rule.needs.isEmpty, run.atLeast > 0, let bit = finder.add(run.of) else {
            throw Fault(
              .usage, "rule \(rule.id): its run needs a class of ASCII characters, a length, and no literals beside it",
              at: rule.place)
          }
          let place = groups.firstIndex { $0.bit == bit } ?? groups.endIndex
          if place == groups.endIndex { groups.append(RunGroup(bit: bit, atLeast: .max, rules: [], set: RuleSet())) }
          groups[place].atLeast = min(groups[place].atLeast, run.atLeast)
          groups[place].rules.append((index, run.atLeast, run.digits))
          groups[place].set.insert(index)
        } else if rule.needs.isEmpty {
          always.insert(index)
        }
      }
      for surface in rule.surfaces {
        for (slotIndex, slot) in Slot.allCases.enumerated() where rule.slots?.contains(slot) ?? true {
          applicable[surface.index * Slot.allCases.count + slotIndex].insert(index)
        }
      }
      var weights = SIMD4<Double>()
      for surface in Surface.allCases { weights[surface.index] = rule.weight(on: surface) }
      rules.append(
        Rule(id: rule.id, pattern: pattern, window: rule.window, check: rule.check, weights: weights))
    }
    let listDetectors = [
      ListDetector(
        rule: coded[CodedDetector.tokenIDs.index], bit: listBit, atLeast: IntegerList.minimumLength,
        finds: { IntegerList.isTokenIDs($0, $1) }),
      ListDetector(
        rule: coded[CodedDetector.embeddingVector.index], bit: vectorBit, atLeast: EmbeddingVector.minimumLength,
        finds: { EmbeddingVector.isEmbedding($0, $1) }),
    ]
    var thresholds = SIMD4<Double>()
    for surface in Surface.allCases { thresholds[surface.index] = settings.threshold(on: surface) }

    lacksMachineCode =
      !settings.isReference && rules.contains { $0.pattern.map { !$0.isCompiledToMachineCode } ?? false }
    self.settings = settings
    self.rules = rules
    self.literals = LiteralAutomaton(literals)
    self.finder = finder
    runGroups = groups
    self.always = always
    self.patterned = patterned
    self.literalRules = literalRules
    self.digits = digits
    cache = settings.isReference ? nil : VerdictCache()
    self.applicable = applicable
    self.coded = coded
    lists = listDetectors.filter { $0.rule >= 0 }
    listed = lists.reduce(into: RuleSet()) { $0.insert($1.rule) }
    self.thresholds = thresholds
  }

  /// Rules that apply to specimens of a slot on a surface.
  func applicable(_ surface: Surface, _ slot: Slot) -> RuleSet {
    applicable[surface.index * Slot.allCases.count + Int(slot.rawValue)]
  }

  /// Whether the rule carries the language scorer's weight.
  func isLanguage(_ rule: Int) -> Bool { coded[CodedDetector.language.index] == rule }

  /// The rule that carries a coded detector's weight, where it is among `rules`.
  func rule(of detector: CodedDetector, among rules: RuleSet) -> Int? {
    let index = coded[detector.index]
    return index >= 0 && rules.contains(index) ? index : nil
  }

  private static func options(of rule: PatternRule, _ settings: DetectionSettings) -> Pattern.Options {
    var options: Pattern.Options = []
    if rule.isCaseless { options.insert(.caseless) }
    if rule.isUTF { options.insert(.utf) }
    if settings.isReference { options.insert(.interpreted) }
    return options
  }

  private struct Compiled {
    var pattern: Result<Pattern, Fault>
    var digits: DigitSensitivity.Entry
  }

  /// Compiles the patterns, on all cores, since the program waits for it when it starts; nil for rules without one.
  private static func compile(_ rules: [PatternRule], _ settings: DetectionSettings) -> [Compiled?] {
    let compiled = Mutex([Compiled?](repeating: nil, count: rules.count))
    DispatchQueue.concurrentPerform(iterations: rules.count) { index in
      let rule = rules[index]
      guard case .pattern(let source) = rule.method else { return }
      let pattern: Result<Pattern, Fault>
      do throws(Fault) { pattern = .success(try compile(source, of: rule, settings)) } catch {
        pattern = .failure(error)
      }
      let digits = DigitSensitivity.Entry(rule, source: source, options: options(of: rule, settings))
      compiled.withLock { $0[index] = Compiled(pattern: pattern, digits: digits) }
    }
    return compiled.withLock { $0 }
  }

  private static func compile(
    _ source: String, of rule: PatternRule, _ settings: DetectionSettings
  ) throws(Fault) -> Pattern {
    do {
      return try Pattern(source, options(of: rule, settings))
    } catch {
      throw Fault(
        .usage, "the pattern of rule \(rule.id) does not compile: \(error.message) (byte \(error.offset))",
        at: rule.place, remedy: "Correct the pattern; the syntax is PCRE2's.")
    }
  }
}

extension CodedDetector {
  /// Place among all cases.
  var index: Int {
    switch self {
    case .tokenIDs: 0
    case .proseLabel: 1
    case .encodedText: 2
    case .encodedProse: 3
    case .encodedBlob: 4
    case .language: 5
    case .embeddingVector: 6
    }
  }
}

extension Surface {
  /// Place among all cases.
  var index: Int {
    switch self {
    case .label: 0
    case .log: 1
    case .alert: 2
    case .config: 3
    }
  }
}
