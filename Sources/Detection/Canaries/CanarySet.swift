/// The marker words of a run, searched for in one pass whose cost does not depend on their number: a hash of the first
/// letters at every position inside a run of letters, confirmed by comparison. ASCII letters match in either case.
public struct CanarySet: Sendable {
  /// Longest marker, in letters.
  static let longest = 32

  private final class Table: @unchecked Sendable {
    /// Letters by which a marker is looked up.
    let prefix: Int
    let markers: [[UInt8]]
    /// Message of each marker.
    let messages: [Int]
    /// Markers of each message.
    let planted: [Int]
    /// Index of a marker plus one, or 0, by hash; open addressing, at most a quarter full.
    let slots: UnsafeMutablePointer<UInt32>
    let mask: Int
    /// One bit for each hash that a marker has, small enough to stay in the nearest cache; most positions end here.
    let bits: UnsafeMutablePointer<UInt64>
    let bitMask: Int
    /// One bit for each hash that a beginning of a marker has.
    let beginnings: UnsafeMutablePointer<UInt64>
    let beginningMask: Int

    init(_ markers: [[UInt8]], messages: [Int], planted: [Int]) {
      self.markers = markers
      self.messages = messages
      self.planted = planted
      prefix = min(8, markers.lazy.map(\.count).min() ?? 8)
      var size = 64
      while size < 4 * markers.count { size *= 2 }
      mask = size - 1
      slots = .allocate(capacity: size)
      slots.initialize(repeating: 0, count: size)
      var width = 1 << 12
      while width < 16 * markers.count { width *= 2 }
      bitMask = width - 1
      bits = .allocate(capacity: width / 64)
      bits.initialize(repeating: 0, count: width / 64)
      let prefix = prefix
      for (index, marker) in markers.enumerated() {
        let hash = CanarySet.hash(marker.withUnsafeBytes { CanarySet.key($0, at: 0, letters: prefix) })
        bits[hash & bitMask >> 6] |= 1 << UInt64(hash & 63)
        var slot = hash & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = UInt32(index + 1)
      }
      var room = 1 << 12
      let letters = markers.reduce(0) { $0 + $1.count }
      while room < 8 * letters { room *= 2 }
      beginningMask = room - 1
      beginnings = .allocate(capacity: room / 64)
      beginnings.initialize(repeating: 0, count: room / 64)
      let (beginnings, mask) = (beginnings, beginningMask)
      for marker in markers {
        marker.withUnsafeBytes { letters in
          for count in 1..<letters.count {
            let hash = CanarySet.hash(UnsafeRawBufferPointer(rebasing: letters[..<count])) & mask
            beginnings[hash >> 6] |= 1 << UInt64(hash & 63)
          }
        }
      }
    }

    deinit {
      slots.deallocate()
      bits.deallocate()
      beginnings.deallocate()
    }
  }

  private let table: Table

  /// - Parameter messages: For each planted message its markers, words of 5 to 32 ASCII letters. A marker of two messages
  ///   counts as the first one's.
  public init(messages: [[String]]) {
    var owner: [String: Int] = [:]
    for (message, markers) in messages.enumerated() {
      for marker in markers where owner[marker.lowercased()] == nil { owner[marker.lowercased()] = message }
    }
    let sorted = owner.keys.sorted()
    let words = sorted.map { Array($0.utf8) }
    precondition(
      words.allSatisfy { word in (5...Self.longest).contains(word.count) && word.allSatisfy { $0 &- 0x61 < 26 } },
      "a canary marker is five to \(Self.longest) ASCII letters")
    var planted = Array(repeating: 0, count: messages.count)
    for message in owner.values { planted[message] += 1 }
    table = Table(words, messages: sorted.map { owner[$0]! }, planted: planted)
  }

  /// The markers of one message.
  public init(markers: [String]) { self.init(messages: [markers]) }

  public var count: Int { table.markers.count }

  var messageCount: Int { table.planted.count }

  /// The message that holds a marker.
  func message(of marker: Int) -> Int { table.messages[marker] }

