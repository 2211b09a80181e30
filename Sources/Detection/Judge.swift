import Patterns
public import Vocabulary

/// Judges specimens, one at a time: what evidence they hold, what it sums to, whether that is content. Each worker has its
/// own; nothing is allocated for a specimen in which nothing is seen.
public final class Judge {
  let detectors: Detectors
  private let canaries: CanaryReader?
  private let detects: Bool
  /// Of texts that are not content nothing is told.
  let tellsContentOnly: Bool
  let matcher: Matcher
  private let language: LanguageJudge
  let decoder: TextDecoder
  /// None where canaries are searched for: what one specimen leaves of a marker matters to the next.
  private let cache: VerdictCache?
  private let remembered: VerdictCache.Index?

  // What was found in the specimen at hand.
  var rules = RuleSet()
  private var surface = Surface.log
  private(set) var slot = Slot.line
  private(set) var evidence: [(rule: Int, evidence: Evidence)] = []
  private var seen = RuleSet()
  private(set) var stopped = RuleSet()
  /// An encoded run was longer than what is decoded of one.
  private(set) var wasCut = false

  /// - Parameters:
  ///   - canaries: The markers to search for, or nil.
  ///   - without: Proofs that are switched off; `contract` is none of the judge's.
  ///   - tellingContentOnly: `judge` answers nil too where evidence was found but does not suffice, as if none had been: for who
  ///     reads logs by the gigabyte.
  public convenience init(
    _ detectors: Detectors, canaries: CanarySet?, without: Set<Proof> = [], tellingContentOnly: Bool = false
  ) {
    self.init(detectors, canaries: canaries, without: without, tellingContentOnly: tellingContentOnly, model: nil)
  }

  /// A judge with another language model than the one in the binary, such as one that has not seen the texts at hand.
  package init(
    _ detectors: Detectors, canaries: CanarySet?, without: Set<Proof> = [], tellingContentOnly: Bool = false,
    model: LanguageModel?
  ) {
    self.detectors = detectors
    tellsContentOnly = tellingContentOnly
    self.canaries = without.contains(.canary) ? nil : canaries.map(CanaryReader.init)
    detects = !without.contains(.detection)
    matcher = Matcher(limits: detectors.settings.limits)
    language = LanguageJudge(model: model ?? .embedded)
    decoder = TextDecoder(maximumDecoded: detectors.settings.maximumDecoded)
    // Verdicts by another model are not to be shared.
    cache = self.canaries == nil && detects && model == nil ? detectors.cache : nil
    remembered = cache?.index
  }

  /// Says that the next specimen is of another source than those before it. What the specimens of one source leave to the
  /// next ones is the canary search's alone: words that were cut in two, and how much of each planted message was seen.
  public func beginSource() { canaries?.beginSource() }

  /// Judges one specimen; nil where nothing at all was seen. `slot` and `surface` decide which rules apply.
  ///
  /// - Parameter name: of a label value, its label's name, where it is known.
  public func judge(
    _ bytes: UnsafeRawBufferPointer, surface: Surface, slot: Slot, name: UnsafeRawBufferPointer? = nil
  ) -> Judgement? {
    // Of neither proof there is anything to see.
    guard !bytes.isEmpty, detects || canaries != nil else { return nil }
    // What the name of a label says is no part of the skeleton.
    guard let remembered, name == nil, bytes.count <= VerdictCache.longestText else {
      begin(surface, slot)
      look(at: bytes, name: name)
      return concluded()
    }
    let salt = UInt64(tellsContentOnly ? 1 : 0) << 16 | UInt64(surface.index) << 8 | UInt64(slot.rawValue)
    let hash = remembered.hash.hash(bytes, salt: salt)
    if remembered.isQuiet(hash) { return nil }
    // Some lines come again as they are, and most of the others need no second look.
    let exact = remembered.hash.exactHash(bytes, salt: salt)
    if remembered.isQuiet(exact) { return nil }
    return judge(bytes, surface, slot, hash, exact)
  }

  /// Judges a text that was not remembered as quiet, and remembers it.
  private func judge(
    _ bytes: UnsafeRawBufferPointer, _ surface: Surface, _ slot: Slot, _ hash: UInt64, _ exact: UInt64
  ) -> Judgement? {
    guard let cache else { return nil }
    if let redo = cache.redo(for: hash) {
      begin(surface, slot)
      if look(at: bytes, again: redo, hash, cache) {
        cache.remember(exact, Redo())
        return nil
      }
    }
    begin(surface, slot)
    look(at: bytes)
    remember(bytes, hash, in: cache)
    let judgement = concluded()
    if judgement == nil, !cache.isQuiet(hash) { cache.remember(exact, Redo()) }
    return judgement
  }

  private func begin(_ surface: Surface, _ slot: Slot) {
    rules = detects ? detectors.applicable(surface, slot) : RuleSet()
    self.surface = surface
    self.slot = slot
    wasCut = false
    forget()
  }

