/// A piece of a Go template as its lexer hands it out.
struct GoTemplateToken {
  enum Kind: Hashable {
    case text
    case leftDelimiter
    case rightDelimiter
    case space
    case identifier
    case keyword(Keyword)
    case dot
    case nothing
    case bool
    case field
    case variable
    case character
    case number
    case complex
    case string
    case pipe
    case declare
    case assign
    case comma
    case leftParenthesis
    case rightParenthesis
    /// Any other printable ASCII character, which no rule of the grammar takes.
    case other
    case end
  }

  enum Keyword: String, CaseIterable {
    case block, `break`, `continue`, define, `else`, end, `if`, range, template, with

    static let named = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
  }

  var kind: Kind
  var range: Range<Int>

  /// For messages: of the grammar's words alone.
  var description: String {
    switch kind {
    case .text: "text"
    case .leftDelimiter: "{{"
    case .rightDelimiter: "}}"
    case .space: "space"
    case .identifier: "a name"
    case .keyword(let keyword): keyword.rawValue
    case .dot: "."
    case .nothing: "nil"
    case .bool: "a truth value"
    case .field: "a field"
    case .variable: "a variable"
    case .character: "a character constant"
    case .number, .complex: "a number"
    case .string: "a string"
    case .pipe: "|"
    case .declare: ":="
    case .assign: "="
    case .comma: ","
    case .leftParenthesis: "("
    case .rightParenthesis: ")"
    case .other: "a character"
    case .end: "the end of the text"
    }
  }
}
