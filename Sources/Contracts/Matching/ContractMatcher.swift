public import Vocabulary

/// Holds what one sink emits to its contract; what it returns holds no text of the source.
public struct ContractMatcher {
  /// Names that are told apart in the tally; what comes after is judged, but not counted.
  static let maximumFamilies = 100_000

  public let compiled: CompiledContract
  public internal(set) var tally = ClaimTally()
  /// Of the line or value looked at last: ranges of slots whose letters somebody outside the program may choose. They go on to
  /// the detectors.
  public internal(set) var freeRanges: [Range<Int>] = []

  var lines: TemplateMatcher
  var continuations: [TemplateMatcher]
  private var bounds: TemplateMatcher
  var labels: [TemplateMatcher]
  /// The log clause whose continuation lines may follow: what a reader keeps for each of several streams that come by turns.
  public var following: Int?
  /// Values are told apart and counted within it: an instance of the source, where a sink holds several.
  public var instance = ""
  private var seenFamilies: Set<String> = []
  private var seenValues: [SeriesLabel: Set<Int>] = [:]

  private struct SeriesLabel: Hashable {
    var instance: String
    var series: String
    var label: String
  }

  public init(_ compiled: CompiledContract) {
    self.compiled = compiled
    lines = TemplateMatcher(compiled.lines)
    continuations = compiled.continuations.map { TemplateMatcher($0) }
    bounds = TemplateMatcher(compiled.bounds)
    labels = compiled.labelGraphs.map { TemplateMatcher($0) }
  }

  // MARK: Metrics

  /// Whether a clause claims a family or sample of that name.
  public mutating func family(_ name: String) -> Breach? {
    let isNew = seenFamilies.count < Self.maximumFamilies && seenFamilies.insert(name).inserted
    guard let series = compiled.series[name] else {
      if isNew { tally.families.count(false) }
      return unclaimedFamily(name)
    }
    let clause = compiled.contract.metrics[series.clause]
    if case .forbidden(let why) = clause.standing {
      if isNew { tally.families.count(false) }
      return Breach(.forbidden, clause: clause.id, why.english)
    }
    if isNew { tally.families.count(true) }
    return nil
  }

  /// Whether the clause that claims the series claims the label, and the value as the label's.
  public mutating func label(_ name: String, _ value: UnsafeRawBufferPointer, of series: String) -> Breach? {
    freeRanges.removeAll(keepingCapacity: true)
    guard let claimed = compiled.series[series] else {
      tally.values.count(false)
      return nil  // The family is the finding.
    }
    let clause = compiled.contract.metrics[claimed.clause]
    let breach = label(name, value, of: series, clause, claimed)
    tally.values.count(breach == nil)
    return breach
  }

  private mutating func label(
    _ name: String, _ value: UnsafeRawBufferPointer, of series: String, _ clause: MetricClause,
    _ claimed: CompiledContract.Series
  ) -> Breach? {
    if name == claimed.ownLabel {
      return bounds.match(value, 0..<value.count) == nil && !value.elementsEqual(Contract.replacement.utf8)
        ? Breach(.value, clause: clause.id, "a number is expected, as a bound") : nil
    }
    guard let index = compiled.labels[claimed.clause][name] else {
      return name == Contract.changedLabel && Self.isBucket(value) ? nil : unclaimedLabel(name, clause)
    }
    return wrong(value, index, clause: clause.id)
      ?? tooMany(value, name, of: series, clause, most: compiled.labelClauses[index].distinct)
  }

  /// Whether the value is none of the label's type.
  mutating func wrong(_ value: UnsafeRawBufferPointer, _ label: Int, clause: String?) -> Breach? {
    guard labels[label].match(value, 0..<value.count) == nil else {
      keepFree(of: labels[label])
      return nil
    }
    if value.elementsEqual(Contract.replacement.utf8) { return nil }
    let about = compiled.labelClauses[label]
    let expected = about.values.map { $0.text.isEmpty ? "nothing" : $0.text }.joined(separator: " or ")
    var difference = "expected is \(Self.shortened(expected)); it differs from byte \(labels[label].furthest + 1) on"
    if let why = about.why { difference += ". \(why.english)" }
    return Breach(.value, clause: clause, difference)
  }

