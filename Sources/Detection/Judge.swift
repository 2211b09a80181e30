import Glibc
import Patterns
public import Vocabulary

/// Judges specimens, one at a time: what evidence they hold, what it sums to, whether that is content. Each worker has its
/// own; nothing is allocated for a specimen in which nothing is seen.
public final class Judge {
  let detectors: Detectors
  private let canaries: CanaryReader?
  private let detects: Bool
  private let matcher: Matcher
  private let language: LanguageJudge
  private var unescaped = Scratch()
  private var decoded = Scratch()

  // What was found in the specimen at hand.
  private var rules = RuleSet()
  private var surface = Surface.log
  private var slot = Slot.line
  private var evidence: [(rule: Int, evidence: Evidence)] = []
  private var seen = RuleSet()
  private var stopped = RuleSet()
  /// An encoded run was longer than what is decoded of one.
  private var wasCut = false

  /// - Parameters:
  ///   - canaries: The markers to search for, or nil.
  ///   - without: Proofs that are switched off; `contract` is none of the judge's.
  public init(_ detectors: Detectors, canaries: CanarySet?, without: Set<Proof> = []) {
    self.detectors = detectors
    self.canaries = without.contains(.canary) ? nil : canaries.map(CanaryReader.init)
    detects = !without.contains(.detection)
    matcher = Matcher(limits: detectors.settings.limits)
    language = LanguageJudge()
  }

  /// Says that the next specimen is of another source than those before it. What the specimens of one source leave to the
  /// next ones is the canary search's alone: words that were cut in two, and how much of each planted message was seen.
  public func beginSource() { canaries?.beginSource() }

  /// Judges one specimen; nil where nothing at all was seen. `slot` and `surface` decide which rules apply.
  public func judge(_ bytes: UnsafeRawBufferPointer, surface: Surface, slot: Slot) -> Judgement? {
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return nil }
    rules = detects ? detectors.applicable(surface, slot) : RuleSet()
    self.surface = surface
    self.slot = slot
    canaries?.begin(carrying: slot != .fileName)

