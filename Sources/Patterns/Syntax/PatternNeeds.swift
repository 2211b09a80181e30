/// What every match of a pattern needs, derived from the pattern, so that what a rule says of itself can be checked.
package struct PatternNeeds {
  private let root: PatternNode
  private let groups: [Int: PatternNode]

  /// Nil for a pattern that this house can't read.
  package init?(of pattern: String) {
    guard let node = try? PatternParser.parse(pattern) else { return nil }
    root = node
    groups = node.groups
  }

  // MARK: Literals

  /// Whether one of the literals, in any case, stands in every subject that the pattern matches; false also where that
  /// could not be shown.
  package func imply(oneOf literals: [String]) -> Bool { !literals.isEmpty && matches(without: literals).isEmpty }

  /// Beginnings of matches that may hold none of the literals, for whoever writes a rule.
  package func matches(without literals: [String]) -> [String] {
    var proof = LiteralProof(groups, literals)
    return proof.ways(through: root)
      .map {
        String(decoding: $0.start, as: UTF8.self) + ($0.end.map { "…" + String(decoding: $0, as: UTF8.self) } ?? "")
      }
      .sorted()
  }

  // MARK: Runs

  /// Whether every match lies in a run of bytes of the class, at least so long, with at least so many digits.
  package func imply(runOf members: [UInt8], atLeast length: Int, digits: Int) -> Bool {
    var set = ByteSet()
    for byte in members { set.insert(byte) }
    guard let stretch = stretch(root, set, depth: 0) else { return false }
    return stretch.seen.length >= length && stretch.seen.digits >= digits
  }

  /// Fewest bytes and digits.
  private struct Extent {
    var length = 0
    var digits = 0

    func combined(with other: Extent, _ by: (Int, Int) -> Int) -> Extent {
      Extent(length: by(length, other.length), digits: by(digits, other.digits))
    }

    static func * (one: Extent, count: Int) -> Extent {
      Extent(length: one.length * count, digits: one.digits * count)
    }
  }

  /// What a part takes of a run, and what of the run can be seen from where it begins: a look-ahead takes nothing.
  private struct Stretch {
    var taken = Extent()
    var seen = Extent()

    func followed(by next: Stretch) -> Stretch {
      Stretch(
        taken: taken.combined(with: next.taken, +),
        seen: seen.combined(with: taken.combined(with: next.seen, +), max))
    }

    func or(_ other: Stretch) -> Stretch {
      Stretch(taken: taken.combined(with: other.taken, min), seen: seen.combined(with: other.seen, min))
    }
  }

  /// Nil where a match can hold bytes outside the class.
  private func stretch(_ node: PatternNode, _ set: ByteSet, depth: Int) -> Stretch? {
    guard depth < 64 else { return nil }
    switch node {
    case .atom(_, let atom):
      guard atom.intersection(set) == atom else { return nil }
      let one = Extent(length: 1, digits: atom.intersection(.digits) == atom ? 1 : 0)
      return Stretch(taken: one, seen: one)
    case .assertion, .options, .definition: return Stretch()
    case .look(let ahead, let negative, let inner):
      guard ahead, !negative, let inside = stretch(inner, set, depth: depth + 1) else { return Stretch() }
      return Stretch(seen: inside.seen)
    case .group(_, _, let inner): return stretch(inner, set, depth: depth + 1)
    case .call(_, let group), .reference(_, let group):
      return groups[group].flatMap { stretch($0, set, depth: depth + 1) }
    case .choice(let nodes):
      var least: Stretch?
      for node in nodes {
        guard let one = stretch(node, set, depth: depth + 1) else { return nil }
        least = least?.or(one) ?? one
      }
      return least
    case .concatenation(let nodes):
      var all = Stretch()
      for node in nodes {
        guard let one = stretch(node, set, depth: depth + 1) else { return nil }
        all = all.followed(by: one)
      }
      return all
    case .repeated(let inner, let count, _, _):
      guard let one = stretch(inner, set, depth: depth + 1) else { return nil }
      guard count > 0 else { return Stretch() }
      return Stretch(taken: one.taken * (count - 1)).followed(by: one)
    }
  }
}
