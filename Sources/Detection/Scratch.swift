/// A buffer that grows to the largest size asked for and is reused.
struct Scratch: ~Copyable {
  private var storage = UnsafeMutableRawBufferPointer(start: nil, count: 0)

  init() {}

  deinit { storage.deallocate() }

  mutating func buffer(of count: Int) -> UnsafeMutableRawBufferPointer {
    if storage.count < count {
      storage.deallocate()
      storage = .allocate(byteCount: max(count, 2 * storage.count, 256), alignment: 16)
    }
    return UnsafeMutableRawBufferPointer(rebasing: storage[..<count])
  }

  /// What was written last; valid until the next `buffer(of:)`.
  func bytes(_ count: Int) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: storage[..<count]) }
}
