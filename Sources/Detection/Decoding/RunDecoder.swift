import Compression

/// Undoes base64 (both alphabets, any alignment, padded or not) and hex in place, and what is compressed inside them.
final class RunDecoder {
  typealias Run = TextDecoder.Run

  /// Shortest run that may stand for text.
  private static let shortest = 12
  /// A run's first bytes are decoded before the rest is; most runs are no text, and that shows there.
  private static let firstLook = 64
  /// Longest word before a compressed stream that is found behind it.
  private static let longestGlue = 64
  /// Compressed streams may hold another.
  private static let maximumNesting = 3

  private(set) var runs: [Run] = []
  private(set) var asides: [Run] = []
  private(set) var opaqueRuns: [Range<Int>] = []
  /// Where in the text that was made a long run stands that is no text, at most one in each KB.
  private(set) var opaqueMarks: [Int] = []
  let aside = MappedText()

  /// Whether a run that holds digits was taken for one that may stand for text: with other digits it might.
  private(set) var dependsOnDigits = false
  /// Whether something was made of a run that holds digits: with other digits it would be another thing.
  private(set) var madeOfDigits = false
  // Of the run at hand.
  private var wasTried = false
  private var wasMade = false

  private let depth: Int
  private let budget: DecodingBudget
  private lazy var inner = TextDecoder(depth: depth + 1, budget: budget)
  private lazy var decompressor = Decompressor()
  private var scratch = Scratch()

  // Of the text at hand.
  private var text = PlacedText(UnsafeRawBufferPointer(start: nil, count: 0))
  private var bytes: UnsafeRawBufferPointer { text.bytes }
  private var output = MappedText()
  private var encodings: Encodings = []
  private var copied = 0
  private var isChanged = false

  init(depth: Int, budget: DecodingBudget) {
    self.depth = depth
    self.budget = budget
  }

  func begin() {
    runs.removeAll(keepingCapacity: true)
    asides.removeAll(keepingCapacity: true)
    opaqueRuns.removeAll(keepingCapacity: true)
    opaqueMarks.removeAll(keepingCapacity: true)
    aside.removeAll()
    dependsOnDigits = false
    madeOfDigits = false
  }

  /// Writes the text with what its runs stand for in quotation marks, each as a field of its own; false where none stands
  /// for text, and then `output` is of no use.
  func undo(_ text: PlacedText, into output: MappedText, encodings: inout Encodings) -> Bool {
    self.text = text
    self.output = output
    self.encodings = encodings
    copied = 0
    isChanged = false
    output.removeAll()
    let bytes = text.bytes
    let count = bytes.count
    var start = 0
    // A run of n bytes covers one of every n positions.
    while start + Self.shortest <= count {
      let probe = start + Self.shortest - 1
      guard Digits.isBase64(bytes[probe]) else {
        start = probe + 1
        continue
      }
      var low = probe
      while low > start, Digits.isBase64(bytes[low - 1]) { low -= 1 }
      var high = probe + 1
      while high < count, Digits.isBase64(bytes[high]) { high += 1 }
      guard high - low >= Self.shortest else {
        start = high
        continue
      }
      (wasTried, wasMade) = (false, false)
      start = run(low..<high)
      if wasTried, bytes[low..<high].contains(where: { $0 &- 0x30 < 10 }) {
        dependsOnDigits = true
        if wasMade { madeOfDigits = true }
      }
    }
    encodings = self.encodings
    guard isChanged else { return false }
    output.append(copied..<count, of: text)
    return true
  }