    examine(bytes, .plain)
    if memchr(base, 0x5C, bytes.count) != nil {
      if let count = Escapes.undo(bytes, into: unescaped.buffer(of: bytes.count)) {
        examine(unescaped.bytes(count), .unescaped(from: bytes))
      }
    }
    examineRuns(of: bytes)
    weighLanguage(of: bytes)
    guard !(evidence.isEmpty && canaries?.range == nil && stopped.isEmpty && !wasCut) else { return nil }
    return conclude()
  }

  // MARK: - One layer of text

  /// How the bytes at hand came out of the specimen.
  private enum Layer {
    case plain
    case unescaped(from: UnsafeRawBufferPointer)
    case decoded(Range<Int>, String)

    var decodings: [String] {
      switch self {
      case .plain: []
      case .unescaped: ["escape"]
      case .decoded(_, let name): [name]
      }
    }

    /// It is the whole specimen, as it stands or without its escapes.
    var isText: Bool { if case .decoded = self { false } else { true } }

    /// The place in the specimen of a place in the layer.
    func inSpecimen(_ range: Range<Int>) -> Range<Int> {
      switch self {
      case .plain: return range
      case .decoded(let run, _): return run
      case .unescaped(let source):
        let start = Escapes.sourceOffset(ofDecoded: range.lowerBound, in: source)
        return start..<max(start, Escapes.sourceOffset(ofDecoded: range.upperBound, in: source))
      }
    }
  }

  private func examine(_ bytes: UnsafeRawBufferPointer, _ layer: Layer) {
    if !rules.isEmpty {
      matchPatterns(in: bytes, layer)
      findLists(in: bytes, layer)
      findProse(in: bytes, layer)
    }
    canaries?.search(bytes, isText: layer.isText) { layer.inSpecimen($0) }
  }

  private func matchPatterns(in bytes: UnsafeRawBufferPointer, _ layer: Layer) {
    if detectors.settings.isReference {
      for rule in rules.intersection(detectors.patterned) { match(rule, in: bytes, 0..<bytes.count, layer) }
      return
    }
    var triggered = detectors.literals.rules(in: bytes)
    triggered.formUnion(detectors.always)
    triggered = triggered.intersection(rules)
    for rule in triggered { match(rule, in: bytes, 0..<bytes.count, layer) }
    for group in detectors.runGroups where !group.set.intersection(rules).isEmpty {
      detectors.finder.forEachRun(of: group.bit, atLeast: group.atLeast, in: bytes) { run in
        let digits = bytes[run].reduce(0) { $0 + ($1 &- 0x30 < 10 ? 1 : 0) }
        for rule in group.rules
        where run.count >= rule.atLeast && digits >= rule.digits && rules.contains(rule.index) {
          match(rule.index, in: bytes, run.lowerBound..<min(bytes.count, run.upperBound + 16), layer)
        }
      }
    }
  }

  private func match(_ index: Int, in bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ layer: Layer) {
    guard !seen.contains(index), !stopped.contains(index) else { return }
    let rule = detectors.rules[index]
    guard let pattern = rule.pattern else { return }
    var from = range.lowerBound
    while true {
      switch matcher.firstMatch(pattern, in: bytes, from: from, to: range.upperBound, window: rule.window) {
      case .none: return
      case .undecided:
        stopped.insert(index)
        return
      case .found(let found):
        if let check = rule.check, !check.holds(for: UnsafeRawBufferPointer(rebasing: bytes[found])) {
          from = found.lowerBound + 1
          continue
        }
        record(index, layer.inSpecimen(found), layer.decodings)
        return
      }
    }
  }

  private func findLists(in bytes: UnsafeRawBufferPointer, _ layer: Layer) {
    if let index = detectors.rule(of: .tokenIDs, among: rules), !seen.contains(index) {
      detectors.finder.forEachRun(of: detectors.listBit, atLeast: IntegerList.minimumLength, in: bytes) { run in
        if !seen.contains(index), IntegerList.isTokenIDs(bytes, run) {
          record(index, layer.inSpecimen(run), layer.decodings)
        }
      }
    }
    if let index = detectors.rule(of: .embeddingVector, among: rules), !seen.contains(index) {
      detectors.finder.forEachRun(of: detectors.vectorBit, atLeast: EmbeddingVector.minimumLength, in: bytes) { run in
        if !seen.contains(index), EmbeddingVector.isEmbedding(bytes, run) {
          record(index, layer.inSpecimen(run), layer.decodings)
        }
      }
    }
  }

  private func findProse(in bytes: UnsafeRawBufferPointer, _ layer: Layer) {
    guard let index = detectors.rule(of: .proseLabel, among: rules), !seen.contains(index), bytes.count >= 8 else {
      return
    }
    if Prose(bytes).isSentence { record(index, layer.inSpecimen(0..<bytes.count), layer.decodings) }
  }

  // MARK: - Encoded runs

  private func examineRuns(of bytes: UnsafeRawBufferPointer) {
    detectors.finder.forEachRun(of: detectors.hexBit, atLeast: EncodedRuns.minimumHex, in: bytes) { run in
      let text = UnsafeRawBufferPointer(rebasing: bytes[run])
      _ = examineEncoded(run, "hex", decodings: 2) { EncodedRuns.decodeHex(text, skipping: $0, into: $1) }
    }
    detectors.finder.forEachRun(of: detectors.base64Bit, atLeast: EncodedRuns.minimumBase64, in: bytes) { run in
      let text = UnsafeRawBufferPointer(rebasing: bytes[run])
      guard EncodedRuns.looksLikeBase64(text) else { return }
      let isText = examineEncoded(run, "base64", decodings: 4) {
        EncodedRuns.decodeBase64(text, skipping: $0, into: $1)
      }
      if !isText, run.count >= 200, EncodedRuns.entropy(text) >= 5,
        let index = detectors.rule(of: .encodedBlob, among: rules)
      {
        record(index, run, [])
      }
    }
  }

  /// Decodes a run at each alignment and judges what is text; false where nothing is.
  private func examineEncoded(
    _ run: Range<Int>, _ name: String, decodings: Int,
    decode: (Int, UnsafeMutableRawBufferPointer) -> Int
  ) -> Bool {
    let room = min(run.count, detectors.settings.maximumDecoded)
    for skipping in 0..<decodings {
      // A first look at little of it spares most runs the rest.
      let size = decode(skipping, decoded.buffer(of: min(room, 96)))
      guard EncodedRuns.text(in: decoded.bytes(size)) != nil || run.count > 160 else { continue }
      let count = decode(skipping, decoded.buffer(of: room))
      if count == room, room < run.count { wasCut = true }
      guard let range = EncodedRuns.text(in: decoded.bytes(count)) else { continue }
      let text = UnsafeRawBufferPointer(rebasing: decoded.bytes(count)[range])
      if let index = detectors.rule(of: .encodedText, among: rules) { record(index, run, [name]) }
      if let index = detectors.rule(of: .encodedProse, among: rules), Prose(text).isPhrase {
        record(index, run, [name])
      }
      examine(text, .decoded(run, name))
      return true
    }
    return false
  }

  // MARK: - Language

  private func weighLanguage(of bytes: UnsafeRawBufferPointer) {
    guard let index = detectors.rule(of: .language, among: rules),
      let score = language.score(bytes, surface: surface, slot: slot)
    else { return }
    // The rule's weight is where even odds stand on the scale of the sum; see `LanguageJudge`.
    let weight = detectors.rules[index].weights[surface.index] + score.logOdds
    if weight > 0 { record(index, score.region, [], weight: min(weight, LanguageJudge.mostWeight)) }
  }

  func reasons(forLanguageOf bytes: UnsafeRawBufferPointer, surface: Surface, slot: Slot) -> [String] {
    language.reasons(bytes, surface: surface, slot: slot)
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

  private func conclude() -> Judgement {
    evidence.sort { $0.rule < $1.rule }
    let sum = evidence.reduce(0) { $0 + $1.evidence.weight }
    let leading = evidence.max { $0.evidence.weight < $1.evidence.weight }?.evidence.detector ?? ""
    let hasCanary = canaries?.range != nil
    let judgement = Judgement(
      logOdds: sum, isContent: hasCanary || !evidence.isEmpty && sum >= detectors.thresholds[surface.index],
      evidence: evidence.map(\.evidence), canaryMarkers: canaries?.markers ?? 0, canaryRange: canaries?.range,
      canaryExtent: canaries?.extent, leadingRule: hasCanary ? "canary" : leading,
      undecided: stopped.map { detectors.rules[$0].id } + (wasCut ? ["decoding"] : []))
    evidence.removeAll(keepingCapacity: true)
    seen = RuleSet()
    stopped = RuleSet()
    wasCut = false
    return judgement
  }
}
