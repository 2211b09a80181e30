import Vocabulary

/// Looking again at texts whose skeleton was judged before. Everything here rests on one rule: what is not looked at again
/// takes one digit as any other, so that it found nothing then and finds nothing now.
extension Judge {
  /// Looks only at what other digits could change. True where nothing is to be told of the text; else it is to be judged afresh.
  func look(at bytes: UnsafeRawBufferPointer, again redo: Redo, _ hash: UInt64, _ cache: VerdictCache) -> Bool {
    var quarters = redo.quarters
    if redo.runs || redo.integers || redo.decoded {
      decoder.decode(bytes)
      guard decoder.isBlindToDigits else { return false }
    }
    if redo.integers {
      let features = IntegerList(listedIn: decoder.text.bytes).features
      guard let known = cache.redo(for: cache.hash.hash(hash, adding: features)) else { return false }
      quarters = known.quarters
    }
    if !redo.rules.isEmpty {
      rules = redo.rules
      examine(PlacedText(bytes))
      if redo.decoded { examineDecoded() }
    }
    guard stopped.isEmpty else { return false }
    return tellsContentOnly ? Double(quarters) / 4 + sum < threshold : evidence.isEmpty
  }

  /// Remembers a text that was looked at just now, where what was found in it can be found again by looking at some rules.
  func remember(_ bytes: UnsafeRawBufferPointer, _ hash: UInt64, in cache: VerdictCache) {
    guard stopped.isEmpty, !wasCut, decoder.isBlindToDigits else { return }
    var redo = Redo()
    let mayVary = detectors.digits.sensitive.union(detectors.listed)
    // None is another thing than some that cancels out.
    var constant: Double?
    for found in evidence {
      if mayVary.contains(found.rule) {
        redo.rules.insert(found.rule)
      } else {
        constant = (constant ?? 0) + found.evidence.weight
      }
    }
    if let constant {
      guard tellsContentOnly else { return }
      redo.quarters = Int16(clamping: Int((constant * 4).rounded(.up)))
    }
    addRules(in: bytes, to: &redo.rules)
    forEachDecodedText { addRules(in: $0.bytes, to: &redo.rules) }
    redo.runs = decoder.dependsOnDigits
    redo.decoded =
      !redo.rules.isEmpty
      && (decoder.text.isDecoded || decoder.onceUnescaped != nil || !decoder.asides.isEmpty)
    if LanguageJudge.judges(slot), detectors.rule(of: .language, among: rules) != nil {
      let features = IntegerList(listedIn: decoder.text.bytes).features
      if !features.isEmpty {
        redo.integers = true
        cache.remember(cache.hash.hash(hash, adding: features), Redo(quarters: redo.quarters))
      }
    }
    // Whose sum stays where it is needs no second look.
    if redo.isNothing, Double(redo.quarters) / 4 < threshold { redo = Redo() }
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
    for list in detectors.lists where rules.contains(list.rule) {
      detectors.finder.forEachRun(of: list.bit, atLeast: list.atLeast, in: bytes) { _ in redo.insert(list.rule) }
    }
  }

  private func add(_ index: Int, in bytes: UnsafeRawBufferPointer, _ range: Range<Int>, to redo: inout RuleSet) {
    guard !redo.contains(index),
      detectors.digits.mayFind(index, in: bytes, range, window: detectors.rules[index].window, matcher)
    else { return }
    redo.insert(index)
  }
}
