import Detection
import Labelled
import Vocabulary

/// Trains the two tables.
///
/// The table of the whole text is one regression. The table of the carried stretch doesn't know which stretch of a line is
/// the conversation, so it is trained in rounds: at first on texts that are nothing but conversation, then each round on
/// the stretch of every row that the round before rated highest (and on more stretches of operational rows, all of which
/// are known to be none).
struct Training {
  var cost = 50.0
  var rounds = 3
  var wholeCount = 1 << 19
  var carriedCount = 1 << 19
  /// What a mix of `CarrierMix` counts, of a row. It costs bare texts a little recall and gains much on carriers that
  /// training hasn't seen (`evaluate --unseen-carriers`), of which every site has some.
  var mixShare = 0.1

  static let veryShortShare = 0.2
  static let wholeShare = 0.5
  static let runnerUpShare = 0.4
  /// A label's value is trained once with its name and once without, since scanners meet both.
  static let valueShare = 0.5

  func model(_ rows: [LabelledText]) -> LanguageModel {
    var mix = CarrierMix()
    let rows = rows + rows.compactMap(Self.valueAlone) + mix.mixes(of: rows)
    return LanguageModel(whole: whole(rows), carried: carried(rows))
  }

  private static func valueAlone(_ row: LabelledText) -> LabelledText? {
    guard let value = row.value, !value.isEmpty else { return nil }
    var copy = row
    copy.text = value
    copy.value = nil
    copy.carrier = "value alone"
    return copy
  }

  private func cost(_ row: LabelledText) -> Double {
    cost * (row.isVeryShort ? Self.veryShortShare : 1) * (row.carrier == "value alone" ? Self.valueShare : 1)
      * (row.carrier == "mix" ? mixShare : 1)
  }

  private func whole(_ rows: [LabelledText]) -> [Float] {
    var examples = SparseRows()
    let reading = LanguageReading()
    let mask = UInt32(wholeCount - 1)
    for row in rows {
      reading.read(row)
      reading.forEachWhole { examples.add($0 & mask, $1) }
      examples.end(isContent: row.isContent, cost: cost(row))
    }
    return LogisticRegression.train(examples, featureCount: wholeCount)
  }

  private func carried(_ rows: [LabelledText]) -> [Float] {
    var weights = firstRound(rows)
    for _ in 0..<rounds {
      let scorer = LanguageScorer(model: LanguageModel(whole: [0], carried: weights))
      weights = laterRound(rows, scorer)
    }
    return weights
  }

  private func firstRound(_ rows: [LabelledText]) -> [Float] {
    var examples = SparseRows()
    let reading = LanguageReading()
    for row in rows {
      reading.read(row)
      if row.isContent {
        guard row.surface == .label || reading.fieldCount <= 2 else { continue }
        add(row.surface == .label ? reading.valueStretch : reading.wholeStretch, of: reading, to: &examples)
      } else {
        add(reading.wholeStretch, of: reading, to: &examples)
      }
      examples.end(isContent: row.isContent, cost: cost(row))
    }
    return LogisticRegression.train(examples, featureCount: carriedCount)
  }

  private func laterRound(_ rows: [LabelledText], _ scorer: LanguageScorer) -> [Float] {
    var examples = SparseRows()
    let reading = LanguageReading()
    var candidates: [(stretch: LanguageStretch, sum: Float, place: Int)] = []
    for row in rows {
      reading.read(row)
      candidates.removeAll(keepingCapacity: true)
      scorer.forEachSum(of: reading) { candidates.append(($0, $1, candidates.count)) }
      if row.isContent {
        let best = candidates.max { $0.sum != $1.sum ? $0.sum < $1.sum : $0.place > $1.place }
        add(best?.stretch ?? reading.wholeStretch, of: reading, to: &examples)
        examples.end(isContent: true, cost: cost(row))
      } else {
        candidates.sort { $0.sum != $1.sum ? $0.sum > $1.sum : $0.place < $1.place }
        for (place, candidate) in candidates.prefix(3).enumerated() {
          add(candidate.stretch, of: reading, to: &examples)
          examples.end(isContent: false, cost: cost(row) * (place == 0 ? 1 : Self.runnerUpShare))
        }
        if !candidates.prefix(3).contains(where: { $0.stretch == reading.wholeStretch }) {
          add(reading.wholeStretch, of: reading, to: &examples)
          examples.end(isContent: false, cost: cost(row) * Self.wholeShare)
        }
      }
    }
    return LogisticRegression.train(examples, featureCount: carriedCount)
  }

  private func add(_ stretch: LanguageStretch, of reading: LanguageReading, to examples: inout SparseRows) {
    let mask = UInt32(carriedCount - 1)
    reading.forEachCarried(stretch) { examples.add($0 & mask, $1) }
  }
}

extension LanguageReading {
  func read(_ row: LabelledText) {
    var text = row.text
    text.withUTF8 { read(UnsafeRawBufferPointer($0), surface: row.surface) }
  }
}
