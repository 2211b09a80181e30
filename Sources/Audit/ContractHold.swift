import Contracts
import Pipelines
import Sinks
import Vocabulary

/// Holds the records of one sink after another to the contracts in force. One per auditor.
struct ContractHold {
  /// Streams and jobs that are remembered; others are looked up each time they come.
  private static let maximumOrigins = 10_000
  static let nothing = "none"

  private let contracts: ContractsInForce
  private let streams: [StreamMatcher?]
  private var sink: Sink?
  private var part: String?
  private var whole: String?
  private var bindsInside = false
  private var recognises = false
  /// Of a sink that is held as a whole and is no store: apart, since each line of a log comes by here.
  private var own: ContractMatcher?
  /// By source, of the sink at hand.
  private var matchers: [String: ContractMatcher] = [:]
  /// What series of a job and streams are held to, by job and by selector.
  private var origins: [String: String?] = [:]
  private var stream: (selector: String, source: String)?
  /// Clauses whose lines may still go on, by stream.
  private var unfinished: [String: Int] = [:]
  private var prefixed: (series: String, source: String?) = ("", nil)
  /// What was claimed, by sink and part.
  private var claims: [Part: [String: ClaimTally]] = [:]
  /// What the series and streams of a store were held to, `none` among it.
  private var inForce: [Sink: Set<String>] = [:]

  private struct Part: Hashable {
    var sink: Sink
    var name: String?
  }

  /// What a record breaches, and of which source's contract.
  struct Held {
    var breach: Breach
    var source: String
  }

  init(_ contracts: ContractsInForce) {
    self.contracts = contracts
    streams = contracts.rules.map { rule in
      if case .stream(let selector) = rule.scope { return StreamMatcher(selector) }
      return nil
    }
  }

  // MARK: Sinks

  /// - Returns: whether anything in the batch can be held to a contract.
  mutating func begin(_ batch: Batch) -> Bool {
    if batch.sink != sink || batch.part != part { settle() }
    part = batch.part
    guard batch.sink != sink else { return whole != nil || bindsInside || recognises }
    sink = batch.sink
    own = nil
    matchers = [:]
    origins = [:]
    stream = nil
    unfinished = [:]
    prefixed = ("", nil)
    whole = contracts.contract(for: batch.sink)
    bindsInside = whole == nil && contracts.bindsInside(batch.sink)
    recognises = contracts.shelf.isWhole && (batch.sink.kind == .exporter || batch.sink.kind == .prometheus)
    return whole != nil || bindsInside || recognises
  }

  /// Writes down what was claimed since the last time.
  private mutating func settle() {
    guard let sink else { return }
    if let whole, let tally = own?.takeTally() { add(tally, of: whole, in: sink) }
    for source in Array(matchers.keys) {
      if let tally = matchers[source]?.takeTally() { add(tally, of: source, in: sink) }
    }
  }

  private mutating func add(_ tally: ClaimTally, of source: String, in sink: Sink) {
    guard tally != ClaimTally() else { return }
    claims[Part(sink: sink, name: part), default: [:]][source, default: ClaimTally()] += tally
  }

  /// Coverage with the contracts in force and what they claim of it.
  mutating func stated(_ coverage: Coverage) -> Coverage {
    settle()
    var result = coverage
    guard coverage.surface == .label || coverage.surface == .log || !Self.isStore(coverage.sink) else { return result }
    var names = inForce[coverage.sink] ?? []
    var claims: [String: ClaimTally] = [:]
    if let whole = contracts.contract(for: coverage.sink) {
      names.insert(whole)
      if !Self.isStore(coverage.sink) { claims[whole] = ClaimTally() }
    }
    guard !names.isEmpty else { return result }
    let held = names.subtracting([Self.nothing]).sorted() + (names.contains(Self.nothing) ? [Self.nothing] : [])
    result.contract = held.joined(separator: ", ")
    for name in [coverage.format, nil] {
      for (source, tally) in self.claims[Part(sink: coverage.sink, name: name)] ?? [:] {
        claims[source, default: ClaimTally()] += tally
      }
    }
    if !claims.isEmpty { result.claims = claims }
    return result
  }

  private static func isStore(_ sink: Sink) -> Bool { sink.kind == .prometheus || sink.kind == .loki }

