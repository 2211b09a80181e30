/// What the forms of lines come to: templates to claim, and templates that wait for a decision.
struct LineProposals {
  struct Claim {
    var text: String
    /// Groups templates into clauses.
    var name: String
    var count: Int
    var cluster: Int
    var heads: Set<LineHead>?
    var first: LearningPlace
  }

  private(set) var claims: [Claim] = []
  /// By template.
  private(set) var decisions: [String: LineDecision] = [:]

  /// - Parameter isRefused: whether a template must not be claimed.
  init(_ clusters: [LineCluster], _ contract: Contract, isRefused: (String) -> Bool) {
    var vocabulary = Vocabulary(contract)
    vocabulary.add(clusters)
    let forms = clusters.map { RenderedForm($0, vocabulary) }
    let often = forms.indices.filter { forms[$0].count >= Vocabulary.leastLines }
    let beginnings = Beginnings(
      contract.logs.flatMap { ($0.lines + $0.continuations).map(\.text) } + often.map { forms[$0].text })
    for index in forms.indices {
      let (form, cluster) = (forms[index], clusters[index])
      guard Self.isEstablished(form, cluster) else {
        let beginning = beginnings.longest(of: form.pieces)
        decide(LineDecision(rare: beginning + OpenTemplate.gap, cluster))
        continue
      }
      let text = form.text
      if form.isOpen {
        decide(LineDecision(text, cluster, form.gaps))
      } else if isRefused(text) {
        decide(LineDecision(rare: beginnings.longest(of: Array(form.pieces.prefix(1))) + OpenTemplate.gap, cluster))
      } else {
        claims.append(
          Claim(
            text: text, name: Self.name(form.words), count: cluster.count, cluster: index,
            heads: cluster.isContinuation ? cluster.heads : nil, first: cluster.first))
      }
    }
  }

  /// Seen often enough; or nothing in it is anybody's: frames, signs, words that everybody knows.
  private static func isEstablished(_ form: RenderedForm, _ cluster: LineCluster) -> Bool {
    cluster.count >= Vocabulary.leastLines
      || cluster.positions.allSatisfy { [.art, .spaces, .punctuation, .known].contains($0.kind) }
  }

  mutating func decide(_ decision: LineDecision) { decisions[decision.template, default: decision].add(decision) }

  /// A claim that cannot stand waits for a decision instead, as lines of which nothing is known.
  mutating func withdraw(_ claim: Claim, _ cluster: LineCluster) {
    claims.removeAll { $0.cluster == claim.cluster }
    decide(LineDecision(rare: OpenTemplate.gap, cluster))
  }

  private static func name(_ words: [String]) -> String {
    let parts = words.prefix(2).map { word in
      String(word.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
    }
    let name = parts.joined(separator: "-").split(separator: "-").joined(separator: "-")
    return name.isEmpty ? "frames" : name
  }
}

/// How templates begin.
private struct Beginnings {
  private let texts: [String]

  init(_ texts: [String]) { self.texts = texts.sorted() }

  /// The longest beginning of the pieces with which one of the texts begins too.
  func longest(of pieces: [RenderedForm.Piece]) -> String {
    var text = ""
    for piece in pieces {
      guard case .text(let part) = piece, contains(text + part) else { break }
      text += part
    }
    return text
  }

  private func contains(_ beginning: String) -> Bool {
    var (low, high) = (0, texts.count)
    while low < high {
      let middle = (low + high) / 2
      if texts[middle] < beginning { low = middle + 1 } else { high = middle }
    }
    return low < texts.count && texts[low].hasPrefix(beginning)
  }
}
