public import Syntax

/// A comment in a configuration file that accepts hygiene findings of one rule:
/// `# sigilo:accept RULE until=2027-01-31 owner=NAME reason=WHY`.
///
/// Its owner and reason are asked for and not kept: they are text of a file like any other, which reports do not print. What
/// they say is judged with the rest of the file.
public struct AcceptComment: Sendable, Hashable {
  public enum Meaning: Sendable, Hashable {
    /// `until` is the last day on which it holds, `YYYY-MM-DD` (UTC).
    case accepts(rule: String, until: String)
    case malformed(Problem)
  }

  public enum Problem: String, Sendable, Hashable, CaseIterable {
    case noRule = "it names no rule"
    case noUntil = "it has no until="
    case noOwner = "it has no owner="
    case noReason = "it has no reason="
    case noDay = "its until= is not a day of the calendar as YYYY-MM-DD"
    case unknownPart = "it holds something other than until=, owner= and reason="
    case repeatedPart = "it says something twice"
    case openQuote = "a quotation mark in it is not closed"
    case misplaced = "it stands behind other text, where files of this kind have no comments"
  }

  public var meaning: Meaning
  /// Of the comment's mark, from 1; the column counts code points.
  public var line: Int
  public var column: Int
  /// The lines that it covers: its own, where something else stands in it, else the next that is neither blank nor a comment; with
  /// those that backslashes at line ends join to it, and the blank lines and comments right before it, among which a finding about
  /// the whole of a file stands: at its first line. Nil where no such line follows.
  public var lines: ClosedRange<Int>?

  /// The comments of a configuration file, in reading order.
  ///
  /// Marks are looked for in the text as it stands, and not in parsed values: whoever may write a string of a file may write a
  /// comment in it too, and a file that does not parse has comments all the same.
  public static func all(in bytes: [UInt8], format: Format) -> [AcceptComment] {
    guard let marks = CommentMark.marks(of: format) else { return [] }
    return bytes.withUnsafeBytes { raw in
      guard AcceptCommentReader.firstWord(in: raw, from: 0) != nil else { return [] }
      var reader = AcceptCommentReader(raw, marks)
      return reader.read()
    }
  }
}
