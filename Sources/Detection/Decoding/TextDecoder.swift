/// Undoes the encodings of a specimen in place, so that what stands around an encoded run is still judged with it: escapes
/// and colours, then percent and plus signs, then base64 and hex, with gzip, zlib and zstd inside; nested three deep.
///
/// Every layer of detection reads what it yields: the patterns, the canaries, token ids, prose, and the language model,
/// which was trained on exactly this text. It keeps its buffers from specimen to specimen and so belongs to one task at
/// a time; a limit on what comes out and one on attempts bound it on any input.
package final class TextDecoder {
  /// Nested encodings are followed this far.
  private static let maximumDepth = 3

  /// What an encoded run stood for.
  struct Run {
    /// Where it stands in the text that holds it.
    var range: Range<Int>
    /// The encoded run in the specimen.
    var source: Range<Int>
    var chain: DecodingChain
    /// Encoded and decoded it is longer than what is text by accident.
    var isLong: Bool
  }

  private let depth: Int
  private let budget: DecodingBudget
  private let once = MappedText()
  private let first = MappedText()
  private let second = MappedText()
  private let third = MappedText()
  let runs: RunDecoder
  private var current: PlacedText
  private(set) var encodings: Encodings = []

  /// - Parameter maximumDecoded: the most bytes that the encoded runs of one specimen stand for, all together.
  package convenience init(maximumDecoded: Int = DecodingBudget.usual) {
    self.init(depth: 0, budget: DecodingBudget(bytes: maximumDecoded))
  }

  init(depth: Int, budget: DecodingBudget) {
    self.depth = depth
    self.budget = budget
    runs = RunDecoder(depth: depth, budget: budget)
    current = PlacedText(UnsafeRawBufferPointer(start: nil, count: 0))
  }

  /// The text without its encodings, valid until the next `decode` and as long as the specimen is; the specimen itself where
  /// nothing was undone.
  var text: PlacedText { current }

  /// A limit stopped the decoding: some of the specimen was not seen as what it stands for.
  var wasCut: Bool { budget.wasExceeded }

  /// What stood encoded in the specimen, by its place in `text`; nested runs count with the one that holds them.
  var decodedRuns: [Run] { runs.runs }

  /// The text with one level of escapes undone, where there are several: formats that escape for themselves (nginx's logs)
  /// are known by what is left then.
  private(set) var onceUnescaped: PlacedText?

  /// Text that is judged beside `text`: what runs stand for before what is nested in them is undone, and text amid other
  /// bytes, whose runs stay as they are in `text`.
  var asideText: PlacedText { PlacedText(runs.aside) }

  /// The encodings that stood in a stretch of `text`.
  func encodings(in range: Range<Int>) -> Encodings {
    guard range.count < text.bytes.count else { return encodings }
    var found: Encodings = runs.opaqueMarks.contains { range.contains($0) } ? .opaque : []
    text.forEachSpan(in: range) { found.formUnion($2.encodings) }
    return found
  }

  /// By their place in `asideText`.
  var asides: [Run] { runs.asides }

  /// Long runs of base64's digits that are no text, as places in the specimen.
  var opaqueRuns: [Range<Int>] { runs.opaqueRuns }

  /// Other digits in the specimen would make no other text of what was undone: no run that holds some stood for anything.
  var isBlindToDigits: Bool { !runs.madeOfDigits && !wasCut }

  /// What runs stand for could be another thing if their digits were others; see `RunDecoder`.
  var dependsOnDigits: Bool { runs.dependsOnDigits }

  package func decode(_ specimen: UnsafeRawBufferPointer) {
    if depth == 0 { budget.begin(specimen.count) }
    encodings = []
    current = PlacedText(specimen)
    onceUnescaped = nil
    if depth == 0, StringEscapes.undoOnce(current, into: once) { onceUnescaped = PlacedText(once) }
    if StringEscapes.undo(current, into: first, encodings: &encodings) { current = PlacedText(first) }
    if PercentSigns.undo(current, into: second, encodings: &encodings) { current = PlacedText(second) }
    runs.begin()
    guard depth < Self.maximumDepth else { return }
    if runs.undo(current, into: third, encodings: &encodings) { current = PlacedText(third) }
  }
}
