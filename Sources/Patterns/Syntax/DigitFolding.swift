/// What a pattern makes of digits.
public struct DigitFolding: Sendable, Hashable {
  /// The pattern takes one digit as any other: texts that differ in nothing but which digits they hold match at the same
  /// places or not at all.
  public let isBlind: Bool
  /// A pattern that takes one digit as any other and matches wherever `pattern` matches with some digits in the digits'
  /// places; nil where none was found, and the same pattern where it is blind.
  public let general: String?

  /// Derived from the pattern; what this house can't read counts as telling digits apart.
  public init(of pattern: String) {
    guard let node = try? PatternParser.parse(pattern) else {
      (isBlind, general) = (false, nil)
      return
    }
    let folding = Folding(node)
    isBlind = folding.isBlind(node)
    general = isBlind ? pattern : folding.general(node)
  }
}

private struct Folding {
  private let groups: [Int: PatternNode]

  init(_ node: PatternNode) { groups = node.groups }

  func isBlind(_ node: PatternNode) -> Bool {
    switch node {
    case .atom(_, let set): return !set.splitsDigits
    case .assertion, .options: return true
    case .concatenation(let nodes), .choice(let nodes): return nodes.allSatisfy(isBlind)
    case .group(_, _, let inner), .look(_, _, let inner), .repeated(let inner, _, _, _), .definition(let inner):
      return isBlind(inner)
    // The group called stands in the tree and is looked at there.
    case .call: return true
    case .reference(_, let group): return isFreeOfDigits(group)
    }
  }

  private func isFreeOfDigits(_ group: Int) -> Bool { groups[group].map(isFreeOfDigits) ?? false }

  private func isFreeOfDigits(_ node: PatternNode) -> Bool {
    switch node {
    case .atom(_, let set): return set.intersection(.digits).isEmpty
    case .assertion, .options, .look, .definition: return true
    case .concatenation(let nodes), .choice(let nodes): return nodes.allSatisfy(isFreeOfDigits)
    case .group(_, _, let inner), .repeated(let inner, _, _, _): return isFreeOfDigits(inner)
    case .reference, .call: return false
    }
  }

  // MARK: The general form

  /// Nil where a part has none. Atomic groups and possessive quantifiers lose that quality: with more to match they could
  /// give up what the pattern itself finds.
  func general(_ node: PatternNode) -> String? {
    switch node {
    case .atom(let text, let set): return set.splitsDigits ? "(?:\(text)|[0-9])" : text
    case .assertion(let text), .options(let text): return text
    case .concatenation(let nodes): return join(nodes, "")
    case .choice(let nodes): return join(nodes, "|")
    case .group(let opening, _, let inner):
      return general(inner).map { "(" + (opening == "?>" ? "?:" : opening) + $0 + ")" }
    case .look(let ahead, let negative, let inner):
      // What must not stand there may, with other digits.
      if negative, !isBlind(inner) || !callsAreBlind(inner) { return "" }
      // A group set inside can't be set otherwise afterwards.
      guard !holdsGroup(inner) else { return nil }
      return general(inner).map { "(?" + (ahead ? "" : "<") + (negative ? "!" : "=") + $0 + ")" }
    case .repeated(let inner, _, _, let quantifier):
      guard let text = general(inner) else { return nil }
      if case .assertion = inner { return nil }
      if case .look = inner { return nil }
      let isPossessive = quantifier.count > 1 && quantifier.hasSuffix("+")
      return text + (isPossessive ? String(quantifier.dropLast()) : quantifier)
    case .reference(let text, let group): return isFreeOfDigits(group) ? text : nil
    case .call(let text, _): return text
    case .definition(let inner): return general(inner).map { "(?(DEFINE)" + $0 + ")" }
    }
  }

  private func join(_ nodes: [PatternNode], _ separator: String) -> String? {
    var parts: [String] = []
    for node in nodes {
      guard let part = general(node) else { return nil }
      parts.append(part)
    }
    return parts.joined(separator: separator)
  }

  private func holdsGroup(_ node: PatternNode) -> Bool {
    switch node {
    case .atom, .assertion, .options, .reference, .call: false
    case .group(_, let number, let inner): number != nil || holdsGroup(inner)
    case .concatenation(let nodes), .choice(let nodes): nodes.contains(where: holdsGroup)
    case .look(_, _, let inner), .repeated(let inner, _, _, _), .definition(let inner): holdsGroup(inner)
    }
  }

  private func callsAreBlind(_ node: PatternNode) -> Bool {
    switch node {
    case .call(_, let group): groups[group].map { isBlind($0) && !holdsCall($0) } ?? false
    case .atom, .assertion, .options, .reference: true
    case .concatenation(let nodes), .choice(let nodes): nodes.allSatisfy(callsAreBlind)
    case .group(_, _, let inner), .look(_, _, let inner), .repeated(let inner, _, _, _), .definition(let inner):
      callsAreBlind(inner)
    }
  }

  private func holdsCall(_ node: PatternNode) -> Bool {
    switch node {
    case .call: true
    case .atom, .assertion, .options, .reference: false
    case .concatenation(let nodes), .choice(let nodes): nodes.contains(where: holdsCall)
    case .group(_, _, let inner), .look(_, _, let inner), .repeated(let inner, _, _, _), .definition(let inner):
      holdsCall(inner)
    }
  }
}