  /// Whether the value is a number that enforcement gives to series that it changed.
  private static func isBucket(_ value: UnsafeRawBufferPointer) -> Bool {
    (1...4).contains(value.count) && value.allSatisfy(ByteClass.digit.contains)
      && value.reduce(0) { $0 * 10 + Int($1 &- 0x30) } < Contract.buckets
  }

  private mutating func tooMany(
    _ value: UnsafeRawBufferPointer, _ name: String, of series: String, _ clause: MetricClause, most: Int
  ) -> Breach? {
    var hasher = Hasher()
    hasher.combine(bytes: value)
    let key = SeriesLabel(instance: instance, series: series, label: name)
    let hash = hasher.finalize()
    guard seenValues[key, default: []].count >= most, !(seenValues[key]?.contains(hash) ?? false) else {
      seenValues[key, default: []].insert(hash)
      return nil
    }
    return Breach(.distinct, clause: clause.id, "the label holds more than \(most) different values")
  }

  private func unclaimedLabel(_ name: String, _ clause: MetricClause) -> Breach {
    if let forbidden = compiled.contract.forbiddenLabels.first(where: { $0.names(name) }) {
      return Breach(.forbidden, clause: clause.id, forbidden.why.english)
    }
    return Breach(.label, clause: clause.id, "the clause has no label of that name")
  }

  /// The nearest is the clause of the name that begins most alike.
  private func unclaimedFamily(_ name: String) -> Breach {
    func common(_ other: String) -> Int { zip(name.utf8, other.utf8).prefix { $0 == $1 }.count }
    let nearest = compiled.series.keys.max { (common($0), $1) < (common($1), $0) }
    guard let nearest, common(nearest) >= 5, let series = compiled.series[nearest] else {
      return Breach(.family, "no clause has a family of that name, nor one that begins like it")
    }
    return Breach(
      .family, clause: compiled.contract.metrics[series.clause].id, "no clause has a family of that name")
  }

  // MARK: Logs

  /// Whether a clause claims the line, by itself or as a part of the record before it. A carriage return at its end is no part of
  /// the line. What Docker, a container runtime or the source itself writes around it is taken off.
  public mutating func line(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Breach? {
    freeRanges.removeAll(keepingCapacity: true)
    var breach = bareLine(bytes, range)
    if breach != nil, let wrapped = wrapped(bytes, range) { breach = wrapped.breach }
    tally.lines.count(breach == nil)
    return breach
  }

  mutating func bareLine(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Breach? {
    let isCR = !range.isEmpty && bytes[range.upperBound - 1] == 0x0D
    let range = isCR ? range.lowerBound..<range.upperBound - 1 : range
    if let template = lines.match(bytes, range) {
      let index = compiled.lineClauses[template]
      following = compiled.continues[index] ? index : nil
      keepFree(of: lines)
      guard compiled.isForbidden[index], case let clause = compiled.contract.logs[index],
        case .forbidden(let why) = clause.standing
      else { return nil }
      return Breach(.forbidden, clause: clause.id, why.english)
    }
    if let following, continuations[following].match(bytes, range) != nil {
      keepFree(of: continuations[following])
      return nil
    }
    return unclaimedLine(range)
  }

  private func unclaimedLine(_ range: Range<Int>) -> Breach {
    var best = lines
    var clauses = compiled.lineClauses
    if let following, continuations[following].furthest > lines.furthest {
      best = continuations[following]
      clauses = compiled.contract.logs[following].continuations.map { _ in following }
    }
    guard best.furthest > range.lowerBound, !best.graph.states.isEmpty else {
      return Breach(.line, "no clause begins like the line")
    }
    let template = Int(best.graph.states[Int(best.stoppedIn)].passes)
    return Breach(
      .line, clause: compiled.contract.logs[clauses[template]].id,
      "\(best.graph.expected(in: best.stoppedIn)) is expected from byte \(best.furthest - range.lowerBound + 1) on")
  }

  private mutating func keepFree(of matcher: TemplateMatcher) {
    for capture in matcher.captures where matcher.graph.grammars[Int(capture.grammar)].isFree {
      freeRanges.append(capture.range)
    }
  }

  private static func shortened(_ text: String) -> String { text.count <= 120 ? text : text.prefix(117) + "…" }
}