  /// How many markers were planted in a message.
  func planted(in message: Int) -> Int { table.planted[message] }

  /// Whether a marker begins with these letters (small ones) and goes on after them; true of a few other words too.
  func mayBegin(with letters: UnsafeRawBufferPointer) -> Bool {
    let hash = Self.hash(letters) & table.beginningMask
    return table.beginnings[hash >> 6] >> UInt64(hash & 63) & 1 == 1
  }

  /// The marker that stands at the very beginning of the letters (small ones), and how long it is.
  func marker(leading letters: UnsafeRawBufferPointer) -> (index: Int, count: Int)? {
    guard letters.count >= table.prefix else { return nil }
    var found: (index: Int, count: Int)?
    confirm(Self.hash(Self.key(letters, at: 0, letters: table.prefix)), letters, at: 0, to: letters.count) {
      if $1.count > found?.count ?? 0 { found = ($0, $1.count) }
    }
    return found
  }

  /// Calls `body` with every marker that stands in the text, by number, in order.
  @inline(__always)
  func forEachMatch(in bytes: UnsafeRawBufferPointer, _ body: (Int, Range<Int>) -> Void) {
    let table = table
    let prefix = table.prefix
    let (bits, bitMask) = (table.bits, table.bitMask)
    let keyMask: UInt64 = prefix == 8 ? .max : 1 << UInt64(8 * prefix) - 1
    guard let base = bytes.baseAddress else { return }
    var start = 0
    while start + prefix <= bytes.count {
      // Every marker covers one of each `prefix` positions, so most bytes are never looked at.
      let probe = start + prefix - 1
      guard Self.isLetter(bytes[probe]) else {
        start = probe + 1
        continue
      }
      var low = probe
      while low > start, Self.isLetter(bytes[low - 1]) { low -= 1 }
      var high = probe + 1
      while high < bytes.count, Self.isLetter(bytes[high]) { high += 1 }
      start = high
      guard high - low >= prefix else { continue }
      for position in low...(high - prefix) {
        let key: UInt64
        if position + 8 <= bytes.count {
          let word = UInt64(littleEndian: (base + position).loadUnaligned(as: UInt64.self))
          key = (word | 0x2020_2020_2020_2020) & keyMask
        } else {
          key = Self.key(bytes, at: position, letters: prefix)
        }
        let hash = Self.hash(key)
        if bits[hash & bitMask >> 6] >> UInt64(hash & 63) & 1 == 1 {
          confirm(hash, bytes, at: position, to: high, body)
        }
      }
    }
  }

  /// Compares the markers of a hash with what stands at `position`.
  private func confirm(
    _ hash: Int, _ bytes: UnsafeRawBufferPointer, at position: Int, to end: Int, _ body: (Int, Range<Int>) -> Void
  ) {
    var slot = hash & table.mask
    while table.slots[slot] != 0 {
      let index = Int(table.slots[slot]) - 1
      let marker = table.markers[index]
      if position + marker.count <= end, Self.matches(marker, bytes, at: position) {
        body(index, position..<position + marker.count)
      }
      slot = (slot + 1) & table.mask
    }
  }

  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  private static func matches(_ marker: [UInt8], _ bytes: UnsafeRawBufferPointer, at position: Int) -> Bool {
    for index in marker.indices where bytes[position + index] | 0x20 != marker[index] { return false }
    return true
  }

  private static func key(_ bytes: UnsafeRawBufferPointer, at position: Int, letters: Int) -> UInt64 {
    var key: UInt64 = 0
    for index in 0..<letters { key |= UInt64(bytes[position + index] | 0x20) << UInt64(8 * index) }
    return key
  }

  private static func hash(_ key: UInt64) -> Int { Int(truncatingIfNeeded: key &* 0x9E37_79B9_7F4A_7C15 >> 33) }

  private static func hash(_ letters: UnsafeRawBufferPointer) -> Int {
    var hash = UInt64(letters.count)
    for letter in letters { hash = (hash ^ UInt64(letter)) &* 0x9E37_79B9_7F4A_7C15 }
    return Int(truncatingIfNeeded: hash >> 33)
  }
}