  /// Returns where reading goes on.
  private func run(_ range: Range<Int>) -> Int {
    var letters = RunLetters(bytes, range)
    let digits = letters.digits
    if decode(range, letters.step) { return skipPadding(after: range.upperBound) }
    guard range.count >= 16 else { return range.upperBound }
    // A path or a prefix glued to the run: try from each separator to the end, then each piece alone.
    var isDecoded = false
    var start = range.lowerBound
    while start < range.upperBound {
      if start > range.lowerBound, range.upperBound - start >= 16, decode(start..<range.upperBound, letters.step) {
        isDecoded = true
        break
      }
      var end = start
      while end < range.upperBound, !Self.separates(bytes[end]) { end += 1 }
      if end - start >= Self.shortest, decode(start..<end, RunLetters(bytes, start..<end).step) { isDecoded = true }
      end = min(end + 1, range.upperBound)
      for index in start..<end { letters.drop(bytes[index]) }
      start = end
    }
    if isDecoded || unpackGlued(in: range) { return skipPadding(after: range.upperBound) }
    if range.count >= 20, digits >= 3 { markOpaque(output.count + range.lowerBound - copied) }
    lookForFragments(in: range)
    return range.upperBound
  }

  private static func separates(_ byte: UInt8) -> Bool { byte == 0x2F || byte == 0x2D || byte == 0x5F }

  private func skipPadding(after end: Int) -> Int {
    if copied < end { output.append(copied..<end, of: text) }
    copied = end
    while copied < bytes.count, bytes[copied] == 0x3D { copied += 1 }
    return copied
  }

  private func markOpaque(_ place: Int) {
    encodings.insert(.opaque)
    if opaqueMarks.last.map({ $0 >> 10 != place >> 10 }) ?? true { opaqueMarks.append(place) }
  }

  // MARK: Whole runs

  private func decode(_ range: Range<Int>, _ step: DecodingChain.Step?) -> Bool {
    guard let step else { return false }
    wasTried = true
    return (0..<(step == .hex ? 2 : 4)).contains { decode(range, step, skipping: $0) }
  }

  private func decode(_ range: Range<Int>, _ step: DecodingChain.Step, skipping: Int) -> Bool {
    let run = UnsafeRawBufferPointer(rebasing: bytes[range])
    let count = RunLetters.decodedCount(run.count - skipping, step)
    let head = scratch.buffer(of: min(count, Self.firstLook))
    let headCount = RunLetters.decode(run, step, skipping: skipping, into: head)
    let start = UnsafeRawBufferPointer(rebasing: head[..<headCount])
    let looksLikeText = TextLikeness.letters(ofPrintable: start) != nil
    if count >= 12, let compression = Compression(start), compression != .gzip || count >= 18,
      unpack(compression, run, range, step, skipping: skipping, count)
    {
      return true
    }
    guard looksLikeText, let raw = whole(run, step, skipping: skipping, count), TextLikeness.isText(raw)
    else { return false }
    encodings.insert(step == .hex ? .hex : .base64)
    insert(raw, from: range, by: text.chain(of: range).adding(step))
    return true
  }

  /// The run decoded, as far as the budget goes; nil where it does not go that far.
  private func whole(
    _ run: UnsafeRawBufferPointer, _ step: DecodingChain.Step, skipping: Int, _ count: Int
  ) -> UnsafeRawBufferPointer? {
    let room = min(count, budget.left)
    if room < count { budget.exceed() }
    guard room > 0, budget.attempt(room) else { return nil }
    let written = RunLetters.decode(run, step, skipping: skipping, into: scratch.buffer(of: room))
    return scratch.bytes(written)
  }

  private func unpack(
    _ compression: Compression, _ run: UnsafeRawBufferPointer, _ range: Range<Int>, _ step: DecodingChain.Step,
    skipping: Int, _ count: Int
  ) -> Bool {
    guard let raw = whole(run, step, skipping: skipping, count) else { return false }
    var chain = text.chain(of: range).adding(step)
    var next: Compression? = compression
    var unpacked: [UInt8] = []
    var nesting = 0
    while let stream = next, nesting < Self.maximumNesting {
      let (out, wasCut) =
        nesting == 0
        ? decompressor.decompress(raw, stream, limit: budget.left)
        : unpacked.withUnsafeBytes { decompressor.decompress($0, stream, limit: budget.left) }
      if wasCut { budget.exceed() }
      guard out.count > 3 else { break }
      unpacked = out
      chain = chain.adding(stream.step)
      nesting += 1
      next = unpacked.withUnsafeBytes { TextLikeness.isText($0) ? nil : Compression($0) }
    }
    let isText = unpacked.withUnsafeBytes(TextLikeness.isText)
    // Of zlib's two bytes nothing is known until text comes out.
    guard nesting > 0, isText || compression != .zlib else { return false }
    encodings.insert(.compressed)
    if isText {
      unpacked.withUnsafeBytes { insert($0, from: range, by: chain) }
    } else {
      replace(range) { output.append(0x20, decodedFrom: $0, by: chain) }
    }
    return true
  }

