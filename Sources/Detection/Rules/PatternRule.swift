public import Vocabulary

/// One rule of detection, as the policy's data describes it.
public struct PatternRule: Sendable, Hashable {
  /// How the rule finds its evidence.
  public enum Method: Sendable, Hashable {
    /// A PCRE2 pattern.
    case pattern(String)
    /// A detector written in Swift.
    case coded(CodedDetector)
  }

  public var id: String
  /// What it finds, a few words.
  public var title: String
  /// What whoever reads the telemetry gains.
  public var rationale: String
  /// What to do where it fires.
  public var remedy: String
  /// Where it was seen: issues of the programs as `owner/repository#number`, or a program and its version.
  public var references: [String]
  public var method: Method
  /// ASCII letters of the pattern match in either case.
  public var isCaseless: Bool
  /// The pattern sees code points instead of bytes.
  public var isUTF: Bool
  /// Log-odds of one sighting; the first sighting in a specimen counts.
  public var weight: Double
  /// Log-odds on single surfaces, where they differ.
  public var weights: [Surface: Double]
  public var surfaces: Set<Surface>
  /// Slots it applies to; nil for all of them.
  public var slots: Set<Slot>?
  /// What the matched text must also satisfy.
  public var check: Checksum?
  /// Longest match, in bytes.
  public var window: Int
  /// Literals (ASCII letters in either case) of which every match holds one. The pattern runs only where one stands.
  public var needs: [String]
  /// In place of literals: every match stands in a run of such bytes.
  public var run: RunTrigger?
  public var examples: [RuleExample]
  public var counterExamples: [RuleExample]
  /// Where the policy's files define it.
  public var place: Location?

  public init(
    id: String, title: String, rationale: String, remedy: String, references: [String] = [], method: Method,
    isCaseless: Bool = false, isUTF: Bool = false, weight: Double, weights: [Surface: Double] = [:],
    surfaces: Set<Surface> = Set(Surface.allCases), slots: Set<Slot>? = nil, check: Checksum? = nil, window: Int = 512,
    needs: [String] = [], run: RunTrigger? = nil, examples: [RuleExample] = [], counterExamples: [RuleExample] = [],
    place: Location? = nil
  ) {
    self.id = id
    self.title = title
    self.rationale = rationale
    self.remedy = remedy
    self.references = references
    self.method = method
    self.isCaseless = isCaseless
    self.isUTF = isUTF
    self.weight = weight
    self.weights = weights
    self.surfaces = surfaces
    self.slots = slots
    self.check = check
    self.window = window
    self.needs = needs
    self.run = run
    self.examples = examples
    self.counterExamples = counterExamples
    self.place = place
  }

  /// Log-odds of a sighting on a surface.
  public func weight(on surface: Surface) -> Double { weights[surface] ?? weight }
}

/// Detectors written in Swift, because a pattern cannot say what they look for.
public enum CodedDetector: String, Sendable, Hashable, CaseIterable {
  /// Long lists of integers that look like token ids.
  case tokenIDs = "token-ids"
  /// Long lists of fractions that look like the embedding of a text.
  case embeddingVector = "embedding-vector"
  /// Natural-language words in a label value.
  case proseLabel = "prose-label"
  /// A base64 or hex run that decodes to text.
  case encodedText = "encoded-text"
  /// A base64 or hex run that decodes to natural language.
  case encodedProse = "encoded-prose"
  /// The language of the text is conversation; weighs what the trained scorer says.
  case language
  /// A long run of base64 whose bytes are as good as random.
  case encodedBlob = "encoded-blob"
}

/// Every match of a rule stands in a run of at least `atLeast` bytes of a class, with at least `digits` digits.
public struct RunTrigger: Sendable, Hashable {
  /// Bytes as in a bracket expression, e.g. `0-9 .-`; a hyphen stands for itself at the end.
  public var of: String
  public var atLeast: Int
  public var digits: Int

  public init(of: String, atLeast: Int, digits: Int = 0) {
    self.of = of
    self.atLeast = atLeast
    self.digits = digits
  }
}

/// A text that a rule must find, or must not.
public struct RuleExample: Sendable, Hashable {
  public var text: String
  public var surface: Surface
  public var slot: Slot

  public init(_ text: String, surface: Surface, slot: Slot) {
    self.text = text
    self.surface = surface
    self.slot = slot
  }
}
