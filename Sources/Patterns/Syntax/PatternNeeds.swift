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

  /// Most texts that a part is spelled out in.
  private static let mostTexts = 256

  private struct Part {
    /// Everything that the part can match, in small letters; nil where that is too much.
    var texts: Set<[UInt8]>?
    /// Where the part matches, one of the literals stands in the subject.
    var isMet = false
  }

  /// Whether one of the literals, in any case, stands in every subject that the pattern matches; false also where that
  /// could not be shown.
  package func imply(oneOf literals: [String]) -> Bool {
    let literals = literals.map { Array($0.utf8).map(Self.folded) }
    return part(root, literals, depth: 0).isMet
  }

  private func part(_ node: PatternNode, _ literals: [[UInt8]], depth: Int) -> Part {
    var part = spelled(node, literals, depth)
    if let texts = part.texts, !texts.isEmpty, texts.allSatisfy({ Self.holds($0, literals) }) { part.isMet = true }
    return part
  }

  private func spelled(_ node: PatternNode, _ literals: [[UInt8]], _ depth: Int) -> Part {
    guard depth < 64 else { return Part() }
    switch node {
    case .atom(_, let set):
      let members = set.count <= 8 ? Set(set.members.map { [Self.folded($0)] }) : nil
      return Part(texts: members)
    case .assertion, .options, .definition: return Part(texts: [[]])
    case .look(_, let negative, let inner):
      return Part(texts: [[]], isMet: !negative && part(inner, literals, depth: depth + 1).isMet)
    case .group(_, _, let inner): return part(inner, literals, depth: depth + 1)
    case .call(_, let group), .reference(_, let group):
      return groups[group].map { part($0, literals, depth: depth + 1) } ?? Part()
    case .choice(let nodes):
      let parts = nodes.map { part($0, literals, depth: depth + 1) }
      let texts = parts.reduce(into: Set<[UInt8]>() as Set<[UInt8]>?) { all, part in
        all = part.texts.flatMap { all?.union($0) }
      }
      return Part(texts: texts.flatMap { $0.count <= Self.mostTexts ? $0 : nil }, isMet: parts.allSatisfy(\.isMet))
    case .concatenation(let nodes): return joined(nodes.map { part($0, literals, depth: depth + 1) }, literals)
    case .repeated(let inner, let least, let most, _):
      let one = part(inner, literals, depth: depth + 1)
      guard let most, most <= 3 else { return Part(isMet: least > 0 && one.isMet) }
      let powers = (least...max(least, most)).map { joined(Array(repeating: one, count: $0), literals).texts }
      let texts = powers.reduce(into: Set<[UInt8]>() as Set<[UInt8]>?) { all, power in
        all = power.flatMap { all?.union($0) }
      }
      return Part(texts: texts, isMet: least > 0 && one.isMet)
    }
  }

  private func joined(_ parts: [Part], _ literals: [[UInt8]]) -> Part {
    var result = Part(texts: [[]], isMet: parts.contains(where: \.isMet))
    // What stands side by side here, from the last part on whose texts are not known.
    var tail: Set<[UInt8]> = [[]]
    for part in parts {
      if let texts = part.texts, texts.count * tail.count <= Self.mostTexts {
        tail = Set(tail.flatMap { left in texts.map { left + $0 } })
        continue
      }
      if tail.allSatisfy({ Self.holds($0, literals) }) { result.isMet = true }
      result.texts = nil
      tail = part.texts ?? [[]]
    }
    if tail.allSatisfy({ Self.holds($0, literals) }) { result.isMet = true }
    if result.texts != nil { result.texts = tail }
    return result
  }

  private static func holds(_ text: [UInt8], _ literals: [[UInt8]]) -> Bool {
    literals.contains { literal in
      text.count >= literal.count
        && (0...(text.count - literal.count)).contains { text[$0...].starts(with: literal) }
    }
  }

  private static func folded(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

  // MARK: Runs

  /// Whether every match is a run of bytes of the class, at least so long, with at least so many digits.
  package func imply(runOf members: [UInt8], atLeast length: Int, digits: Int) -> Bool {
    var set = ByteSet()
    for byte in members { set.insert(byte) }
    let least = least(root, set, depth: 0)
    return least.map { $0.length >= length && $0.digits >= digits } ?? false
  }

  /// The fewest bytes and digits of a match; nil where it can hold bytes outside the class.
  private func least(_ node: PatternNode, _ set: ByteSet, depth: Int) -> (length: Int, digits: Int)? {
    guard depth < 64 else { return nil }
    switch node {
    case .atom(_, let atom):
      return atom.intersection(set) == atom ? (1, atom.intersection(.digits) == atom ? 1 : 0) : nil
    case .assertion, .options, .look, .definition: return (0, 0)
    case .group(_, _, let inner): return least(inner, set, depth: depth + 1)
    case .call(_, let group), .reference(_, let group):
      return groups[group].flatMap { least($0, set, depth: depth + 1) }
    case .choice(let nodes):
      return nodes.reduce((Int.max, Int.max)) { all, node in
        guard let all, let one = least(node, set, depth: depth + 1) else { return nil }
        return (min(all.0, one.length), min(all.1, one.digits))
      }
    case .concatenation(let nodes):
      return nodes.reduce((0, 0)) { all, node in
        guard let all, let one = least(node, set, depth: depth + 1) else { return nil }
        return (all.0 + one.length, all.1 + one.digits)
      }
    case .repeated(let inner, let count, _, _):
      return least(inner, set, depth: depth + 1).map { ($0.length * count, $0.digits * count) }
    }
  }
}
