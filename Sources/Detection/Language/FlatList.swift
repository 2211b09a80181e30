/// A list that is filled over and over: its room is asked for once a text, and no element is checked for. Arrays cost the
/// scorer most of its time otherwise.
struct FlatList<Element: BitwiseCopyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private var capacity: Int
  private(set) var count = 0

  init() {
    capacity = 64
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  /// Empties the list and makes room for so many elements.
  mutating func begin(_ room: Int) {
    count = 0
    guard room > capacity else { return }
    base.deallocate()
    capacity = max(room, 2 * capacity)
    base = .allocate(capacity: capacity)
  }

  /// Forgets all elements; there is room for as many as before.
  @inline(__always) mutating func removeAll() { count = 0 }

  @inline(__always)
  mutating func append(_ element: Element) {
    assert(count < capacity)
    (base + count).initialize(to: element)
    count += 1
  }

  @inline(__always) subscript(index: Int) -> Element { base[index] }

  @inline(__always)
  subscript(range: Range<Int>) -> UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
  }
}
