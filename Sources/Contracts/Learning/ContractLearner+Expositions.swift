import Syntax
public import Vocabulary

extension ContractLearner {
  /// Takes an exposition as a whole.
  ///
  /// - Parameters:
  ///   - path: as it is printed.
  ///   - isContent: whether detectors hold a name, or the value of the label of that name, for conversation.
  public mutating func exposition(
    _ bytes: UnsafeRawBufferPointer, path: String,
    isContent: @escaping (_ text: UnsafeRawBufferPointer, _ label: UnsafeRawBufferPointer?) -> Bool
  ) throws(Fault) {
    var reader = ExpositionLearning(bytes: bytes, path: path, isContent: isContent, state: takeMetrics())
    do throws(Fault) {
      try ExpositionParser.parse(bytes, &reader)
    } catch {
      giveBack(reader.state)
      throw error
    }
    giveBack(reader.state)
  }
}

/// What goes on from exposition to exposition of a round.
struct MetricState {
  var miner = MetricMiner()
  var matcher: ContractMatcher
  var tokenizer: LineTokenizer
  var summary = MetricSummary()
  var families: Set<String> = []
}

private struct ExpositionLearning: ExpositionVisitor {
  let bytes: UnsafeRawBufferPointer
  let path: String
  let isContent: (UnsafeRawBufferPointer, UnsafeRawBufferPointer?) -> Bool
  var state: MetricState
  private var line = 1
  private var counted = 0
  private var names: [String: Bool] = [:]

  init(
    bytes: UnsafeRawBufferPointer, path: String,
    isContent: @escaping (UnsafeRawBufferPointer, UnsafeRawBufferPointer?) -> Bool, state: MetricState
  ) {
    self.bytes = bytes
    self.path = path
    self.isContent = isContent
    self.state = state
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private mutating func place(_ offset: Int) -> LearningPlace {
    while counted < offset {
      if bytes[counted] == 0x0A { line += 1 }
      counted += 1
    }
    return LearningPlace(path: path, line: line)
  }

  /// A name that may be written down: an identifier that nobody bears and that does not read like conversation.
  private mutating func isWritable(_ range: Range<Int>) -> Bool {
    let name = text(range)
    if let known = names[name] { return known }
    let words = bytes[range].split { !ByteClass.letterOrUnderscore.contains($0) }
    let isIdentifier = bytes[range].allSatisfy { ByteClass.word.contains($0) || $0 == UInt8(ascii: ":") }
    let isGood =
      isIdentifier && range.count <= 120
      && words.allSatisfy { word in
        !word.split(separator: UInt8(ascii: "_")).contains { !Vocabulary.isPossible(Array($0)) }
      } && !isContent(UnsafeRawBufferPointer(rebasing: bytes[range]), nil)
    if names.count < MetricMiner.maximumLabels { names[name] = isGood }
    return isGood
  }

  mutating func type(name: Range<Int>, kind: Range<Int>) throws(Fault) {
    guard isWritable(name) else { return }
    state.miner.type(text(name), text(kind))
    // A family may be there before it has samples; its labels are then not known.
    let (family, kind, _) = state.miner.family(of: text(name))
    if state.matcher.family(text(name))?.rule == .family {
      _ = state.miner.meet(family, kind, at: place(name.lowerBound))
    }
  }

  mutating func sample(_ sample: borrowing ExpositionSample) throws(Fault) {
    let place = place(sample.name.lowerBound)
    state.summary.samples += 1
    guard isWritable(sample.name) else {
      state.summary.skipName(place)
      return
    }
    let name = text(sample.name)
    let (family, kind, ownLabel) = state.miner.family(of: name)
    let breach = state.matcher.family(name)
    if breach?.rule == .forbidden {
      state.summary.forbidden += 1
      return
    }
    if state.families.insert(family).inserted {
      state.summary.families += 1
      state.summary.claimed += breach == nil ? 1 : 0
    }
    guard breach == nil || state.miner.meet(family, kind, at: place) else { return }
    for index in sample.labels.indices {
      try label(sample.labels[index], of: name, family, ownLabel, isClaimed: breach == nil, place)
    }
  }

  private mutating func label(
    _ label: ExpositionSample.Label, of series: String, _ family: String, _ ownLabel: String?, isClaimed: Bool,
    _ place: LearningPlace
  ) throws(Fault) {
    guard isWritable(label.name) else {
      state.summary.skipName(place)
      return
    }
    let name = text(label.name)
    if !isClaimed, name == ownLabel { return }
    var value: [UInt8] = []
    ExpositionText.append(bytes, label.value, to: &value)
    let labelName = UnsafeRawBufferPointer(rebasing: bytes[label.name])
    value.withUnsafeBytes { raw in
      guard !isContent(raw, labelName) else {
        state.summary.skipContent(place)
        return
      }
      if isClaimed {
        guard let breach = state.matcher.label(name, raw, of: series) else { return }
        guard breach.rule != .forbidden else {
          state.summary.forbidden += 1
          return
        }
      }
      state.miner.add(name, raw, of: family, isClaimed: isClaimed, &state.tokenizer, at: place)
    }
  }
}
