import Foundation

/// Reads a file once, line by line, for comments that accept findings.
struct AcceptCommentReader {
  private static let word = Array("sigilo:accept".utf8)

  private let bytes: UnsafeRawBufferPointer
  private let marks: [CommentMark]
  private var comments: [AcceptComment] = []
  /// Comments on lines of their own that wait for the line that they cover.
  private var waiting: [Int] = []
  /// The first of the blank lines and comments that stand right before the line at hand.
  private var gap: Int?
  /// A line with those that are joined to it, while it is read; nil between two.
  private var joined: ClosedRange<Int>?
  /// The comments that cover it.
  private var covering: [Int] = []

  init(_ bytes: UnsafeRawBufferPointer, _ marks: [CommentMark]) {
    self.bytes = bytes
    self.marks = marks
  }

  /// The first place from `start` on at which the word stands.
  static func firstWord(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    var start = start
    while start + word.count <= bytes.count, let next = memchr(base + start, Int32(word[0]), bytes.count - start) {
      let place = UnsafeRawPointer(next) - base
      if bytes[place...].starts(with: word) { return place }
      start = place + 1
    }
    return nil
  }

  mutating func read() -> [AcceptComment] {
    // Behind a byte order mark.
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var number = 1
    var nextWord = Self.firstWord(in: bytes, from: 0)
    while start < bytes.count {
      let next = memchr(bytes.baseAddress! + start, 0x0A, bytes.count - start)
      let end = next.map { UnsafeRawPointer($0) - bytes.baseAddress! } ?? bytes.count
      let content = start..<(end > start && bytes[end - 1] == 0x0D ? end - 1 : end)
      let hasWord = nextWord.map(content.contains) ?? false
      line(content, number, hasWord: hasWord)
      if hasWord { nextWord = Self.firstWord(in: bytes, from: end) }
      start = end + 1
      number += 1
    }
    close()
    return comments
  }

  private mutating func line(_ line: Range<Int>, _ number: Int, hasWord: Bool) {
    guard let text = line.first(where: { !isSpace($0) }) else {
      close()
      gap = gap ?? number
      return
    }
    let isComment = takesLine(text..<line.upperBound)
    if hasWord, let comment = comment(in: line, number, text: text) {
      comments.append(comment)
      waiting.append(comments.count - 1)
      // Behind text of its line; a backslash in a comment joins nothing.
      if isComment {
        gap = gap ?? number
      } else {
        cover(number)
        close()
      }
      return
    }
    guard !isComment else {
      gap = gap ?? number
      return
    }
    cover(number)
    if bytes[line.upperBound - 1] != UInt8(ascii: "\\") { close() }
  }

  private mutating func cover(_ number: Int) {
    joined = (joined?.lowerBound ?? gap ?? number)...number
    gap = nil
    covering += waiting
    waiting.removeAll()
  }

  private mutating func close() {
    for index in covering { comments[index].lines = joined }
    covering.removeAll()
    joined = nil
  }

  /// Whether nothing but a comment stands in the line.
  private func takesLine(_ line: Range<Int>) -> Bool {
    // Options of a Slurm script are comments to the shell alone (sbatch(1)).
    if starts(with: Array("#SBATCH".utf8), at: line.lowerBound, before: line.upperBound) { return false }
    guard let mark = marks.first(where: { starts(with: $0.opener, at: line.lowerBound, before: line.upperBound) })
    else {
      return false
    }
    guard mark.isTemplate else { return true }
    let last = line.last { !isSpace($0) }.map { $0 + 1 } ?? line.upperBound
    return mark.closers.contains { closer in
      last - closer.count >= line.lowerBound && starts(with: closer, at: last - closer.count, before: last)
        && closing(mark, from: line.lowerBound, before: line.upperBound) == last - closer.count
    }
  }

  // MARK: - One comment

  /// - Parameter text: the line's first byte that is no white space.
  private func comment(in line: Range<Int>, _ number: Int, text: Int) -> AcceptComment? {
    let limited = UnsafeRawBufferPointer(rebasing: bytes[..<line.upperBound])
    var from = line.lowerBound
    while let place = Self.firstWord(in: limited, from: from) {
      from = place + Self.word.count
      guard from == line.upperBound || isSpace(from), let (mark, opener) = opening(before: place, in: line) else {
        continue
      }
      let end = closing(mark, from: from, before: line.upperBound) ?? line.upperBound
      let isMisplaced = mark.startsLine && opener != text
      let column = 1 + bytes[line.lowerBound..<opener].count { $0 & 0xC0 != 0x80 }
      let said = AcceptCommentText(UnsafeRawBufferPointer(rebasing: bytes[from..<end]))
      return AcceptComment(
        meaning: isMisplaced ? .malformed(.misplaced) : said.meaning, line: number, column: column, lines: nil)
    }
    return nil
  }

  /// The mark that stands right before a place, but for white space, and where.
  private func opening(before place: Int, in line: Range<Int>) -> (CommentMark, Int)? {
    var end = place
    while end > line.lowerBound, isSpace(end - 1) { end -= 1 }
    for mark in marks {
      let start = end - mark.opener.count
      guard start >= line.lowerBound, starts(with: mark.opener, at: start, before: end) else { continue }
      if mark.isTemplate || start == line.lowerBound || isSpace(start - 1) { return (mark, start) }
    }
    return nil
  }

  private func closing(_ mark: CommentMark, from start: Int, before end: Int) -> Int? {
    guard mark.isTemplate, start < end else { return nil }
    return (start..<end).first { index in
      bytes[index] == UInt8(ascii: "*") && mark.closers.contains { starts(with: $0, at: index, before: end) }
    }
  }

  private func starts(with text: [UInt8], at start: Int, before end: Int) -> Bool {
    start + text.count <= end && bytes[start..<start + text.count].elementsEqual(text)
  }

  private func isSpace(_ index: Int) -> Bool { bytes[index] == 0x20 || bytes[index] == 0x09 || bytes[index] == 0x0D }
}
