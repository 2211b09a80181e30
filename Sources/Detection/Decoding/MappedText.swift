/// Text that was made of another, and where in the specimen each of its bytes comes from.
///
/// Places are kept by stretches and not by bytes, since most of a text is copied as it stands. Bytes that an encoded run
/// stood for all come from the whole run.
final class MappedText {
  struct Span {
    /// Its first byte in this text; it reaches to the next span.
    var start: UInt32
    /// Where it comes from. Without a chain its bytes stand in the specimen one by one; with one, all come from all of it.
    var source: UInt32
    var sourceEnd: UInt32
    var chain: DecodingChain
  }

  private var storage = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  private(set) var count = 0
  private(set) var spans: [Span] = []

  deinit { storage.deallocate() }

  /// Valid until the text is changed.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: storage[..<count]) }

  func removeAll() {
    count = 0
    spans.removeAll(keepingCapacity: true)
  }

  // MARK: Writing

  /// Adds bytes that stand at `source` of the specimen as they are here.
  func append(verbatim bytes: UnsafeRawBufferPointer, from source: Int) {
    guard !bytes.isEmpty else { return }
    let source = UInt32(source)
    let end = source + UInt32(bytes.count)
    if let last = spans.last, last.chain.isEmpty, last.sourceEnd == source {
      spans[spans.count - 1].sourceEnd = end
    } else {
      spans.append(Span(start: UInt32(count), source: source, sourceEnd: end, chain: DecodingChain()))
    }
    add(bytes)
  }

  /// Adds bytes that came out of a stretch of the specimen.
  func append(_ bytes: UnsafeRawBufferPointer, decodedFrom source: Range<UInt32>, by chain: DecodingChain) {
    guard !bytes.isEmpty else { return }
    if let last = spans.last, last.chain == chain, last.source == source.lowerBound, last.sourceEnd == source.upperBound
    {
      // More of what the same run stands for.
    } else {
      spans.append(
        Span(start: UInt32(count), source: source.lowerBound, sourceEnd: source.upperBound, chain: chain))
    }
    add(bytes)
  }

  func append(_ byte: UInt8, decodedFrom source: Range<UInt32>, by chain: DecodingChain) {
    withUnsafeBytes(of: byte) { append($0, decodedFrom: source, by: chain) }
  }

  /// Adds a stretch of another text with its places.
  func append(_ range: Range<Int>, of other: PlacedText) {
    other.forEachSpan(in: range) { part, source, chain in
      let bytes = UnsafeRawBufferPointer(rebasing: other.bytes[part])
      if chain.isEmpty {
        append(verbatim: bytes, from: Int(source.lowerBound))
      } else {
        append(bytes, decodedFrom: source, by: chain)
      }
    }
  }

  private func add(_ bytes: UnsafeRawBufferPointer) {
    let end = count + bytes.count
    if end > storage.count {
      let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(end, 2 * storage.count, 512), alignment: 16)
      larger.copyMemory(from: self.bytes)
      storage.deallocate()
      storage = larger
    }
    UnsafeMutableRawBufferPointer(rebasing: storage[count..<end]).copyMemory(from: bytes)
    count = end
  }
}

/// A text as it is read: the specimen itself, where each byte stands at its own place, or one made of it.
struct PlacedText {
  let bytes: UnsafeRawBufferPointer
  /// Nil for the specimen itself.
  private let map: MappedText?

  init(_ specimen: UnsafeRawBufferPointer) {
    bytes = specimen
    map = nil
  }

  init(_ map: MappedText) {
    bytes = map.bytes
    self.map = map
  }

  /// Whether anything was undone.
  var isDecoded: Bool { map != nil }

  /// The stretch of the specimen that a stretch of the text comes from.
  func source(of range: Range<Int>) -> Range<Int> {
    guard let spans = map?.spans, !spans.isEmpty, !bytes.isEmpty else { return range }
    let first = min(range.lowerBound, bytes.count - 1)
    let last = max(first, range.upperBound - 1)
    let from = spans[Self.index(of: first, in: spans)]
    let to = spans[Self.index(of: last, in: spans)]
    let start = Int(from.source) + (from.chain.isEmpty ? first - Int(from.start) : 0)
    let end = to.chain.isEmpty ? Int(to.source) + last + 1 - Int(to.start) : Int(to.sourceEnd)
    return start..<max(start, end)
  }

  /// What was undone to see a stretch: the longest chain in it, and the steps that other parts of it add.
  func decodings(of range: Range<Int>) -> [String] {
    let longest = chain(of: range)
    guard !longest.isEmpty else { return [] }
    var names = longest.names
    forEachSpan(in: range) { _, _, chain in
      guard !chain.isEmpty, chain != longest else { return }
      for name in chain.names where !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// The longest chain among those of a stretch.
  func chain(of range: Range<Int>) -> DecodingChain {
    var longest = DecodingChain()
    forEachSpan(in: range) { _, _, chain in
      if chain.count > longest.count { longest = chain }
    }
    return longest
  }

  /// Calls `body` with each stretch of one origin: where it stands in the text, where it comes from, and how.
  @inline(__always)
  func forEachSpan(in range: Range<Int>, _ body: (Range<Int>, Range<UInt32>, DecodingChain) -> Void) {
    guard !range.isEmpty else { return }
    guard let spans = map?.spans else {
      return body(range, UInt32(range.lowerBound)..<UInt32(range.upperBound), DecodingChain())
    }
    var index = Self.index(of: range.lowerBound, in: spans)
    while index < spans.count, Int(spans[index].start) < range.upperBound {
      let span = spans[index]
      let end = index + 1 < spans.count ? Int(spans[index + 1].start) : bytes.count
      let part = max(range.lowerBound, Int(span.start))..<min(range.upperBound, end)
      if span.chain.isEmpty {
        let start = span.source + UInt32(part.lowerBound) - span.start
        body(part, start..<start + UInt32(part.count), span.chain)
      } else {
        body(part, span.source..<span.sourceEnd, span.chain)
      }
      index += 1
    }
  }

  /// The span that holds a byte.
  private static func index(of offset: Int, in spans: [MappedText.Span]) -> Int {
    var (low, high) = (0, spans.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if Int(spans[middle].start) <= offset { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
