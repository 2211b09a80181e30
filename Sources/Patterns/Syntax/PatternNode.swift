/// A PCRE2 pattern as a tree, as far as programs reason about it: what it needs, and whether it tells digits apart.
indirect enum PatternNode {
  /// One character: how the pattern writes it, and which bytes it is. Beyond ASCII the bytes are those of a part of it.
  case atom(String, ByteSet)
  /// No character: `\b`, `^`, `\A`, `\K` and the like.
  case assertion(String)
  /// Options from here to the end of the group, without `x`, e.g. `(?i)`.
  case options(String)
  case concatenation([PatternNode])
  case choice([PatternNode])
  /// `opening` without its parenthesis: empty, `?:`, `?>`, `?i:`, `?<name>`.
  case group(opening: String, number: Int?, PatternNode)
  case look(ahead: Bool, negative: Bool, PatternNode)
  case repeated(PatternNode, least: Int, most: Int?, quantifier: String)
  /// A group's text again.
  case reference(String, group: Int)
  /// A group's pattern again.
  case call(String, group: Int)
  /// `(?(DEFINE)…)`: matches nothing by itself.
  case definition(PatternNode)

  /// What stands in each capture group below, by the group's number.
  var groups: [Int: PatternNode] {
    var groups: [Int: PatternNode] = [:]
    collect(into: &groups)
    return groups
  }

  private func collect(into groups: inout [Int: PatternNode]) {
    switch self {
    case .group(_, let number, let inner):
      if let number { groups[number] = inner }
      inner.collect(into: &groups)
    case .concatenation(let nodes), .choice(let nodes): for node in nodes { node.collect(into: &groups) }
    case .look(_, _, let inner), .repeated(let inner, _, _, _), .definition(let inner): inner.collect(into: &groups)
    case .atom, .assertion, .options, .reference, .call: break
    }
  }
}

/// Why a pattern is not taken apart: it may be good PCRE2 that nobody here reasons about.
struct PatternNotUnderstood: Error {
  /// Byte offset in the pattern.
  var offset: Int
}
