/// What kind of word a word is, in twenty-one languages (in the order of this platform's users: Portuguese, English and
/// Spanish stand among them; which language a word is of plays no part). One word may be of several kinds.
struct WordKinds: OptionSet {
  let rawValue: UInt8

  /// Words that ask.
  static let question = WordKinds(rawValue: 1)
  /// Words that address somebody.
  static let address = WordKinds(rawValue: 2)
  /// Words of somebody who speaks of themselves.
  static let speaker = WordKinds(rawValue: 4)
  /// Verbs of instruction and words of courtesy.
  static let request = WordKinds(rawValue: 8)
  /// Words that hold sentences together.
  static let grammar = WordKinds(rawValue: 16)
  /// Words of everyday talk.
  static let talk = WordKinds(rawValue: 32)
  /// Words of operational messages.
  static let operation = WordKinds(rawValue: 64)

  static let count = 7

  /// The kinds of the word with this hash (`GramStreams.hash` of its symbols).
  static func of(_ hash: UInt64) -> WordKinds {
    var slot = Int(truncatingIfNeeded: hash) & (slotCount - 1)
    while true {
      let entry = slots[slot]
      if entry.hash == hash { return entry.kinds }
      if entry.kinds.isEmpty { return [] }
      slot = (slot + 1) & (slotCount - 1)
    }
  }

  private static let slotCount = 8192

  /// An open-addressing table, a third full.
  private static let slots: [(hash: UInt64, kinds: WordKinds)] = {
    var slots = [(hash: UInt64, kinds: WordKinds)](repeating: (0, []), count: slotCount)
    for (kind, texts) in words {
      for word in texts.split(whereSeparator: \.isWhitespace) {
        let hash = GramStreams.hash(word.unicodeScalars.map { Symbols.fold($0.value).0 }[...])
        var slot = Int(truncatingIfNeeded: hash) & (slotCount - 1)
        while !slots[slot].kinds.isEmpty, slots[slot].hash != hash { slot = (slot + 1) & (slotCount - 1) }
        slots[slot] = (hash, slots[slot].kinds.union(kind))
      }
    }
    return slots
  }()
}
