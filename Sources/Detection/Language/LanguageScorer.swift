public import Vocabulary

/// What the language of a text says: conversation with an LLM, or operation of machines.
public struct LanguageScore: Sendable, Hashable {
  /// Natural-log odds that the text holds conversation; 0 is even.
  public var logOdds: Double
  /// The bytes that speak most for it (an encoded run, where they were encoded).
  public var region: Range<Int>
}

/// Tells conversation from operational text by its language: any length from four words on, as it stands, inside a carrier,
/// or encoded.
///
/// Two sums of weights of n-grams, word shapes and kinds of words make the score (`LanguageModel`): one of the whole text,
/// one of the stretch between delimiters that looks most like conversation. A scorer keeps its buffers from call to call
/// and so belongs to one task at a time; every input is bounded work.
public final class LanguageScorer {
  let model: LanguageModel
  let reading = LanguageReading()
  lazy var decoder = TextDecoder()
  private var characterSums = FlatList<Float>()
  private var shapeSums = FlatList<Float>()
  private var kindSums = FlatList<Float>()
  private var leftSums: [Float] = []

  /// Longer texts are judged in overlapping windows.
  static let window = 8192
  static let overlap = 1024

  public convenience init() { self.init(model: .embedded) }

  package init(model: LanguageModel) { self.model = model }

  /// The log-odds that `bytes` hold conversation.
  public func logOdds(_ bytes: UnsafeRawBufferPointer, surface: Surface) -> Double {
    score(bytes, surface: surface).logOdds
  }

  /// Scores a text as it stands; a label is given as its value or as `name="value"`.
  public func score(_ bytes: UnsafeRawBufferPointer, surface: Surface) -> LanguageScore {
    decoder.decode(bytes)
    return score(decoder, surface: surface)
  }

  /// Scores what was made of a specimen; the region is that of the specimen.
  func score(_ decoder: TextDecoder, surface: Surface) -> LanguageScore { strongest(decoder, surface).score }

  /// The score of the window that speaks most for conversation, and its sums.
  func strongest(_ decoder: TextDecoder, _ surface: Surface) -> (window: Range<Int>, score: LanguageScore) {
    let count = decoder.text.bytes.count
    let first = 0..<min(count, Self.window)
    var best = (window: first, score: score(decoder, first, surface))
    var start = Self.window - Self.overlap
    while start + Self.overlap < count {
      let window = start..<min(count, start + Self.window)
      let next = score(decoder, window, surface)
      if next.logOdds > best.score.logOdds { best = (window, next) }
      start += Self.window - Self.overlap
    }
    return best
  }

  private func score(_ decoder: TextDecoder, _ window: Range<Int>, _ surface: Surface) -> LanguageScore {
    let sums = sums(decoder, window, surface)
    let figures = model.figures
    let logOdds =
      figures.offsets[LanguageReading.number(surface)] + figures.wholeSlope * sums.whole
      + figures.carriedSlope * sums.carried
    return LanguageScore(logOdds: Double(logOdds), region: reading.region(of: sums.stretch))
  }

  /// The two sums before they are put together, of a text's first window.
  package func parts(_ bytes: UnsafeRawBufferPointer, surface: Surface) -> (whole: Float, carried: Float) {
    decoder.decode(bytes)
    let sums = sums(decoder, 0..<min(decoder.text.bytes.count, Self.window), surface)
    return (sums.whole, sums.carried)
  }

  func sums(
    _ decoder: TextDecoder, _ window: Range<Int>, _ surface: Surface
  ) -> (whole: Float, carried: Float, stretch: Fields.Stretch) {
    reading.read(decoder, window, surface: surface)
    let (stretch, carried) = bestStretch(of: reading)
    return (wholeSum(), carried, stretch)
  }

  private func wholeSum() -> Float {
    let mask = UInt32(model.whole.count - 1)
    var total: Float = 0
    model.wholeStep.withUnsafeBufferPointer { step in
      let table = model.whole
      reading.forEachWholeStream { features, weight in
        guard !features.isEmpty else { return }
        var sum: Float = 0
        for feature in features { sum += step[Int(UInt8(bitPattern: table[Int(feature & mask)]))] }
        total += weight * sum / Float(features.count).squareRoot()
      }
      reading.forEachWholeFeature { feature, value in
        total += value * step[Int(UInt8(bitPattern: table[Int(feature & mask)]))]
      }
    }
    return total
  }

  /// The stretch with the greatest sum.
  private func bestStretch(of reading: LanguageReading) -> (LanguageStretch, Float) {
    var best = (reading.wholeStretch, -Float.infinity)
    forEachSum(of: reading) { if $1 > best.1 { best = ($0, $1) } }
    return best
  }

  /// Calls `body` with every candidate of `reading`, which may be another scorer's, and its sum.
  package func forEachSum(of reading: LanguageReading, _ body: (LanguageStretch, Float) -> Void) {
    let table = model.carried
    let mask = UInt32(table.count - 1)
    let weights = LanguageReading.stretchWeights
    model.carriedStep.withUnsafeBufferPointer { step in
      let keyed = model.stretchWeights
      @inline(__always) func weight(_ feature: UInt32) -> Float {
        step[Int(UInt8(bitPattern: table[Int(feature & mask)]))]
      }
      Self.accumulate(reading.carried.characters, into: &characterSums, weight)
      Self.accumulate(reading.carried.shape, into: &shapeSums, weight)
      Self.accumulate(reading.carried.kinds, into: &kindSums, weight)
      var line: (part: Float, whole: Float) = (0, 0)
      reading.forEachLineFeature(isWhole: false) { line.part += $1 * weight($0) }
      reading.forEachLineFeature(isWhole: true) { line.whole += $1 * weight($0) }
      leftSums.removeAll(keepingCapacity: true)
      for cut in reading.fields.cuts.indices {
        var sum: Float = 0
        reading.forEachLeftFeature(cut: cut) { sum += $1 * weight($0) }
        leftSums.append(sum)
      }
      reading.fields.forEachStretch { stretch in
        let range = reading.positions(of: stretch)
        var sum = leftSums[stretch.from] + (reading.isWhole(stretch) ? line.whole : line.part)
        sum += weights.characters * Self.mean(reading.carried.characters, characterSums, range)
        sum += weights.shape * Self.mean(reading.carried.shape, shapeSums, range)
        sum += weights.kinds * Self.mean(reading.carried.kinds, kindSums, range)
        reading.forEachStretchKey(stretch) { sum += $1 * keyed[$0] }
        body(stretch, sum)
      }
    }
  }

  /// Running sums of the weights of all features that end before each position.
  @inline(__always)
  private static func accumulate(
    _ stream: borrowing GramStreams.Stream, into sums: inout FlatList<Float>, _ weight: (UInt32) -> Float
  ) {
    sums.begin(stream.first.count)
    var total: Float = 0
    var next = 0
    for place in 0..<stream.first.count {
      let first = Int(stream.first[place])
      while next < first {
        total += weight(stream.features[next])
        next += 1
      }
      sums.append(total)
    }
  }

  /// The sum over a range of positions, divided by the root of its number of features, so that long and short compare.
  @inline(__always)
  private static func mean(
    _ stream: borrowing GramStreams.Stream, _ sums: borrowing FlatList<Float>, _ range: Range<Int>
  ) -> Float {
    let count = stream.first[range.upperBound] - stream.first[range.lowerBound]
    guard count > 0 else { return 0 }
    return (sums[range.upperBound] - sums[range.lowerBound]) / Float(count).squareRoot()
  }
}
