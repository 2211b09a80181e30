import Policy

/// What a comment says behind `sigilo:accept`: a rule, then `until=`, `owner=` and `reason=` in any order. A value that is not in
/// quotation marks ends at white space, that of a reason at the end of the comment.
struct AcceptCommentText {
  private enum Part: String, CaseIterable { case until, owner, reason }

  let meaning: AcceptComment.Meaning

  init(_ text: UnsafeRawBufferPointer) {
    var scanner = Scanner(text)
    do throws(Failure) {
      meaning = try Self.read(&scanner)
    } catch {
      meaning = .malformed(error.problem)
    }
  }

  private struct Failure: Error { let problem: AcceptComment.Problem }

  private static func read(_ scanner: inout Scanner) throws(Failure) -> AcceptComment.Meaning {
    guard let rule = scanner.rule() else { throw Failure(problem: .noRule) }
    var until: String?
    var seen: Set<Part> = []
    while !scanner.isAtEnd {
      guard let part = Part.allCases.first(where: { scanner.take("\($0.rawValue)=") }) else {
        throw Failure(problem: .unknownPart)
      }
      guard seen.insert(part).inserted else { throw Failure(problem: .repeatedPart) }
      guard let value = scanner.value(toEnd: part == .reason) else { throw Failure(problem: .openQuote) }
      if value.allSatisfy({ $0 <= 0x20 }) { seen.remove(part) }
      if part == .until { until = String(validating: value, as: UTF8.self) ?? "" }
    }
    for (part, problem) in [(Part.until, AcceptComment.Problem.noUntil), (.owner, .noOwner), (.reason, .noReason)] {
      guard seen.contains(part) else { throw Failure(problem: problem) }
    }
    guard let until, CalendarDay.isDay(until) else { throw Failure(problem: .noDay) }
    return .accepts(rule: rule, until: until)
  }
}

/// Bytes of a comment, taken from the front; what follows is never white space.
private struct Scanner {
  private var rest: Slice<UnsafeRawBufferPointer>

  init(_ text: UnsafeRawBufferPointer) {
    rest = text[...]
    skipSpace()
  }

  var isAtEnd: Bool { rest.isEmpty }

  private mutating func skipSpace() { rest = rest.drop { $0 <= 0x20 } }

  /// A word of small letters, digits and hyphens.
  mutating func rule() -> String? {
    let word = rest.prefix { $0 > 0x20 }
    let isName = word.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
      default: false
      }
    }
    guard isName, !word.isEmpty, word.count <= 64 else { return nil }
    rest = rest.dropFirst(word.count)
    skipSpace()
    return String(decoding: word, as: UTF8.self)
  }

  mutating func take(_ text: String) -> Bool {
    guard rest.starts(with: text.utf8) else { return false }
    rest = rest.dropFirst(text.utf8.count)
    return true
  }

  /// Nil where its quotation mark is not closed.
  mutating func value(toEnd: Bool) -> Slice<UnsafeRawBufferPointer>? {
    defer { skipSpace() }
    if let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      let value = rest.dropFirst().prefix { $0 != quote }
      rest = rest.dropFirst(1 + value.count)
      guard rest.first == quote else { return nil }
      rest = rest.dropFirst()
      return value
    }
    let value = toEnd ? rest : rest.prefix { $0 > 0x20 }
    rest = rest.dropFirst(value.count)
    return value
  }
}
