/// A template with gaps, `{?}`, in which any text may stand. It claims nothing: it says what waits for a decision.
enum OpenTemplate {
  static let gap = "{?}"

  /// The text between the gaps. `{{` and `}}` are braces of the text.
  static func pieces(of text: String) -> [String] {
    var pieces = [""]
    var rest = Substring(text)
    while let first = rest.first {
      if rest.hasPrefix("{{") || rest.hasPrefix("}}") {
        pieces[pieces.count - 1] += rest.prefix(2)
        rest = rest.dropFirst(2)
      } else if rest.hasPrefix(gap) {
        pieces.append("")
        rest = rest.dropFirst(gap.count)
      } else {
        pieces[pieces.count - 1].append(first)
        rest = rest.dropFirst()
      }
    }
    return pieces
  }
}
