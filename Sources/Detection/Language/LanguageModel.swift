import CLanguageTable

/// The weights that the scorer adds up: two tables of one byte a feature, and how the two sums make one log-odds.
///
/// `whole` weighs the text as it stands, carrier and all; `carried` weighs a stretch of it by what it says. A byte `q`
/// stands for the weight `sign(q) · (q / 127)² · greatest`: fine steps near nought, where most weights are.
package final class LanguageModel: @unchecked Sendable {
  // Never written after `init`, and freed with the model alone: safe to share.
  let whole: UnsafeBufferPointer<Int8>
  let carried: UnsafeBufferPointer<Int8>
  let wholeStep: [Float]
  let carriedStep: [Float]
  /// Weights of `LanguageReading.forEachStretchKey`, by key: they are asked for with every stretch.
  let stretchWeights: UnsafeBufferPointer<Float>
  package let figures: LanguageFigures
  private let owned: [UnsafeMutableBufferPointer<Int8>]

  package static let featureCount = 1 << 20

  /// The model in the binary, which `language-trainer` wrote.
  package static let embedded = LanguageModel(
    table: UnsafeBufferPointer(start: sigilo_language_table(), count: sigilo_language_table_size()), figures: .embedded)

  /// A model as `tableBytes` and its figures were stored; nil where the table is not of the size that the figures say.
  package init?(tableBytes: [UInt8], figures: LanguageFigures) {
    guard figures.wholeCount.nonzeroBitCount == 1, figures.carriedCount.nonzeroBitCount == 1,
      figures.wholeCount <= Self.featureCount, figures.carriedCount <= Self.featureCount,
      tableBytes.count == figures.wholeCount + figures.carriedCount, figures.offsets.count == 4,
      figures.alone.count == LanguageFigures.evenly.count
    else { return nil }
    let table = UnsafeMutableBufferPointer<Int8>.allocate(capacity: tableBytes.count)
    for index in tableBytes.indices { table[index] = Int8(bitPattern: tableBytes[index]) }
    owned = [table]
    whole = UnsafeBufferPointer(rebasing: table[..<figures.wholeCount])
    carried = UnsafeBufferPointer(rebasing: table[figures.wholeCount...])
    wholeStep = Self.steps(figures.wholeGreatest)
    carriedStep = Self.steps(figures.carriedGreatest)
    self.figures = figures
    stretchWeights = Self.stretchWeights(carried, carriedStep)
  }

  private init(table: UnsafeBufferPointer<Int8>, figures: LanguageFigures) {
    precondition(table.count == figures.wholeCount + figures.carriedCount, "the language table has another size")
    whole = UnsafeBufferPointer(rebasing: table[..<figures.wholeCount])
    carried = UnsafeBufferPointer(rebasing: table[figures.wholeCount...])
    wholeStep = Self.steps(figures.wholeGreatest)
    carriedStep = Self.steps(figures.carriedGreatest)
    self.figures = figures
    owned = []
    stretchWeights = Self.stretchWeights(carried, carriedStep)
  }

  /// A model from weights just trained; both counts are powers of two of at most `featureCount`. Its figures put the sums
  /// together unweighed.
  package init(whole: [Float], carried: [Float]) {
    let tables = [whole, carried].map { weights in
      let table = UnsafeMutableBufferPointer<Int8>.allocate(capacity: weights.count)
      let greatest = Self.greatest(weights)
      for index in weights.indices {
        let level = (127 * (abs(weights[index]) / greatest).squareRoot()).rounded()
        table[index] = Int8(weights[index] < 0 ? -level : level)
      }
      return table
    }
    owned = tables
    self.whole = UnsafeBufferPointer(tables[0])
    self.carried = UnsafeBufferPointer(tables[1])
    figures = LanguageFigures(
      wholeCount: whole.count, carriedCount: carried.count, wholeGreatest: Self.greatest(whole),
      carriedGreatest: Self.greatest(carried), wholeSlope: 1, carriedSlope: 1, offsets: [0, 0, 0, 0])
    wholeStep = Self.steps(figures.wholeGreatest)
    carriedStep = Self.steps(figures.carriedGreatest)
    stretchWeights = Self.stretchWeights(self.carried, carriedStep)
  }

  deinit {
    stretchWeights.deallocate()
    for table in owned { table.deallocate() }
  }

  private static func stretchWeights(
    _ table: UnsafeBufferPointer<Int8>, _ step: [Float]
  ) -> UnsafeBufferPointer<Float> {
    let weights = UnsafeMutableBufferPointer<Float>.allocate(capacity: LanguageReading.stretchKeys)
    for key in weights.indices {
      let feature = LanguageReading.dense(UInt64(key)) & UInt32(table.count - 1)
      weights.initializeElement(at: key, to: step[Int(UInt8(bitPattern: table[Int(feature)]))])
    }
    return UnsafeBufferPointer(weights)
  }

  private static func greatest(_ weights: [Float]) -> Float { max(weights.lazy.map { abs($0) }.max() ?? 0, 1e-6) }

  /// The weight of each byte, by its bit pattern.
  private static func steps(_ greatest: Float) -> [Float] {
    (0..<256).map {
      let level = Float(Int8(bitPattern: UInt8($0))) / 127
      return level * abs(level) * greatest
    }
  }

  /// The tables' bytes as they are stored, the whole text's first.
  package var tableBytes: [UInt8] { (Array(whole) + Array(carried)).map { UInt8(bitPattern: $0) } }
}

/// The few figures of a model beside its tables.
package struct LanguageFigures: Sendable, Hashable, Codable {
  package var wholeCount: Int
  package var carriedCount: Int
  package var wholeGreatest: Float
  package var carriedGreatest: Float
  /// Log-odds = offset of the surface + slope · sum, for both sums; fitted on texts that the tables had not seen.
  package var wholeSlope: Float
  package var carriedSlope: Float
  /// In the order of `LanguageReading.number`.
  package var offsets: [Float]
  /// Of a text that stands alone in a document: the weight of each of `LanguageScorer.parts`, and the offset.
  package var alone: [Float]

  /// Parts as they come.
  static let evenly: [Float] = [1, 1, 1, 1, 1, 1, 1, 1, 0]

  package init(
    wholeCount: Int, carriedCount: Int, wholeGreatest: Float, carriedGreatest: Float, wholeSlope: Float,
    carriedSlope: Float, offsets: [Float], alone: [Float]? = nil
  ) {
    self.wholeCount = wholeCount
    self.carriedCount = carriedCount
    self.wholeGreatest = wholeGreatest
    self.carriedGreatest = carriedGreatest
    self.wholeSlope = wholeSlope
    self.carriedSlope = carriedSlope
    self.offsets = offsets
    self.alone = alone ?? Self.evenly
  }
}
