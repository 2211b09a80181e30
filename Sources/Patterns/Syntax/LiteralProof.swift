/// Shows that every subject that a pattern matches holds one of some literals, by following all ways through the pattern that
/// have met none of them yet: where no way is left, there is no match without a literal.
///
/// Of a way it is known what it begins and what it ends with, as far as a literal could reach, and nothing of what lies
/// between where that is unknown. What is forgotten only makes more ways, so that a proof stays one.
struct LiteralProof {
  /// Texts that have met no literal.
  struct Way: Hashable {
    var start: [UInt8]
    /// Behind `start` lies anything, and then this; nil where `start` is all.
    var end: [UInt8]?

    static let nothing = Way(start: [], end: nil)
    static let anything = Way(start: [], end: [])
  }

  /// Most ways that are told apart; beyond them, beginnings are forgotten and then all.
  private static let mostWays = 2_048
  /// Most characters of a class that are spelled out.
  private static let mostCharacters = 8

  private let groups: [Int: PatternNode]
  private let literals: [[UInt8]]
  /// Bytes at the edge of a text that may be a literal's beginning or end.
  private let reach: Int
  private var known: [Int: Set<Way>] = [:]

  init(_ groups: [Int: PatternNode], _ literals: [String]) {
    self.groups = groups
    self.literals = literals.map { Array($0.utf8).map(Self.folded) }
    reach = max(0, (self.literals.map(\.count).max() ?? 0) - 1)
  }

  /// The ways through a part that met no literal.
  mutating func ways(through node: PatternNode, depth: Int = 0) -> Set<Way> {
    guard depth < 64 else { return [.anything] }
    switch node {
    case .atom(_, let set):
      let characters = Set(set.members.map(Self.folded))
      guard characters.count <= Self.mostCharacters else { return [.anything] }
      return kept(characters.map { Way(start: [$0], end: nil) })
    case .assertion, .options, .definition: return [.nothing]
    case .look(_, let negative, let inner):
      return !negative && ways(through: inner, depth: depth + 1).isEmpty ? [] : [.nothing]
    case .group(_, _, let inner): return ways(through: inner, depth: depth + 1)
    case .call(_, let group), .reference(_, let group):
      guard let inner = groups[group] else { return [.anything] }
      if let ways = known[group] { return ways }
      let ways = ways(through: inner, depth: depth + 1)
      known[group] = ways
      return ways
    case .choice(let nodes):
      var all: Set<Way> = []
      for node in nodes { all.formUnion(ways(through: node, depth: depth + 1)) }
      return fewer(all)
    case .concatenation(let nodes):
      var all: Set<Way> = [.nothing]
      for node in nodes { all = joined(all, ways(through: node, depth: depth + 1)) }
      return all
    case .repeated(let inner, let least, let most, _):
      return repeated(ways(through: inner, depth: depth + 1), least, most)
    }
  }

  private func repeated(_ one: Set<Way>, _ least: Int, _ most: Int?) -> Set<Way> {
    var all: Set<Way> = [.nothing]
    for _ in 0..<min(least, 4) { all = joined(all, one) }
    guard most != least || least > 4 else { return all }
    if least <= 4, let most, most - least <= 3 {
      var result = all
      for _ in least..<most {
        all = joined(all, one)
        result.formUnion(all)
      }
      return fewer(result)
    }
    // Once, or one at each end and anything between.
    let more = one.union(joined(joined(one, [.anything]), one))
    return joined(all, least > 4 ? more : more.union([.nothing]))
  }

  private func joined(_ left: Set<Way>, _ right: Set<Way>) -> Set<Way> {
    guard left.count * right.count <= 64 * Self.mostWays else { return joined([.anything], fewer(right)) }
    return kept(left.flatMap { left in right.compactMap { joined(left, $0) } })
  }

  /// Nil where a literal stands on the seam of two unknown texts.
  private func joined(_ left: Way, _ right: Way) -> Way? {
    guard let end = left.end else { return Way(start: left.start + right.start, end: right.end) }
    guard let rightEnd = right.end else { return Way(start: left.start, end: end + right.start) }
    return holds(end + right.start) ? nil : Way(start: left.start, end: rightEnd)
  }

  /// Without those that hold a literal, each as short as may be.
  private func kept(_ ways: [Way]) -> Set<Way> {
    var all: Set<Way> = []
    for way in ways where !holds(way.start) && !holds(way.end ?? []) {
      if let end = way.end {
        all.insert(Way(start: Array(way.start.prefix(reach)), end: Array(end.suffix(reach))))
      } else if way.start.count > 2 * reach {
        all.insert(Way(start: Array(way.start.prefix(reach)), end: Array(way.start.suffix(reach))))
      } else {
        all.insert(way)
      }
    }
    return fewer(all)
  }

  private func fewer(_ ways: Set<Way>) -> Set<Way> {
    guard ways.count > Self.mostWays else { return ways }
    let ends = Set(ways.map { Way(start: [], end: Array(($0.end ?? $0.start).suffix(reach))) })
    return ends.count > Self.mostWays ? [.anything] : ends
  }

  private func holds(_ text: [UInt8]) -> Bool {
    literals.contains { literal in
      text.count >= literal.count
        && (0...(text.count - literal.count)).contains { text[$0...].starts(with: literal) }
    }
  }

  private static func folded(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}
