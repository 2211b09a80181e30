import TestSupport

extension SeededGenerator {
  /// The expression with one thing changed: a token taken away, doubled, exchanged, replaced, in other case, or a character
  /// in it.
  mutating func mutant(of text: String, among others: [String]) -> String {
    var tokens = Self.tokens(text)
    guard !tokens.isEmpty else { return "" }
    let place = Int.random(in: 0..<tokens.count, using: &self)
    switch Int.random(in: 0..<9, using: &self) {
    case 0: tokens.remove(at: place)
    case 1: tokens.insert(tokens[place], at: place)
    case 2: tokens.swapAt(place, Int.random(in: 0..<tokens.count, using: &self))
    case 3: tokens[place] = Self.pieces.randomElement(using: &self)!
    case 4: tokens.insert(Self.pieces.randomElement(using: &self)!, at: place)
    case 5: tokens[place] = Bool.random(using: &self) ? tokens[place].uppercased() : tokens[place].lowercased()
    case 6:
      var letters = Array(tokens[place])
      letters.insert(Self.letters.randomElement(using: &self)!, at: Int.random(in: 0...letters.count, using: &self))
      tokens[place] = String(letters)
    case 7:
      var letters = Array(tokens[place])
      letters.remove(at: Int.random(in: 0..<letters.count, using: &self))
      tokens[place] = String(letters)
    default:
      let other = Self.tokens(others.randomElement(using: &self)!)
      tokens.insert(contentsOf: other.dropFirst(Int.random(in: 0...other.count, using: &self)).prefix(4), at: place)
    }
    return tokens.joined()
  }

  /// Words and numbers whole, all else by the character.
  private static func tokens(_ text: String) -> [String] {
    var tokens: [String] = []
    var isInWord = false
    for character in text {
      let isWord = character.isLetter || character.isNumber || "_:.".contains(character)
      if isWord, isInWord { tokens[tokens.count - 1].append(character) } else { tokens.append(String(character)) }
      isInWord = isWord
    }
    return tokens
  }

  private static let letters = Array("0123456789abefhmnswxyzEX_.:+-*/^%@()[]{}\"'`\\=!~<>, \n\t#$é\u{0}\u{7F}\u{FFFD}")

  private static let pieces = [
    "offset", "by", "without", "on", "ignoring", "group_left", "group_right", "bool", "and", "or", "unless", "atan2",
    "sum", "topk", "count_values", "start", "end", "@", "[5m]", "[1h:5m]", "[5m:]", "(", ")", "{", "}", "+", "-", "*",
    "^", "==", "!=", ">", "=", "=~", "!~", "1", "0", "5m", "1h30m", "30m1h", "0x1F", "017", "1e3", "1e400", ".5", "5.",
    "inf", "NaN", "0s", "300y", "\"a\"", "'b'", "`c`", #""\n""#, #""\q""#, #""\x41""#, #""\ud800""#, "\"(*\"", "\".*\"",
    "foo", "a:b", "__name__", "abs", "rate", "vector", "time", "#x\n", "$", "1_000", "{a=\"b\"}", "{a=~\".*\"}",
    "offset 5m", "@ 5", "@ start()", "offset -5m", " 1y2w", "5ms",
  ]
}
