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

  /// - Parameters:
  ///   - tainted: words of lines that read like conversation.
  ///   - isRefused: whether a template must not be claimed.
  init(_ clusters: [LineCluster], _ contract: Contract, tainted: Set<String>, isRefused: (String) -> Bool) {
    var vocabulary = Vocabulary(contract, tainted: tainted)
    vocabulary.add(clusters)
    let forms = clusters.map { RenderedForm($0, vocabulary) }
    let beginnings = Beginnings(contract, clusters, vocabulary)
    for index in forms.indices {
      let (form, cluster) = (forms[index], clusters[index])
      guard Self.isEstablished(form, cluster) else {
        decide(LineDecision(rare: beginnings.longest(of: cluster) + OpenTemplate.gap, cluster))
        continue
      }
      let text = form.text
      if form.isOpen {
        decide(LineDecision(text, cluster, form.gaps))
      } else if isRefused(text) {
        decide(LineDecision(rare: OpenTemplate.gap, cluster))
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

/// How lines begin, whatever their form: what many of them begin with is the program's.
private struct Beginnings {
  /// Of what the contract claims.
  private let texts: [String]
  /// Lines that begin so.
  private var counts: [String: Int] = [:]
  private let vocabulary: Vocabulary

  init(_ contract: Contract, _ clusters: [LineCluster], _ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    texts = contract.logs.flatMap { ($0.lines + $0.continuations).map(\.text) }.sorted()
    for cluster in clusters {
      var text = ""
      for piece in RenderedForm.beginning(of: cluster, vocabulary) {
        text += piece
        counts[text, default: 0] += cluster.count
      }
    }
  }

  /// The longest beginning of the form that many lines have; never all of it.
  func longest(of cluster: LineCluster) -> String {
    var text = ""
    for piece in RenderedForm.beginning(of: cluster, vocabulary).prefix(cluster.positions.count - 1) {
      guard counts[text + piece, default: 0] >= Vocabulary.leastLines || isClaimed(text + piece) else { break }
      text += piece
    }
    return text
  }

  private func isClaimed(_ beginning: String) -> Bool {
    var (low, high) = (0, texts.count)
    while low < high {
      let middle = (low + high) / 2
      if texts[middle] < beginning { low = middle + 1 } else { high = middle }
    }
    return low < texts.count && texts[low].hasPrefix(beginning)
  }
}
