import Contracts
public import Detection
public import Sinks
public import Vocabulary

/// Judges what sinks hand over and gathers findings. One per worker; the tables are merged afterwards.
public final class Auditor: BatchReceiver {
  private let judge: Judge
  private let rules: RuleBook
  private(set) var places: Places
  private let settings: DetectionSettings
  private let explains: Bool
  private(set) var source: Sink?
  let key: FingerprintKey
  var contracts: ContractHold
  public internal(set) var table: FindingTable
  /// Rules whose matching hit a limit, by sink: their specimens were judged without them.
  public private(set) var undecided: [Sink: Set<String>] = [:]

  private var judgedPath: (path: String?, isContent: Bool) = (nil, false)
  private var skeleton: [UInt8] = []
  private var evidenceSkeleton: [UInt8] = []

  /// - Parameters:
  ///   - contracts: what the sinks are held to.
  ///   - canaries: the run's markers, or nil where none were planted.
  ///   - explains: evidence says what moved its detector, where the detector can tell.
  ///   - givenPaths: paths as the user typed them, printed as they are.
  public init(
    detectors: Detectors, settings: DetectionSettings, contracts: ContractsInForce = .none, canaries: CanarySet?,
    without: Set<Proof> = [],
    rules: RuleBook, names: NameGuard, key: FingerprintKey, givenPaths: [String] = [],
    explains: Bool = false, maximumGroups: Int = FindingTable.defaultMaximumGroups
  ) {
    judge = Judge(detectors, canaries: canaries, without: without, tellingContentOnly: true)
    self.settings = settings
    self.contracts = ContractHold(without.contains(.contract) ? .none : contracts)
    self.rules = rules
    places = Places(guarded: names, givenPaths: givenPaths)
    self.key = key
    self.explains = explains
    table = FindingTable(maximumGroups: maximumGroups)
  }

  public func receive(_ batch: Batch) throws(Fault) {
    if batch.sink != source {
      judge.beginSource()
      source = batch.sink
    }
    let isHeld = contracts.begin(batch)
    // By index: a record is large, and most are done with when a few of its fields were read.
    for index in batch.records.indices {
      let text = UnsafeRawBufferPointer(rebasing: batch.bytes[batch.records[index].range])
      if isHeld { try hold(batch.records[index], text, of: batch) }
      guard let judgement = judge(index, text, of: batch) else { continue }
      let record = batch.records[index]
      if !judgement.undecided.isEmpty { undecided[batch.sink, default: []].formUnion(judgement.undecided) }
      if judgement.canaryMarkers > 0 {
        add(rule: "canary", at: judgement.canaryRange ?? 0..<text.count, judgement, record, text, batch)
      }
      // Apart from the canary, so that each proof shows what it found by itself.
      if let leading = judgement.leading, judgement.logOdds >= settings.threshold(on: record.surface) {
        add(rule: leading.detector, at: leading.start..<leading.end, judgement, record, text, batch)
      }
    }
  }

  public func precede(_ batch: Batch) throws(Fault) { try contracts.precede(batch) }

  @inline(__always)
  private func judge(_ index: Int, _ text: UnsafeRawBufferPointer, of batch: borrowing Batch) -> Judgement? {
    let (surface, slot) = (batch.records[index].surface, batch.records[index].slot)
    guard surface == .label, slot == .labelValue, batch.records[index].name >= 0 else {
      return judge.judge(text, surface: surface, slot: slot)
    }
    var name = batch.names[batch.records[index].name]
    return name.withUTF8 { judge.judge(text, surface: surface, slot: slot, name: UnsafeRawBufferPointer($0)) }
  }

  /// Why the judge said so, with the name that it read a label's value with.
  private func explained(_ judgement: Judgement, _ record: Record, _ text: UnsafeRawBufferPointer, _ batch: Batch)
    -> [Evidence]
  {
    let (surface, slot) = (record.surface, record.slot)
    guard surface == .label, slot == .labelValue, record.name >= 0 else {
      return judge.explained(judgement.evidence, of: text, surface: surface, slot: slot)
    }
    var name = batch.names[record.name]
    return name.withUTF8 {
      judge.explained(
        judgement.evidence, of: text, surface: surface, slot: slot, name: UnsafeRawBufferPointer($0))
    }
  }

  public func notice(
    rule: String, severity: Severity, sink: Sink, surface: Surface, message: String, remedy: String?,
    at location: Location
  ) {
    let place = places.printable(location)
    table.add(
      Finding(
        rule: rule, severity: severity, sink: sink, surface: surface,
        fingerprint: Fingerprint.ofDocument(rule: rule, path: sink.name, pointer: location.pointer ?? ""),
        message: message, remedy: remedy, locations: [place]))
  }