  /// Lets the lines before a part say which record may go on in it.
  mutating func precede(_ batch: Batch) throws(Fault) {
    guard begin(batch), let whole else { return }
    try prepareOwn(whole)
    for record in batch.records where record.slot == .line {
      let text = UnsafeRawBufferPointer(rebasing: batch.bytes[record.range])
      _ = own?.line(text, 0..<text.count)
    }
    _ = own?.takeTally()
  }

  // MARK: Records

  mutating func hold(
    _ record: Record, _ text: UnsafeRawBufferPointer, in batch: Batch
  ) throws(Fault) -> Held? {
    if Self.isStore(batch.sink) {
      guard record.surface == .label || record.surface == .log else { return nil }
      return batch.sink.kind == .loki
        ? try streamed(record, text, batch) : try stored(record, text, batch)
    }
    guard let whole else { return try recognised(record, text, batch) }
    if own == nil { try prepareOwn(whole) }
    return breach(of: record, text, in: batch).map { Held(breach: $0, source: whole) }
  }

  private mutating func prepareOwn(_ source: String) throws(Fault) {
    own = try contracts.shelf.contract(of: source).map { ContractMatcher($0) }
  }

  private mutating func prepare(_ source: String) throws(Fault) {
    guard matchers[source] == nil, let contract = try contracts.shelf.contract(of: source) else { return }
    matchers[source] = ContractMatcher(contract)
  }

  private mutating func breach(
    of record: Record, _ text: UnsafeRawBufferPointer, in batch: Batch
  ) -> Breach? {
    switch record.slot {
    // What starts and configures programs is held to clauses on settings, not to those on log lines.
    case .line: return batch.sink.kind == .config ? nil : own?.line(text, 0..<text.count)
    case .metricName: return own?.family(String(decoding: text, as: UTF8.self))
    case .labelValue:
      // Labels of alerts and lists of values belong to no series.
      guard batch.ownerKind == .family, record.owner >= 0, record.name >= 0 else { return nil }
      return own?.label(batch.names[record.name], text, of: batch.owners[record.owner])
    case .exemplar: return Breach(.label, "no clause claims exemplars")
    case .comment where record.surface == .label:
      return text.elementsEqual(" EOF".utf8) ? nil : Breach(.comment, "a comment may hold any text")
    case .metadata, .key, .scalar:
      return record.surface == .log ? Breach(.line, "no clause claims structured entries") : nil
    case .labelName, .help, .comment, .annotation, .expression, .fileName: return nil
    }
  }

  // MARK: Prometheus

  private mutating func stored(
    _ record: Record, _ text: UnsafeRawBufferPointer, _ batch: Batch
  ) throws(Fault) -> Held? {
    // Names without their series, in lists and in metadata, are not told apart by job: the series themselves are held.
    guard record.slot == .labelValue, batch.ownerKind == .family, record.owner >= 0, record.name >= 0 else {
      return nil
    }
    let (series, name) = (batch.owners[record.owner], batch.names[record.name])
    let labels = batch.ownerLabels[record.owner]
    guard whole != nil || bindsInside else { return try recognised(record, text, batch) }
    let source = whole ?? origin(labels["job"] ?? "") { $0.source(ofJob: labels, sink: batch.sink) }
    let store = StoredEntry.source
    try prepare(store)
    if matchers[store]?.knows(series: series) == true {
      inForce[batch.sink, default: []].insert(store)
      return held(try storesOwn(name, text, of: series, labels, source), store)
    }
    inForce[batch.sink, default: []].insert(source ?? Self.nothing)
    guard let source else { return try recognised(record, text, batch) }
    try prepare(source)
    matchers[source]?.instance = labels["instance"] ?? ""
    if name == "__name__" { return held(matchers[source]?.family(series), source) }
    if matchers[store]?.adds(name, to: .series) == true {
      return held(matchers[store]?.added(name, text, to: .series), store)
    }
    // Prometheus calls a label so that the exporter has and the target too.
    let own = name.hasPrefix("exported_") ? String(name.dropFirst(9)) : name
    return held(matchers[source]?.label(own, text, of: series), source)
  }

