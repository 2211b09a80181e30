/// Lines for a terminal: wrapped to a width, every piece escaped, colour only by `Style`.
struct TerminalPage {
  enum Style: String {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case blue = "34"
    case onRed = "1;37;41"
    case onGreen = "1;30;42"
    case onYellow = "1;30;43"
  }

  /// Signs for outcomes; words where the terminal can't show signs.
  struct Marks {
    let passed, failed, skipped: String

    static let unicode = Marks(passed: "✓", failed: "✗", skipped: "–")
    static let ascii = Marks(passed: "ok", failed: "FAILED", skipped: "skipped")
  }

  typealias Piece = (text: String, style: Style?)

  let width: Int
  let hasColour: Bool
  let isUnicode: Bool
  private(set) var text = ""

  var marks: Marks { isUnicode ? .unicode : .ascii }

  init(_ options: RenderOptions) {
    width = min(max(options.width, 60), 120)
    hasColour = options.hasColour
    isUnicode = options.isUnicode
  }

  mutating func blank() { text += "\n" }

  mutating func line(_ text: String, _ style: Style? = nil, indent: Int = 0) {
    line([(text, style)], indent: indent)
  }

  /// A line made of pieces with a space between them, broken at spaces, or anywhere in a word that is longer than a line.
  ///
  /// - Parameters:
  ///   - lead: what stands before the text in the first line's indentation; a lead that doesn't fit there gets a line
  ///     of its own.
  ///   - indent: columns before each line.
  ///   - leadIndent: columns before the lead.
  mutating func line(_ pieces: [Piece], lead: Piece? = nil, indent: Int = 0, leadIndent: Int = 0) {
    var column = 0
    if let lead {
      let shown = Printable.escaped(lead.text, isUnicode: isUnicode)
      if leadIndent + shown.count < indent {
        add(String(repeating: " ", count: leadIndent))
        add(shown, lead.style)
        column = leadIndent + shown.count
      } else {
        line([lead], indent: leadIndent)
      }
    }
    add(String(repeating: " ", count: indent - column))
    column = indent
    var isLineEmpty = true
    for piece in pieces {
      var pending = ""
      func breakLine(_ page: inout TerminalPage) {
        page.add(pending, piece.style)
        pending = ""
        page.add("\n" + String(repeating: " ", count: indent))
        column = indent
        isLineEmpty = true
      }
      for var word in Printable.escaped(piece.text, isUnicode: isUnicode).split(separator: " ") {
        if !isLineEmpty, column + 1 + word.count > width { breakLine(&self) }
        while column + word.count > width {
          pending += word.prefix(width - column)
          word = word.dropFirst(width - column)
          breakLine(&self)
        }
        if !isLineEmpty {
          // The space before a piece takes no style, else a coloured ground would start too early.
          if pending.isEmpty { add(" ") } else { pending += " " }
          column += 1
        }
        pending += word
        column += word.count
        isLineEmpty = false
      }
      add(pending, piece.style)
    }
    text += "\n"
  }

  /// A line of a file, which keeps its own indentation.
  mutating func line(ofFile line: String, indent: Int) {
    let own = min(line.prefix { $0 == " " }.count, width / 4)
    self.line(line, .dim, indent: indent + own)
  }

  private mutating func add(_ string: String, _ style: Style? = nil) {
    if hasColour, let style, !string.isEmpty {
      text += "\u{1B}[\(style.rawValue)m\(string)\u{1B}[0m"
    } else {
      text += string
    }
  }
}
