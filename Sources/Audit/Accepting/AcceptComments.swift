import Vocabulary

/// Accepts hygiene findings by the comments of the files that they stand in, and says what is wrong with these comments.
struct AcceptComments {
  /// By the name of the file's sink, in reading order.
  let comments: [String: [AcceptComment]]
  /// `YYYY-MM-DD` in UTC.
  let today: String
  let extent: RunExtent

  private struct Place: Hashable {
    var path: String
    var index: Int
  }

  private var matched: Set<Place> = []
  private var notAllowed: Set<Place> = []

  init(_ comments: [String: [AcceptComment]], today: String, extent: RunExtent) {
    self.comments = comments
    self.today = today
    self.extent = extent
  }

  /// The findings, a group of which some sightings are accepted as two: what is accepted, and what is not.
  ///
  /// Of a group only the first places are known. Its further sightings are accepted by nothing.
  mutating func apply(to findings: [Finding]) -> [Finding] {
    let index = comments.mapValues { LineIndex($0, today: today) }
    var result: [Finding] = []
    for finding in findings {
      var accepted: [Place: [Location]] = [:]
      var open: [Location] = []
      for location in finding.locations {
        if let place = self.place(of: location, finding, index), allows(place, finding) {
          accepted[place, default: []].append(location)
        } else {
          open.append(location)
        }
      }
      guard !accepted.isEmpty else {
        result.append(finding)
        continue
      }
      for (place, locations) in accepted.sorted(by: { $0.key.index < $1.key.index }) {
        result.append(part(of: finding, at: locations, by: place))
      }
      var rest = finding
      rest.locations = open
      rest.count -= accepted.values.reduce(0) { $0 + $1.count }
      if rest.count > 0 { result.append(rest) }
    }
    return result
  }

  private func place(of location: Location, _ finding: Finding, _ index: [String: LineIndex]) -> Place? {
    guard let path = location.path, let line = location.line else { return nil }
    return index[path]?.comment(of: finding.rule, on: line).map { Place(path: path, index: $0) }
  }

  private mutating func allows(_ place: Place, _ finding: Finding) -> Bool {
    matched.insert(place)
    guard case .accepts(_, let until)? = comments[place.path]?[place.index].meaning else { return false }
    guard finding.severity <= Acceptance.Kind.comment.gravest else {
      notAllowed.insert(place)
      return false
    }
    return until >= today
  }

  private func part(of finding: Finding, at locations: [Location], by place: Place) -> Finding {
    var part = finding
    part.locations = locations
    part.count = locations.count
    if let comment = comments[place.path]?[place.index], case .accepts(_, let until) = comment.meaning {
      part.accepted = .comment(at: comment.location(in: place.path), until: until)
    }
    return part
  }

  // MARK: - What is wrong with them

  /// - Parameter findings: what was found, to tell of which groups not all places are known.
  func remarks(on findings: [Finding]) -> FindingTable {
    var table = FindingTable()
    let cut = Set(findings.filter { $0.count > $0.locations.count }.map(\.rule))
    for (path, list) in comments.sorted(by: { $0.key < $1.key }) {
      for (index, comment) in list.enumerated() {
        guard let remark = remark(on: comment, Place(path: path, index: index), cut) else { continue }
        table.add(finding(remark, comment, in: path))
      }
    }
    return table
  }

  private typealias Remark = (rule: AcceptanceRule, message: String)

  private func remark(on comment: AcceptComment, _ place: Place, _ cut: Set<String>) -> Remark? {
    switch comment.meaning {
    case .malformed(let problem):
      return (.commentMalformed, "A comment that is to accept findings accepts none: \(problem.rawValue).")
    case .accepts(let rule, let until):
      if AcceptanceRule.isAboutAcceptance(rule) {
        return (
          .commentNotAllowed, "A comment is to accept what is wrong with an acceptance; that counts all the same."
        )
      }
      if notAllowed.contains(place) {
        return (
          .commentNotAllowed, "A comment is to accept a finding that is more than hygiene; it counts all the same."
        )
      }
      if until < today {
        return (.commentExpired, "A comment that accepted findings expired on \(until); they count again.")
      }
      if matched.contains(place) { return nil }
      if !extent.known.contains(rule) {
        return (.commentMalformed, "A comment that is to accept findings accepts none: there is no rule of that name.")
      }
      guard extent.wouldFind(rule, in: place.path), !cut.contains(rule) else { return nil }
      return (.commentUnused, "A comment accepts nothing: no finding of its rule stands where it holds.")
    }
  }

  private func finding(_ remark: Remark, _ comment: AcceptComment, in path: String) -> Finding {
    // The message tells apart what is wrong; the line, which moves, does not.
    var subject = remark.message
    if case .accepts(let rule, _) = comment.meaning { subject = rule }
    return Finding(
      rule: remark.rule.rawValue, severity: remark.rule.severity, sink: Sink(.config, path), surface: .config,
      fingerprint: Fingerprint.ofDocument(rule: remark.rule.rawValue, path: path, pointer: subject),
      message: remark.message, remedy: remark.rule.remedy, locations: [comment.location(in: path)])
  }
}

extension AcceptComment {
  fileprivate func location(in path: String) -> Location { Location(path: path, line: line, column: column) }
}

/// The comments of one file by the lines that they cover, which never overlap in part.
private struct LineIndex {
  /// In the order of their first lines; of each rule the first comment that holds, else the first that has expired.
  private var covered: [(lines: ClosedRange<Int>, comments: [String: (index: Int, until: String)])] = []

  init(_ comments: [AcceptComment], today: String) {
    for (index, comment) in comments.enumerated() {
      guard let lines = comment.lines, case .accepts(let rule, let until) = comment.meaning else { continue }
      // Reading order: those that cover the same lines follow each other.
      if covered.last?.lines != lines { covered.append((lines, [:])) }
      let last = covered.count - 1
      if let other = covered[last].comments[rule], other.until >= today || until < today { continue }
      covered[last].comments[rule] = (index, until)
    }
  }

  func comment(of rule: String, on line: Int) -> Int? {
    var low = 0
    var high = covered.count
    while low < high {
      let middle = (low + high) / 2
      if covered[middle].lines.upperBound < line { low = middle + 1 } else { high = middle }
    }
    guard low < covered.count, covered[low].lines.contains(line) else { return nil }
    return covered[low].comments[rule]?.index
  }
}
