/// Finds maximal runs of bytes of a class by probing: a run of at least n bytes covers one of every n positions, so most
/// bytes are never looked at.
final class RunFinder: @unchecked Sendable {
  /// Most classes that one finder tells apart.
  static let capacity = 32

  /// One bit a class.
  private let table: UnsafeMutablePointer<UInt32>
  private var names: [String] = []

  init() {
    table = .allocate(capacity: 256)
    table.initialize(repeating: 0, count: 256)
  }

  deinit { table.deallocate() }

  /// The bit that stands for a class such as `0-9 .-`, or nil where it is malformed or there are too many.
  func add(_ name: String) -> UInt32? {
    if let index = names.firstIndex(of: name) { return 1 << UInt32(index) }
    guard names.count < Self.capacity, let members = Self.members(of: name) else { return nil }
    let bit: UInt32 = 1 << UInt32(names.count)
    names.append(name)
    for byte in members { table[Int(byte)] |= bit }
    return bit
  }

  @inline(__always)
  func contains(_ byte: UInt8, _ bit: UInt32) -> Bool { table[Int(byte)] & bit != 0 }

  /// Calls `body` with every maximal run of at least `least` bytes, in order.
  @inline(__always)
  func forEachRun(of bit: UInt32, atLeast least: Int, in bytes: UnsafeRawBufferPointer, _ body: (Range<Int>) -> Void) {
    let count = bytes.count
    var start = 0
    while start + least <= count {
      let probe = start + least - 1
      guard contains(bytes[probe], bit) else {
        start = probe + 1
        continue
      }
      var low = probe
      while low > start, contains(bytes[low - 1], bit) { low -= 1 }
      guard low + least <= count else { return }
      var high = probe + 1
      while high < count, contains(bytes[high], bit) { high += 1 }
      if high - low >= least { body(low..<high) }
      start = high
    }
  }

  /// Bytes of a bracket expression: single ASCII characters and ranges.
  private static func members(of name: String) -> [UInt8]? {
    let text = Array(name.utf8)
    var members: [UInt8] = []
    var index = 0
    while index < text.count {
      if index + 2 < text.count, text[index + 1] == 0x2D {
        guard text[index] <= text[index + 2] else { return nil }
        members.append(contentsOf: text[index]...text[index + 2])
        index += 3
      } else {
        members.append(text[index])
        index += 1
      }
    }
    return members.isEmpty || members.contains { $0 >= 0x80 } ? nil : members
  }
}
