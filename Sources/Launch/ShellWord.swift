/// A word of a shell's command line before variables are put in.
struct ShellWord {
  indirect enum Part {
    case text(PlacedText)
    case variable(ShellVariable)
    /// A command's output, arithmetic, or a parameter of the script. `isAll`: any number of words even between quotes (`"$@"`).
    case unknown(offset: Int, isQuoted: Bool, isAll: Bool)
    /// `(a b c)` after `name=`.
    case array([ShellWord])
  }

  var parts: [Part] = []
  /// Offset into the file.
  var offset = 0
  /// Length of the name where the word is an assignment.
  var assignedName: Int?
  var appends = false

  /// The word as it stands, where nothing in it is to be put in.
  var literal: PlacedText? {
    var text = PlacedText()
    for part in parts {
      guard case .text(let piece) = part else { return nil }
      text.append(piece)
    }
    return text
  }

  /// Name and value of an assignment.
  var assignment: (name: PlacedText, value: ShellWord)? {
    guard let assignedName, case .text(let head)? = parts.first else { return nil }
    let start = assignedName + (appends ? 2 : 1)
    var value = self
    value.parts[0] = .text(head[start..<head.bytes.count])
    value.assignedName = nil
    return (head[0..<assignedName], value)
  }
}

/// `$name`, `${name:-word}`, `${name:+word}`, `${name[@]}`.
struct ShellVariable {
  enum Alternative {
    case none
    /// In place of a variable that is not set.
    case orElse(ShellWord)
    /// In place of one that is.
    case ifSet(ShellWord)
  }

  var name: String
  var offset: Int
  var isQuoted: Bool
  var isAll = false
  var alternative = Alternative.none
}
