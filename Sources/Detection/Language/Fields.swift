/// A candidate for what a text carries: from one of its cuts to a later one.
package struct LanguageStretch: Sendable, Hashable {
  var from: Int
  var to: Int
}

/// A text cut at its delimiters (quotation marks, brackets, `key=`, `: ` and the like), so that what a line carries can be
/// judged apart from the line: the stretches between any two near cuts are candidates.
struct Fields {
  /// Symbols with each run of delimiters replaced by one `Symbols.boundary`; begins and ends with one.
  var code: [UInt32] = []
  var isUpper: [Bool] = []
  /// For each symbol, its index in the uncut text; for a boundary, the first and the last delimiter of the run.
  var source: [Int32] = []
  var lastSource: [Int32] = []
  /// Positions of the boundaries in `code`.
  var cuts: [Int] = []
  /// First and last delimiter of each cut; 1 and 2 stand for the ends of the text.
  var firstDelimiter: [UInt32] = []
  var lastDelimiter: [UInt32] = []
  /// Running weight of the letters before each position.
  var letters: [Int32] = []

  typealias Stretch = LanguageStretch

  mutating func read(_ symbols: Symbols) {
    code.removeAll(keepingCapacity: true)
    isUpper.removeAll(keepingCapacity: true)
    source.removeAll(keepingCapacity: true)
    lastSource.removeAll(keepingCapacity: true)
    cuts.removeAll(keepingCapacity: true)
    firstDelimiter.removeAll(keepingCapacity: true)
    lastDelimiter.removeAll(keepingCapacity: true)
    letters.removeAll(keepingCapacity: true)
    let count = symbols.code.count
    cut(1, at: 0)
    for index in 0..<count {
      let symbol = symbols.code[index]
      let before = index > 0 ? symbols.code[index - 1] : 0x20
      let after = index + 1 < count ? symbols.code[index + 1] : 0x20
      if Self.delimits(symbol, before, after) {
        cut(symbol, at: index)
      } else if symbol != 0x20 || code.last != Symbols.boundary {
        append(symbol, symbols.isUpper[index], index)
      }
    }
    while code.last == 0x20 {
      code.removeLast()
      isUpper.removeLast()
      source.removeLast()
      lastSource.removeLast()
    }
    cut(2, at: count)
    if cuts.count == 1 {
      cuts.append(code.count)
      firstDelimiter.append(2)
      lastDelimiter.append(2)
      append(Symbols.boundary, false, count)
    }
    var total: Int32 = 0
    letters.append(0)
    for symbol in code {
      total += Symbols.weight(symbol)
      letters.append(total)
    }
  }

  private mutating func append(_ symbol: UInt32, _ upper: Bool, _ index: Int) {
    code.append(symbol)
    isUpper.append(upper)
    source.append(Int32(index))
    lastSource.append(Int32(index))
  }

  private mutating func cut(_ delimiter: UInt32, at index: Int) {
    if let last = cuts.last, last == code.count - 1 {
      // The text's own end counts as a delimiter of the run, but where nothing stands before it the run is the start.
      lastDelimiter[cuts.count - 1] = delimiter
      lastSource[last] = Int32(index)
      return
    }
    cuts.append(code.count)
    firstDelimiter.append(delimiter)
    lastDelimiter.append(delimiter)
    append(Symbols.boundary, false, index)
  }

  @inline(__always)
  private static func delimits(_ symbol: UInt32, _ before: UInt32, _ after: UInt32) -> Bool {
    switch symbol {
    case 0x22, 0x60, 0x3D, 0x7B, 0x7D, 0x5B, 0x5D, 0x3C, 0x3E, 0x7C, 0x26, 0x0A, 0x28: true
    case 0x27: !(Symbols.isWord(before) && Symbols.isWord(after))
    case 0x3A: after == 0x20 || !Symbols.isWord(before) || !Symbols.isWord(after)
    case 0x3F: Symbols.isWord(before) && Symbols.isWord(after)
    case 0x2D: before == 0x20 && after == 0x20
    case 0x23: before == 0x20
    default: false
    }
  }

  /// Calls `body` with each candidate that holds three letters or more, and with the whole.
  @inline(__always)
  func forEachStretch(_ body: (Stretch) -> Void) {
    let last = cuts.count - 1
    for from in 0..<last {
      for to in (from + 1)...last {
        if from > 60, to - from > 3, to != last { break }
        if from == 0, to == last {
          body(Stretch(from: 0, to: last))
        } else if to - from <= 5 || to >= last - 1 || from == 0 {
          guard letters[cuts[to]] - letters[cuts[from]] >= 3 else { continue }
          body(Stretch(from: from, to: to))
        }
      }
    }
  }
}