  /// A compressed stream between letters that are no part of it, as where a program writes a value right behind a word: what
  /// compressors begin with looks the same in every stream, since encoders begin at a whole group.
  private func unpackGlued(in range: Range<Int>) -> Bool {
    guard range.count >= Self.shortestBase64 else { return false }
    for index in range.dropLast(Self.shortestBase64 - 1).prefix(Self.longestGlue) {
      guard let step = Compression.step(ofEncodedStreamAt: index, in: bytes) else { continue }
      wasTried = true
      var end = range.upperBound
      if step == .hex { end = range[index...].first { Digits.hex(bytes[$0]) == nil } ?? end }
      if end - index >= Self.shortestBase64, decode(index..<end, step, skipping: 0) { return true }
    }
    return false
  }

  /// What the run stands for, decoded again, as a field of its own.
  private func insert(_ raw: UnsafeRawBufferPointer, from range: Range<Int>, by chain: DecodingChain) {
    let isHex = chain.steps.contains(.hex)
    let isLong = raw.count >= 14 && range.count >= (isHex ? Self.shortestHex : Self.shortestBase64)
    budget.spend(raw.count)
    inner.decode(raw)
    encodings.formUnion(inner.encodings)
    replace(range) { source in
      output.append(0x22, decodedFrom: source, by: chain)
      for mark in inner.runs.opaqueMarks { markOpaque(output.count + mark) }
      append(inner.text, to: output, from: source, by: chain, isLong: isLong, noting: &runs)
      output.append(0x22, decodedFrom: source, by: chain)
    }
    if inner.text.isDecoded { setAside(raw, from: text.source(of: range), by: chain) }
    takeAsides(ofInner: text.source(of: range), by: chain)
  }

  private func replace(_ range: Range<Int>, by body: (Range<UInt32>) -> Void) {
    if copied < range.lowerBound { output.append(copied..<range.lowerBound, of: text) }
    let source = text.source(of: range)
    body(UInt32(source.lowerBound)..<UInt32(source.upperBound))
    copied = range.upperBound
    isChanged = true
    wasMade = true
  }

  private func append(
    _ inner: PlacedText, to output: MappedText, from source: Range<UInt32>, by chain: DecodingChain,
    isLong: Bool, noting runs: inout [Run]
  ) {
    let start = output.count
    inner.forEachSpan(in: 0..<inner.bytes.count) { part, _, own in
      output.append(
        UnsafeRawBufferPointer(rebasing: inner.bytes[part]), decodedFrom: source, by: chain.adding(own))
    }
    runs.append(
      Run(
        range: start..<output.count, source: Int(source.lowerBound)..<Int(source.upperBound), chain: chain,
        isLong: isLong))
  }

  // MARK: Text amid other bytes

  /// Text in a run that is none as a whole: a message in a binary encoding, or text behind characters that are no part of it.
  private func lookForFragments(in range: Range<Int>) {
    guard range.count >= Self.shortestBase64 else { return }
    var start = range.lowerBound
    while start < range.upperBound {
      var end = start
      while end < range.upperBound, Digits.hex(bytes[end]) != nil { end += 1 }
      if end - start >= Self.shortestHex { _ = fragment(start..<end, .hex) }
      start = max(end, start + 1)
    }
    let run = UnsafeRawBufferPointer(rebasing: bytes[range])
    guard RunLetters.lookLikeBase64(run), !fragment(range, .base64) else { return }
    if run.count >= Self.shortestOpaque, TextLikeness.entropy(run) >= Self.opaqueEntropy {
      wasMade = true
      opaqueRuns.append(text.source(of: range))
    }
  }

