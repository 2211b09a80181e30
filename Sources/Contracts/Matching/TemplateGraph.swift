import Vocabulary

/// Many templates as one graph: templates that begin alike share their beginning, and a state goes on by a run of literal bytes,
/// by one of several bytes, or by a slot.
///
/// A slot always takes the longest value of its type, so that a state and a place in the line decide the rest.
struct TemplateGraph: Sendable {
  struct State: Sendable {
    /// Bytes that must follow, in `pool`.
    var run: Range<Int> = 0..<0
    var afterRun: Int32 = -1
    /// Offset of a table of 256 states in `tables`, or -1.
    var table: Int32 = -1
    var slots: Range<Int> = 0..<0
    /// Index of the template that ends here, or -1.
    var accepts: Int32 = -1
    /// Index of a template that passes here.
    var passes: Int32 = -1
  }

  struct SlotEdge: Sendable {
    var grammar: Int32
    var next: Int32
  }

  var states: [State] = []
  var pool: [UInt8] = []
  var tables: [Int32] = []
  var slotEdges: [SlotEdge] = []
  var grammars: [SlotGrammar] = []
  var slotTables = SlotTables()
  /// As written between the braces, by grammar.
  var slotTexts: [String] = []
  var root: Int32 = 0
  /// What of this a matcher walks; made once all states are there.
  private(set) var walk: TemplateWalk?

  static let maximumStates = 100_000

  /// - Throws: `usage`, at the template's place, where two templates claim the same text, where a slot would take in what
  ///   must follow it, and where optional parts make more than 100,000 states.
  init(_ templates: [Template], names: FleetNames) throws(Fault) {
    var builder = TemplateGraphBuilder(templates, names: names)
    self = try builder.build()
    walk = TemplateWalk(self)
  }

  init() {}
}
