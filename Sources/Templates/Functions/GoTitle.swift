/// Capitals at the beginnings of words: `strings.Title` and `golang.org/x/text/cases`.
enum GoTitle {
  /// - Parameters:
  ///   - wordsOfSpace: words as `strings.Title` has them, which end at all but letters, digits and underscores; else as Unicode's
  ///     rules for words that `cases` follows, where an apostrophe or a full stop within a word does not end it.
  ///   - lowersRest: the other letters of a word become small.
  static func title(_ bytes: [UInt8], wordsOfSpace: Bool, lowersRest: Bool) -> [UInt8] {
    let scalars = GoText.scalars(bytes)
    var out: [UInt8] = []
    var isInWord = false
    for (index, (scalar, range)) in scalars.enumerated() {
      let next = index + 1 < scalars.count ? scalars[index + 1].scalar : nil
      if isInWord {
        let small = scalar.properties.lowercaseMapping
        out += lowersRest ? Array(small.utf8) : Array(bytes[range])
      } else {
        let capital = scalar.properties.titlecaseMapping.unicodeScalars
        out += capital.count == 1 || !wordsOfSpace ? capital.flatMap(GoText.encoded) : Array(bytes[range])
      }
      if wordsOfSpace {
        isInWord = !isSeparator(scalar)
      } else if isLetter(scalar) {
        isInWord = true
      } else if !(isInWord && joins(scalar) && next.map(isLetter) == true) {
        isInWord = scalar == "_" || scalar.properties.generalCategory == .decimalNumber
      }
    }
    return out
  }

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return !(scalar == "_" || (0x30...0x39).contains(scalar.value) || (0x61...0x7A).contains(scalar.value | 0x20))
    }
    if isLetter(scalar) || scalar.properties.generalCategory == .decimalNumber { return false }
    return scalar.properties.isWhitespace
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
      .spacingMark, .enclosingMark:
      true
    default: false
    }
  }

  private static func joins(_ scalar: Unicode.Scalar) -> Bool { "'.\u{2019}:·".unicodeScalars.contains(scalar) }
}