  /// Eighteen bytes of base64, sixteen of hex: less is an accident too often.
  static let shortestBase64 = 24
  static let shortestHex = 32
  private static let shortestOpaque = 200
  private static let opaqueEntropy = 5.0

  private func fragment(_ range: Range<Int>, _ step: DecodingChain.Step) -> Bool {
    wasTried = true
    let run = UnsafeRawBufferPointer(rebasing: bytes[range])
    for skipping in 0..<(step == .hex ? 2 : 4) {
      let count = RunLetters.decodedCount(run.count - skipping, step)
      let head = scratch.buffer(of: min(count, 96))
      let headCount = RunLetters.decode(run, step, skipping: skipping, into: head)
      let start = UnsafeRawBufferPointer(rebasing: head[..<headCount])
      guard TextLikeness.longestText(in: start) != nil || run.count > 160,
        let raw = whole(run, step, skipping: skipping, count), let place = TextLikeness.longestText(in: raw)
      else { continue }
      let chain = text.chain(of: range).adding(step)
      let source = text.source(of: range)
      budget.spend(place.count)
      inner.decode(UnsafeRawBufferPointer(rebasing: raw[place]))
      append(
        inner.text, to: aside, from: UInt32(source.lowerBound)..<UInt32(source.upperBound), by: chain,
        isLong: true, noting: &asides)
      takeAsides(ofInner: source, by: chain)
      wasMade = true
      return true
    }
    return false
  }

  /// Takes over what the decoder of the next depth set aside.
  private func takeAsides(ofInner source: Range<Int>, by chain: DecodingChain) {
    for run in inner.asides {
      setAside(
        UnsafeRawBufferPointer(rebasing: inner.asideText.bytes[run.range]), from: source, by: chain.adding(run.chain))
    }
  }

  private func setAside(_ bytes: UnsafeRawBufferPointer, from source: Range<Int>, by chain: DecodingChain) {
    let start = aside.count
    aside.append(bytes, decodedFrom: UInt32(source.lowerBound)..<UInt32(source.upperBound), by: chain)
    asides.append(Run(range: start..<aside.count, source: source, chain: chain, isLong: false))
  }
}

extension Compression {
  /// The encoding of what may be a compressed stream's first bytes, by their first letters: gzip's 1F 8B 08, zlib's 78 with 01, 5E,
  /// 9C or DA, zstd's 28 B5 2F FD. Digits count as any digit, since verdicts are remembered without them.
  fileprivate static func step(ofEncodedStreamAt index: Int, in bytes: UnsafeRawBufferPointer) -> DecodingChain.Step? {
    func stands(_ letters: StaticString, folding: UInt8 = 0) -> Bool {
      (0..<letters.utf8CodeUnitCount).allSatisfy { offset in
        let (letter, byte) = (letters.utf8Start[offset], bytes[index + offset])
        return byte | folding == letter || (byte &- 0x30 < 10 && letter &- 0x30 < 10)
      }
    }
    switch bytes[index] {
    case UInt8(ascii: "H"): return stands("H4sI") ? .base64 : nil
    case UInt8(ascii: "K"): return stands("KLUv") ? .base64 : nil
    case UInt8(ascii: "e"): return stands("eJ") || stands("eN") || stands("eA") || stands("eF") ? .base64 : nil
    case 0x30...0x39:
      let isStream =
        stands("78da", folding: 0x20) || stands("789c", folding: 0x20) || stands("785e", folding: 0x20)
        || stands("7801", folding: 0x20)
        || stands("1f8b08", folding: 0x20) || stands("28b52ffd", folding: 0x20)
      return isStream ? .hex : nil
    default: return nil
    }
  }

  var step: DecodingChain.Step {
    switch self {
    case .gzip: .gzip
    case .zlib: .zlib
    case .zstd: .zstd
    }
  }
}
