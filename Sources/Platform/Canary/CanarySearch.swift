/// Searches what a run wrote for what it planted: invariant 1 of the design.
///
/// Words are runs of letters (bytes from 0x80 on count as letters), compared without case of ASCII. Five consecutive words
/// of a canary text betray it also where no marker stands among them.
public struct CanarySearch: Sendable {
  private let markers: Set<UInt64>
  private let runs: Set<UInt64>

  /// Words in a row that count as a sighting.
  public static let run = 5

  public init(_ text: CanaryText) {
    var markers = Set(text.markers.map(Self.hash))
    var runs: Set<UInt64> = []
    let ledger = text.ledger
    for text in text.texts {
      Array(text.utf8).withUnsafeBytes { bytes in
        Self.scan(bytes) { _, run in
          if let run { runs.insert(run) }
          return true
        }
      }
      // With their accents as they went out, too.
      for word in text.split(separator: " ") where ledger.entry(of: String(word)) != nil {
        markers.insert(Self.hash(String(word)))
      }
    }
    self.markers = markers
    self.runs = runs
  }

  /// True where the bytes hold any marker.
  public func containsMarker(in bytes: UnsafeRawBufferPointer) -> Bool {
    var found = false
    Self.scan(bytes) { word, _ in
      found = markers.contains(word)
      return !found
    }
    return found
  }

  /// True where the bytes hold any five consecutive words of a canary text.
  public func containsFiveConsecutiveWords(in bytes: UnsafeRawBufferPointer) -> Bool {
    var found = false
    Self.scan(bytes) { _, run in
      found = run.map(runs.contains) ?? false
      return !found
    }
    return found
  }

  private static let basis: UInt64 = 0xCBF2_9CE4_8422_2325

  private static func hash(_ word: String) -> UInt64 {
    word.utf8.reduce(into: basis) { mix($1, into: &$0) }
  }

  private static func mix(_ byte: UInt8, into hash: inout UInt64) {
    hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
  }

  /// Calls `visit` with the hash of each word, and of the last five once there are five; stops where it returns false.
  private static func scan(_ bytes: UnsafeRawBufferPointer, _ visit: (UInt64, UInt64?) -> Bool) {
    var last = [UInt64](repeating: 0, count: run)
    var words = 0
    var hash = basis
    var inWord = false
    func end() -> Bool {
      guard inWord else { return true }
      inWord = false
      last[words % run] = hash
      words += 1
      var whole: UInt64?
      if words >= run {
        var mixed = basis
        for offset in 0..<run { mixed = (mixed ^ last[(words + offset) % run]) &* 0x9E37_79B9_7F4A_7C15 }
        whole = mixed
      }
      return visit(hash, whole)
    }
    for byte in bytes {
      let lower = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
      if (lower >= 0x61 && lower <= 0x7A) || lower >= 0x80 {
        if !inWord { hash = basis }
        inWord = true
        mix(lower, into: &hash)
      } else if !end() {
        return
      }
    }
    _ = end()
  }
}