  private func look(at bytes: UnsafeRawBufferPointer, name: UnsafeRawBufferPointer? = nil) {
    canaries?.begin(carrying: slot != .fileName)
    examine(PlacedText(bytes))
    decoder.decode(bytes)
    wasCut = decoder.wasCut
    examineDecoded()
    weighLanguage(of: bytes, name)
  }

  private func concluded() -> Judgement? {
    let hasDoubt = canaries?.range != nil || !stopped.isEmpty || wasCut
    if evidence.isEmpty, !hasDoubt { return nil }
    evidence.sort { $0.rule < $1.rule }
    return tellsContentOnly && !hasDoubt && sum < threshold ? nil : conclude()
  }

  /// Of the weights of what was found so far.
  var sum: Double { evidence.reduce(0) { $0 + $1.evidence.weight } }
  var threshold: Double { detectors.thresholds[surface.index] }

  /// Makes room for the next specimen.
  private func forget() {
    evidence.removeAll(keepingCapacity: true)
    seen = RuleSet()
    stopped = RuleSet()
  }

  // MARK: - One layer of text

  /// Looks at a text that is the whole specimen, as it stands or without its encodings.
  func examine(_ text: PlacedText) { examine(Layer(text: text, range: 0..<text.bytes.count, isWhole: true)) }

  private func examine(_ layer: Layer) {
    if !rules.isEmpty {
      matchPatterns(in: layer.bytes, layer)
      findLists(in: layer)
      findProse(in: layer.bytes, layer)
    }
    canaries?.search(layer.bytes, isText: layer.isWhole) { layer.inSpecimen($0) }
  }

  /// What is looked at, and how it came out of the specimen.
  private struct Layer {
    let text: PlacedText
    let start: Int
    let bytes: UnsafeRawBufferPointer
    /// Nothing of the specimen stands outside of it.
    let isWhole: Bool

    init(text: PlacedText, range: Range<Int>, isWhole: Bool) {
      self.text = text
      self.isWhole = isWhole
      start = range.lowerBound
      bytes = UnsafeRawBufferPointer(rebasing: text.bytes[range])
    }

    /// The place in the specimen of a place in the layer.
    func inSpecimen(_ range: Range<Int>) -> Range<Int> { text.source(of: inText(range)) }

    /// What had to be undone to see it.
    func decodings(of range: Range<Int>) -> [String] { text.decodings(of: inText(range)) }

    private func inText(_ range: Range<Int>) -> Range<Int> { start + range.lowerBound..<start + range.upperBound }
  }

  private func matchPatterns(in bytes: UnsafeRawBufferPointer, _ layer: Layer) {
    if detectors.settings.isReference {
      for rule in rules.intersection(detectors.patterned) { match(rule, in: bytes, 0..<bytes.count, layer) }
      return
    }
    for rule in triggered(in: bytes, of: rules) { match(rule, in: bytes, 0..<bytes.count, layer) }
    for group in detectors.runGroups where !group.set.intersection(rules).isEmpty {
      forEachRun(of: group, in: bytes, among: rules) { match($0, in: bytes, $1, layer) }
    }
  }

  /// Calls `body` with each of the rules that a run of the group's class concerns, and the run, in which a match of it begins.
  @inline(__always)
  func forEachRun(
    of group: Detectors.RunGroup, in bytes: UnsafeRawBufferPointer, among rules: RuleSet,
    _ body: (Int, Range<Int>) -> Void
  ) {
    detectors.finder.forEachRun(of: group.bit, atLeast: group.atLeast, in: bytes) { run in
      let digits = bytes[run].reduce(0) { $0 + ($1 &- 0x30 < 10 ? 1 : 0) }
      for rule in group.rules
      where run.count >= rule.atLeast && digits >= rule.digits && rules.contains(rule.index) {
        body(rule.index, run)
      }
    }
  }

  /// Those of the rules without a run of which a literal stands in the text, or that have none.
  func triggered(in bytes: UnsafeRawBufferPointer, of rules: RuleSet) -> RuleSet {
    var triggered = detectors.always
    if !rules.intersection(detectors.literalRules).isEmpty {
      triggered.formUnion(detectors.literals.rules(in: bytes))
    }
    return triggered.intersection(rules)
  }

  private func match(_ index: Int, in bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ layer: Layer) {
    guard !seen.contains(index), !stopped.contains(index) else { return }
    let rule = detectors.rules[index]
    // A part of the specimen can't speak for the rest of it.
    guard let pattern = rule.pattern, layer.isWhole || rule.weights[surface.index] > 0 else { return }
    var from = range.lowerBound
    while true {
      switch matcher.firstMatch(pattern, in: bytes, from: from, before: range.upperBound, window: rule.window) {
      case .none: return
      case .undecided:
        stopped.insert(index)
        return
      case .found(let found):
        if let check = rule.check, !check.holds(for: UnsafeRawBufferPointer(rebasing: bytes[found])) {
          from = found.lowerBound + 1
          continue
        }
        record(index, layer.inSpecimen(found), layer.decodings(of: found))
        return
      }
    }
  }

