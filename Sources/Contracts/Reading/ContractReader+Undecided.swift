import Syntax
import Vocabulary

extension ContractReader {
  /// `undecided`: a list of `line: template`, or of `label: name` with `families: [name …]`.
  func undecided() throws(Fault) -> [Undecided] {
    var found: [Undecided] = []
    for value in try list(main, "undecided") {
      let fields = try Fields(value, known: ["line", "label", "families"], path: main.path)
      guard (fields.optional("line") == nil) != (fields.optional("label") == nil) else {
        throw fields.fault("either line or label is expected", at: value)
      }
      let subject = fields.optional("line") == nil ? try undecidedLabel(fields) : try undecidedLine(fields)
      found.append(Undecided(subject, place: fields.place(of: value)))
    }
    return found
  }

  private func undecidedLine(_ fields: Fields) throws(Fault) -> Undecided.Subject {
    let text = try fields.text("line")
    let value = try fields.required("line")
    let pieces = OpenTemplate.pieces(of: text)
    guard pieces.count > 1, fields.optional("families") == nil else {
      throw fields.fault(
        "a line with {?} is expected", at: value, remedy: "One without {?} goes to the lines of a clause.")
    }
    for piece in pieces {
      var part = value
      part.content = .scalar(piece, .doubleQuoted)
      _ = try templates.template(part, fields)
    }
    return .line(text)
  }

  private func undecidedLabel(_ fields: Fields) throws(Fault) -> Undecided.Subject {
    let families = try fields.texts("families")
    guard !families.isEmpty else { throw fields.fault("families is missing", at: fields.value) }
    return .label(try fields.text("label"), families: families)
  }
}
