/// Looking again at texts whose skeleton was judged before. Everything here rests on one rule: what is not looked at again
/// takes one digit as any other, so that it found nothing then and finds nothing now.
extension Judge {
  /// Looks only at what other digits could change; false where that came out differently, and then the text is to be judged
  /// afresh.
  func look(at bytes: UnsafeRawBufferPointer, again redo: Redo, _ hash: UInt64, _ cache: VerdictCache) -> Bool {
    if redo.runs || redo.integers || redo.decoded {
      decoder.decode(bytes)
      guard decoder.standsAsItIs else { return false }
    }
    if redo.integers {
      let features = IntegerList(listedIn: decoder.text.bytes).features
      guard cache.isQuiet(cache.hash.hash(hash, adding: features)) else { return false }
    }
    guard !redo.rules.isEmpty else { return true }
    rules = redo.rules
    examine(PlacedText(bytes))
    if redo.decoded { forEachDecodedText(examine) }
    return true
  }

  /// Remembers a text that was looked at just now, where what was found in it can be found again by looking at some rules.
  func remember(_ bytes: UnsafeRawBufferPointer, _ hash: UInt64, in cache: VerdictCache) {
    guard stopped.isEmpty, !wasCut, decoder.standsAsItIs else { return }
    var redo = Redo()
    let lists = [CodedDetector.tokenIDs, .embeddingVector].compactMap { detectors.rule(of: $0, among: rules) }
    for found in evidence {
      guard detectors.patterned.contains(found.rule) || lists.contains(found.rule) else { return }
      redo.rules.insert(found.rule)
    }
    addRules(in: bytes, to: &redo.rules)
    forEachDecodedText { addRules(in: $0.bytes, to: &redo.rules) }
    redo.runs = decoder.dependsOnDigits
    redo.decoded = !redo.rules.isEmpty && (decoder.text.isDecoded || decoder.onceUnescaped != nil)
    if LanguageJudge.judges(slot), detectors.rule(of: .language, among: rules) != nil {
      let features = IntegerList(listedIn: decoder.text.bytes).features
      if !features.isEmpty {
        redo.integers = true
        cache.remember(cache.hash.hash(hash, adding: features), Redo())
      }
    }
    cache.remember(hash, redo)
  }

  private func forEachDecodedText(_ body: (PlacedText) -> Void) {
    if let text = decoder.onceUnescaped { body(text) }
    if decoder.text.isDecoded { body(decoder.text) }
  }

  /// Adds the rules that tell digits apart and could find something in the text if it held others.
  private func addRules(in bytes: UnsafeRawBufferPointer, to redo: inout RuleSet) {
    let sensitive = detectors.digits.sensitive.intersection(rules)
    redo.formUnion(detectors.digits.unplaced.intersection(rules))
    for index in triggered(in: bytes, of: sensitive) { add(index, in: bytes, 0..<bytes.count, to: &redo) }
    for group in detectors.runGroups where !group.set.intersection(sensitive).isEmpty {
      forEachRun(of: group, in: bytes, among: sensitive) { index, range in add(index, in: bytes, range, to: &redo) }
    }
    addLists(in: bytes, .tokenIDs, detectors.listBit, IntegerList.minimumLength, to: &redo)
    addLists(in: bytes, .embeddingVector, detectors.vectorBit, EmbeddingVector.minimumLength, to: &redo)
  }

  private func add(_ index: Int, in bytes: UnsafeRawBufferPointer, _ range: Range<Int>, to redo: inout RuleSet) {
    guard !redo.contains(index),
      detectors.digits.mayFind(index, in: bytes, range, window: detectors.rules[index].window, matcher)
    else { return }
    redo.insert(index)
  }

  private func addLists(
    in bytes: UnsafeRawBufferPointer, _ detector: CodedDetector, _ bit: UInt32, _ length: Int, to redo: inout RuleSet
  ) {
    guard let index = detectors.rule(of: detector, among: rules) else { return }
    detectors.finder.forEachRun(of: bit, atLeast: length, in: bytes) { _ in redo.insert(index) }
  }
}