  /// Records of each detector the first run that is a list of its kind.
  private func findLists(in layer: Layer) {
    for list in detectors.lists where rules.contains(list.rule) && !seen.contains(list.rule) {
      detectors.finder.forEachRun(of: list.bit, atLeast: list.atLeast, in: layer.bytes) { run in
        if !seen.contains(list.rule), list.finds(layer.bytes, run) {
          record(list.rule, layer.inSpecimen(run), layer.decodings(of: run))
        }
      }
    }
  }

  private func findProse(in bytes: UnsafeRawBufferPointer, _ layer: Layer) {
    guard let index = detectors.rule(of: .proseLabel, among: rules), !seen.contains(index), bytes.count >= 8 else {
      return
    }
    let whole = 0..<bytes.count
    let decodings = layer.decodings(of: whole)
    // Of sentences in URLs another rule judges; most paths and queries with percent signs are none.
    guard !decodings.contains("percent"), Prose(bytes).isSentence else { return }
    record(index, layer.inSpecimen(whole), decodings)
  }

  // MARK: - What stood encoded

  /// What encodings hid is judged as text again: in its place, and each run by itself, as patterns that look at a text's
  /// beginning need it.
  func examineDecoded() {
    if let text = decoder.onceUnescaped { examine(text) }
    if decoder.text.isDecoded { examine(decoder.text) }
    for run in decoder.decodedRuns where run.range.count < decoder.text.bytes.count { examine(run, of: decoder.text) }
    for run in decoder.asides { examine(run, of: decoder.asideText) }
    if let run = decoder.opaqueRuns.first, let index = detectors.rule(of: .encodedBlob, among: rules) {
      record(index, run, [])
    }
  }

  private func examine(_ run: TextDecoder.Run, of text: PlacedText) {
    if run.isLong {
      let decodings = run.chain.names
      if let index = detectors.rule(of: .encodedText, among: rules) { record(index, run.source, decodings) }
      if let index = detectors.rule(of: .encodedProse, among: rules),
        Prose(UnsafeRawBufferPointer(rebasing: text.bytes[run.range])).isPhrase
      {
        record(index, run.source, decodings)
      }
    }
    examine(Layer(text: text, range: run.range, isWhole: false))
  }

  // MARK: - Language

  private func weighLanguage(of bytes: UnsafeRawBufferPointer, _ name: UnsafeRawBufferPointer?) {
    guard let index = detectors.rule(of: .language, among: rules) else { return }
    // The rule's weight is where even odds stand on the scale of the sum; see `LanguageJudge`.
    let even = detectors.rules[index].weights[surface.index]
    let least = LanguageJudge.leastWeight - even
    let specimen = LanguageJudge.Specimen(bytes: bytes, surface: surface, slot: slot, name: name)
    guard let score = language.score(specimen, decoder, above: least) else { return }
    record(index, score.region, [], weight: min(even + score.logOdds, LanguageJudge.mostWeight))
  }

  func reasons(forLanguageOf specimen: LanguageJudge.Specimen) -> [String] {
    decoder.decode(specimen.bytes)
    return language.reasons(specimen, decoder)
  }

  // MARK: - The sum

  private func record(_ rule: Int, _ range: Range<Int>, _ decodings: [String], weight: Double? = nil) {
    guard !seen.contains(rule) else { return }
    seen.insert(rule)
    let found = Evidence(
      detector: detectors.rules[rule].id, start: range.lowerBound, end: range.upperBound,
      weight: weight ?? detectors.rules[rule].weights[surface.index], decodings: decodings)
    evidence.append((rule, found))
  }

  /// What decides which rule names the finding.
  private func leadingWeight(_ found: (rule: Int, evidence: Evidence)) -> Double {
    detectors.isLanguage(found.rule) ? min(found.evidence.weight, LanguageJudge.mostLeading) : found.evidence.weight
  }

  private func conclude() -> Judgement {
    let sum = sum
    let leading = evidence.max { leadingWeight($0) < leadingWeight($1) }?.evidence
    let hasCanary = canaries?.range != nil
    return Judgement(
      logOdds: sum, isContent: hasCanary || !evidence.isEmpty && sum >= threshold,
      evidence: evidence.map(\.evidence), canaryMarkers: canaries?.markers ?? 0, canaryRange: canaries?.range,
      canaryExtent: canaries?.extent, leading: leading,
      undecided: stopped.map { detectors.rules[$0].id } + (wasCut ? ["decoding"] : []))
  }
}
