import Foundation

/// Weaves markers into one text.
struct MarkerWeaver {
  private let key: CanaryKey
  private let request: Int
  private let part: CanaryText.Part

  private static let consonants = Array("bdfgjklmnprstvz")
  private static let vowels = Array("aeiou")
  /// Consonant and vowel, this often: ten letters.
  static let syllables = 5
  /// Each vowel as Portuguese accents it.
  private static let accented: [Character: [Character]] = [
    "a": ["á", "â", "ã"], "e": ["é", "ê"], "i": ["í"], "o": ["ó", "ô", "õ"], "u": ["ú"],
  ]

  /// Words of our own texts, which no marker may be.
  private static let dictionary: Set<String> = Set(
    Conversation.all.flatMap { ($0.prompt + " " + $0.reply).lowercased().split { !$0.isLetter }.map(String.init) })

  init(key: CanaryKey, request: Int, part: CanaryText.Part) {
    self.key = key
    self.request = request
    self.part = part
  }

  /// The text with a marker as every fifth to seventh word, and the markers, plain, with their place among its words.
  func weave(_ text: String, accenting: Bool, avoiding ledger: CanaryLedger) -> (text: String, markers: [(String, Int)])
  {
    var words: [String] = []
    var markers: [(String, Int)] = []
    var untilMarker = 0
    for word in text.split(separator: " ") {
      if untilMarker == 0 {
        let (marker, gap) = self.marker(position: words.count, avoiding: ledger)
        // The first stands among the first words, not before them, so that texts still begin as people begin them.
        if !words.isEmpty {
          words.append(accenting && markers.count % 2 == 1 ? accented(marker, position: words.count) : marker)
          markers.append((marker, words.count - 1))
        }
        untilMarker = gap
      }
      words.append(String(word))
      untilMarker -= 1
    }
    if markers.isEmpty {
      let (marker, _) = self.marker(position: words.count, avoiding: ledger)
      markers.append((marker, words.count))
      words.append(marker)
    }
    return (words.joined(separator: " "), markers)
  }

  /// A marker that is no word of ours and was not used before, and how many words follow before the next (4 to 6).
  private func marker(position: Int, avoiding ledger: CanaryLedger) -> (String, gap: Int) {
    var attempt = 0
    while true {
      let code = key.code(request: request, part: part, position: position, attempt: attempt)
      var word = ""
      for syllable in 0..<Self.syllables {
        word.append(Self.consonants[Int(code[2 * syllable]) % Self.consonants.count])
        word.append(Self.vowels[Int(code[2 * syllable + 1]) % Self.vowels.count])
      }
      if ledger.entry(of: word) == nil, !Self.dictionary.contains(word) { return (word, 4 + Int(code[31]) % 3) }
      attempt += 1
    }
  }

  /// The marker with an accent on one of its vowels.
  private func accented(_ marker: String, position: Int) -> String {
    let code = key.code(request: request, part: part, position: position, attempt: 0)
    var letters = Array(marker)
    let place = 2 * (Int(code[28]) % Self.syllables) + 1
    let forms = Self.accented[letters[place]]!
    letters[place] = forms[Int(code[29]) % forms.count]
    return String(letters)
  }

  /// A word in small letters without accents.
  static func plain(_ word: String) -> String {
    String(
      String.UnicodeScalarView(
        word.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars.filter {
          $0.properties.generalCategory != .nonspacingMark
        }))
  }
}
