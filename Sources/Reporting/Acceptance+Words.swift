import Vocabulary

extension Acceptance {
  /// Who accepts it until when, e.g. `platform team, until 2026-12-31`; nil for a baseline, which says neither.
  var authority: String? {
    let parts = [owner, until.map { "until \($0)" }].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// Why, or where that is said. A comment's owner and reason are text of the file, which no report prints.
  var grounds: String {
    switch kind {
    case .exception: reason ?? ""
    case .comment: "comment at \(place?.description ?? "the place"), where owner and reason stand"
    case .baseline: "known from the baseline"
    }
  }

  /// One sentence for tools that show no more.
  var justification: String { authority.map { "\(grounds) (\($0))" } ?? grounds }

  /// Sorts acceptances of one finding.
  var order: String {
    let line = String(place?.line ?? 0)
    return "\(kind.rawValue) \(String(repeating: "0", count: max(0, 12 - line.count)))\(line)"
  }

  static func words(_ kind: Kind, _ count: Int) -> String {
    switch kind {
    case .exception: "\(Figures.grouped(count)) by exceptions of the policy"
    case .comment: "\(Figures.grouped(count)) by comments"
    case .baseline: "\(Figures.grouped(count)) by the baseline"
    }
  }
}

extension RunReport {
  var acceptedFindings: [Finding] { sortedFindings.filter { $0.accepted != nil } }

  /// By what findings are accepted, e.g. `3 by exceptions of the policy, 1 by comments`; nil where none is.
  var acceptedSummary: String? {
    let kinds = Acceptance.Kind.allCases.compactMap { kind in
      let count = findings.count { $0.accepted?.kind == kind }
      return count == 0 ? nil : Acceptance.words(kind, count)
    }
    return kinds.isEmpty ? nil : kinds.joined(separator: ", ")
  }
}

extension BaselineUse {
  /// E.g. `12 known, 10 seen; 2 are gone`.
  var summary: String {
    var parts = ["\(Figures.grouped(known)) known, \(Figures.grouped(seen)) seen"]
    if let added { parts.append("\(Figures.grouped(added)) added, known from the next run on") }
    if let removed {
      parts.append("\(Figures.grouped(removed)) taken away")
    } else if gone > 0 {
      parts.append("\(Figures.grouped(gone)) \(gone == 1 ? "is" : "are") gone (--prune-baseline takes them away)")
    }
    return parts.joined(separator: "; ")
  }
}