  /// A series that Prometheus makes itself. An alert bears labels of the series that it stands on.
  private mutating func storesOwn(
    _ name: String, _ text: UnsafeRawBufferPointer, of series: String, _ labels: [String: String], _ source: String?
  ) throws(Fault) -> Breach? {
    let store = StoredEntry.source
    if name == "__name__" { return matchers[store]?.family(series) }
    matchers[store]?.instance = labels["instance"] ?? ""
    guard let breach = matchers[store]?.label(name, text, of: series) else { return nil }
    guard breach.rule == .label, labels["alertname"] != nil, let source else { return breach }
    try prepare(source)
    return matchers[source]?.claimsAnywhere(name, text) == true ? nil : breach
  }

  private func held(_ breach: Breach?, _ source: String) -> Held? { breach.map { Held(breach: $0, source: source) } }

  private mutating func origin(_ key: String, _ find: (ContractHold) -> String?) -> String? {
    if let known = origins[key] { return known }
    let found = find(self)
    if origins.count < Self.maximumOrigins { origins[key] = .some(found) }
    return found
  }

  private func source(ofJob labels: [String: String], sink: Sink) -> String? {
    let job = labels["job"] ?? ""
    let name = Array(sink.description.utf8)
    for rule in contracts.rules {
      guard case .job(let pattern) = rule.scope, ContractsInForce.obeys(name[...], rule.sink[...]) else { continue }
      if ContractsInForce.obeys(Array(job.utf8)[...], pattern[...]) { return rule.contract }
    }
    return contracts.fleet?.source(ofSeries: job)
  }

  // MARK: Loki

  private mutating func streamed(
    _ record: Record, _ text: UnsafeRawBufferPointer, _ batch: Batch
  ) throws(Fault) -> Held? {
    guard batch.ownerKind == .stream, record.owner >= 0 else { return nil }
    guard let source = whole ?? source(ofStream: record.owner, batch) else { return nil }
    try prepare(source)
    follow(batch.owners[record.owner], source)
    let store = StoredEntry.source
    switch record.slot {
    case .line: return held(matchers[source]?.line(text, 0..<text.count), source)
    case .labelValue, .metadata:
      guard record.name >= 0 else { return held(Breach(.line, "no clause claims structured entries"), source) }
      try prepare(store)
      return held(
        matchers[store]?.added(
          batch.names[record.name], text, to: record.slot == .labelValue ? .stream : .metadata), store)
    default: return nil
    }
  }

  private mutating func source(ofStream owner: Int, _ batch: Batch) -> String? {
    let found = origin(batch.owners[owner]) { hold in
      let labels = batch.ownerLabels[owner]
      let name = Array(batch.sink.description.utf8)
      for (rule, matcher) in zip(hold.contracts.rules, hold.streams) {
        guard let matcher, ContractsInForce.obeys(name[...], rule.sink[...]) else { continue }
        if matcher.matches(labels) { return rule.contract }
      }
      return hold.contracts.fleet?.source(ofLog: labels["job"] ?? "")
    }
    inForce[batch.sink, default: []].insert(found ?? Self.nothing)
    return found
  }

  /// Streams come by turns: what one has left open goes on when it comes again.
  private mutating func follow(_ selector: String, _ source: String) {
    guard selector != stream?.selector else { return }
    if let stream, unfinished.count < Self.maximumOrigins {
      unfinished[stream.selector] = matchers[stream.source]?.following
    }
    stream = (selector, source)
    matchers[source]?.following = unfinished[selector]
  }

  // MARK: Names of sources

  /// What bears a source's prefix and is bound to no contract.
  private mutating func recognised(
    _ record: Record, _ text: UnsafeRawBufferPointer, _ batch: Batch
  ) throws(Fault) -> Held? {
    switch record.slot {
    case .metricName:
      let series = String(decoding: text, as: UTF8.self)
      guard let source = try source(prefixing: series) else { return nil }
      return held(matchers[source]?.recognised(series: series), source)
    case .labelValue:
      guard batch.ownerKind == .family, record.owner >= 0, record.name >= 0,
        let source = try source(prefixing: batch.owners[record.owner])
      else { return nil }
      return held(
        matchers[source]?.recognised(
          batch.names[record.name], text, of: batch.owners[record.owner], knowsFleet: contracts.fleet != nil), source)
    default: return nil
    }
  }

  private mutating func source(prefixing series: String) throws(Fault) -> String? {
    if prefixed.series != series {
      prefixed = (series, contracts.shelf.prefixes.first { series.utf8.starts(with: $0.bytes) }?.source)
      if let source = prefixed.source { try prepare(source) }
    }
    return prefixed.source
  }
}
