/// Turns growing byte offsets into line and column, reading each byte once.
///
/// Lines end at a line feed; columns count code points (bytes that do not continue a UTF-8 sequence); both from 1.
public struct PositionCounter {
  public private(set) var line: Int
  public private(set) var column: Int
  public private(set) var offset = 0
  private let first: (line: Int, column: Int)

  /// - Parameters: line and column of the first byte, where the bytes are a part of something larger.
  public init(line: Int = 1, column: Int = 1) {
    self.line = line
    self.column = column
    first = (line, column)
  }

  /// Moves to `target`. Going back starts again from the first byte, which costs as much as that is long.
  public mutating func move(to target: Int, in bytes: UnsafeRawBufferPointer) {
    if target < offset { self = PositionCounter(line: first.line, column: first.column) }
    let end = min(target, bytes.count)
    while offset < end {
      let byte = bytes[offset]
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
      offset += 1
    }
  }
}

/// Where each line of a text begins as libyaml counts lines, which also end at a lone carriage return, NEL, LS and PS.
struct YAMLLines {
  /// Byte offset of each line's first byte.
  private(set) var starts: [Int] = [0]

  init(_ bytes: UnsafeRawBufferPointer) {
    var index = 0
    while index < bytes.count {
      let length = Self.breakLength(bytes, at: index)
      index += max(length, 1)
      if length > 0 { starts.append(index) }
    }
  }

  /// Bytes of the line break at `index`, 0 where there is none.
  static func breakLength(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Int {
    switch bytes[index] {
    case 0x0A: return 1
    case 0x0D: return index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1
    case 0xC2 where index + 1 < bytes.count && bytes[index + 1] == 0x85: return 2
    case 0xE2 where index + 2 < bytes.count && bytes[index + 1] == 0x80 && (bytes[index + 2] | 1) == 0xA9: return 3
    default: return 0
    }
  }
}

/// Turns libyaml's marks, which mostly grow, into byte offsets, lines and columns.
///
/// Marks of aliased values go back to where the anchor stood; those are remembered, so that a walk over many aliases of
/// one long line stays cheap.
struct MarkResolver {
  struct Place { var offset, line, column: Int }

  private let bytes: UnsafeRawBufferPointer
  private let lines: YAMLLines
  private var counter = PositionCounter()
  private var last = (line: 1, column: 1, offset: 0)
  private var known: [UInt64: Place] = [:]

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    lines = YAMLLines(bytes)
  }

  /// - Parameters: line and column as libyaml counts them, from 1.
  mutating func place(line: Int, column: Int) -> Place {
    let id = UInt64(UInt32(truncatingIfNeeded: line)) << 32 | UInt64(UInt32(truncatingIfNeeded: column))
    if let place = known[id] { return place }
    if (line, column) < (last.line, last.column) || line != last.line {
      let start = line - 1 < lines.starts.count ? lines.starts[max(line - 1, 0)] : bytes.count
      last = (line, 1, start)
    }
    var offset = last.offset
    var reached = last.column
    while reached < column, offset < bytes.count {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      reached += 1
    }
    last = (line, reached, offset)
    counter.move(to: offset, in: bytes)
    let place = Place(offset: offset, line: counter.line, column: counter.column)
    known[id] = place
    return place
  }
}
