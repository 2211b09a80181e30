/// All that a template's value can be, whatever the data.
struct AbstractValue: Hashable {
  /// Values with fields, entries or elements.
  var shapes: Set<Shape> = []
  /// What a text that it can be holds of the data.
  var text: Set<TemplateSource> = []
  /// What decides which value it is.
  var control: Set<TemplateSource> = []
  var literals = Literals()

  enum Shape: Hashable {
    case object(DataObject)
    case map(TemplateMap)
    /// Alertmanager's `KV.SortedPairs`, and one pair of it.
    case pairs(TemplateMap)
    case pair(TemplateMap)
    /// What the query of that number returns, and one series of it.
    case samples(Int)
    case sample(Int)
    /// The value is a list or map that the template made: whatever the value can be, an element of it can be, too.
    case container
    /// Grafana's `coll`, `data`, `tmpl` and `time`.
    case namespace(String)
    case anything
  }

  /// Strings that stand in the template.
  struct Literals: Hashable {
    static let limit = 16

    var texts: Set<[UInt8]> = []
    /// Formats from which `printf` made a string.
    var formats: Set<[UInt8]> = []
    /// Whether it can be no other string than `texts`.
    var isComplete = true
    /// Whether it can be no other string than `texts` and what `formats` make.
    var isFormatted = true

    mutating func formUnion(_ other: Self) {
      texts.formUnion(other.texts)
      formats.formUnion(other.formats)
      isComplete = isComplete && other.isComplete
      isFormatted = isFormatted && other.isFormatted
      if texts.count > Self.limit { (texts, isComplete, isFormatted) = ([], false, false) }
      if formats.count > Self.limit { (formats, isFormatted) = ([], false) }
    }
  }

  static let anything = Self(shapes: [.anything], literals: .unknown)
  /// Numbers and truth values: nothing of the data and no string of the template.
  static let plain = Self(literals: .unknown)

  static func literal(_ text: [UInt8]) -> Self { Self(literals: Literals(texts: [text])) }

  static func text(_ sources: Set<TemplateSource>, control: Set<TemplateSource> = []) -> Self {
    Self(text: sources, control: control, literals: .unknown)
  }

  static func shape(_ shapes: Shape...) -> Self { Self(shapes: Set(shapes), literals: .unknown) }

  static func object(_ object: DataObject) -> Self { shape(.object(object)) }

  static func map(_ map: TemplateMap) -> Self { shape(.map(map)) }

  mutating func formUnion(_ other: Self) {
    shapes.formUnion(other.shapes)
    text.formUnion(other.text)
    control.formUnion(other.control)
    literals.formUnion(other.literals)
  }

  func union(_ other: Self) -> Self {
    var result = self
    result.formUnion(other)
    return result
  }

  /// What comes out where it is printed.
  var printed: Set<TemplateSource> { shapes.reduce(text) { $0.union(DataModel.printed($1)) } }

  /// The string that it is, where it can be no other.
  var onlyTexts: Set<[UInt8]>? {
    literals.isComplete && !literals.texts.isEmpty && text.isEmpty && shapes.isEmpty ? literals.texts : nil
  }
}

extension AbstractValue.Literals {
  static let unknown = Self(isComplete: false, isFormatted: false)
}