  private func add(
    rule: String, at range: Range<Int>, _ judgement: Judgement, _ record: Record, _ text: UnsafeRawBufferPointer,
    _ batch: Batch
  ) {
    skeleton.removeAll(keepingCapacity: true)
    Shape.skeletonKey(text, into: &skeleton)
    let about = rules[rule]
    let fingerprint = fingerprint(rule: rule, range, record, text, batch)
    var finding = Finding(
      rule: rule, severity: about.severity, sink: batch.sink, surface: record.surface, fingerprint: fingerprint,
      message: about.message, remedy: about.remedy, shape: Shape.redacted(text), length: Shape.lengthClass(text.count),
      locations: [
        places.location(of: record, offset: range.lowerBound, in: batch, pathIsContent: isContent(path: batch.path))
      ])
    if rule == "canary" {
      finding.canary = judgement.canaryExtent
      if let extent = judgement.canaryExtent { finding.message += ": \(extent)" }
    } else {
      finding.score = judgement.logOdds
      finding.threshold = settings.threshold(on: record.surface)
      // Explaining costs as much as judging; a leaking log has a million sightings of one group.
      let isExplained =
        explains && table.leads(rule: rule, sink: batch.sink, fingerprint: fingerprint, score: judgement.logOdds)
      finding.evidence =
        isExplained ? explained(judgement, record, text, batch) : judgement.evidence
    }
    table.add(finding)
  }

  private func fingerprint(
    rule: String, _ range: Range<Int>, _ record: Record, _ text: UnsafeRawBufferPointer, _ batch: Batch
  ) -> String {
    switch batch.sink.kind {
    case .rules, .dashboard, .template, .config:
      // Where no pointer says what was meant (a comment, a document that does not parse), the masked text under the key
      // stands in for it: never the line number, which moves, and never a bare hash of text, which could be guessed.
      let pointer =
        batch.ownerKind == .pointer && record.owner >= 0
        ? batch.owners[record.owner] : "text:" + key.keyedHash(String(decoding: skeleton, as: UTF8.self))
      return Fingerprint.ofDocument(rule: rule, path: batch.sink.name, pointer: pointer)
    case .exporter, .prometheus, .loki, .alertmanager, .notification, .logFile, .text:
      // Markers are other ones in every run and every request: what the group has in common is where they came out.
      if rule == "canary" {
        return Fingerprint.ofTelemetry(
          rule: rule, sink: batch.sink, skeleton: Self.position(of: record, in: batch).utf8, evidence: [], key: key)
      }
      let slice = UnsafeRawBufferPointer(rebasing: text[range.clamped(to: 0..<text.count)])
      evidenceSkeleton.removeAll(keepingCapacity: true)
      Shape.skeletonKey(slice, into: &evidenceSkeleton)
      return Fingerprint.ofTelemetry(
        rule: rule, sink: batch.sink, skeleton: skeleton, evidence: evidenceSkeleton, key: key)
    }
  }

  /// What a specimen is in its sink, whatever stands in it: slot, family and label.
  private static func position(of record: Record, in batch: Batch) -> String {
    let family = batch.ownerKind == .family && record.owner >= 0 ? batch.owners[record.owner] : ""
    let name = record.name >= 0 ? batch.names[record.name] : ""
    return "\(record.slot)/\(family)/\(name)"
  }

  /// A path that was found, as it may be printed: in sinks' names, in locations, in coverage. It counts as given from then
  /// on.
  public func printable(path: String) -> String {
    let shown = places.printable(path: path, isContent: isContent(path: path))
    places.givenPaths.insert(shown, at: 0)
    return shown
  }

  /// Whether the path itself is judged content, so that no finding prints it.
  func isContent(path: String?) -> Bool {
    guard let path else { return false }
    if judgedPath.path != path {
      var copy = path
      let isContent = copy.withUTF8 { bytes in
        judge.judge(UnsafeRawBufferPointer(bytes), surface: .log, slot: .fileName)?.isContent ?? false
      }
      judgedPath = (path, isContent)
    }
    return judgedPath.isContent
  }
}

extension Auditor {
  /// Coverage as the reader saw it, made incomplete where a rule's matching hit a limit in this sink.
  public func corrected(_ coverage: Coverage) -> Coverage {
    var result = contracts.stated(coverage)
    guard let rules = undecided[coverage.sink] else { return result }
    result.outcome = coverage.outcome == .unreachable ? .unreachable : .incomplete
    result.notes.append("undecided within the limits: \(rules.sorted().joined(separator: ", "))")
    return result
  }
}
