/// A text of Go's `text/template`, read.
///
/// The grammar is that of `text/template/parse` of Go 1.24 (`lex.go`, `parse.go`); what Go 1.19 has not yet is `else with` alone.
/// Actions and what they consist of bear their ranges: UTF-8 offsets into the text.
public struct GoTemplate: Sendable, Hashable {
  /// What stands outside of `define`.
  public var root: [Node]
  /// Each `define` and `block` by its name; where one says nothing but white space and another one something, the latter.
  public var definitions: [String: Definition]
  /// The actions that are comments, from `{{` to `}}`.
  public var comments: [Range<Int>]

  /// The body of a `define` or `block`.
  public struct Definition: Sendable, Hashable {
    public var body: [Node]
    /// The action that begins it.
    public var range: Range<Int>
  }

  public indirect enum Node: Sendable, Hashable {
    case text(Text)
    case action(Action)
    case branch(Branch)
    case loop(Loop)
    case call(Call)
    /// `break` and `continue`.
    case leave(Range<Int>)
    case next(Range<Int>)
  }

  /// Bytes that are printed as they stand; what trim markers take away is gone.
  public struct Text: Sendable, Hashable {
    public var bytes: [UInt8]
    public var range: Range<Int>
  }

  /// A pipeline that is printed, or that declares or sets a variable and prints nothing.
  public struct Action: Sendable, Hashable {
    public var pipeline: Pipeline
    public var range: Range<Int>
  }

  /// `if` or `with`, with every `else if` or `else with` that follows.
  public struct Branch: Sendable, Hashable {
    public var arms: [Arm]
    public var otherwise: [Node]
    /// `with`: the dot of an arm is what its pipeline yields.
    public var setsDot: Bool
    public var range: Range<Int>

    public struct Arm: Sendable, Hashable {
      public var pipeline: Pipeline
      public var body: [Node]
      /// The action `if …`, `else if …`, `with …` or `else with …`.
      public var range: Range<Int>
    }
  }

  /// `range`. Its pipeline's variables are the element, or index (key) and element.
  public struct Loop: Sendable, Hashable {
    public var pipeline: Pipeline
    public var body: [Node]
    public var otherwise: [Node]
    public var range: Range<Int>
  }

  /// `template "name" pipeline`, and what a `block` does beside defining.
  public struct Call: Sendable, Hashable {
    public var name: String
    public var pipeline: Pipeline?
    public var range: Range<Int>
  }

  public struct Pipeline: Sendable, Hashable {
    /// Variables that it declares or sets, with their `$`.
    public var variables: [String]
    /// `=` and not `:=`.
    public var isAssignment: Bool
    /// Each but the first gets the result of the one before as its last argument. Never empty.
    public var commands: [Command]
    public var range: Range<Int>
  }

  /// A value or function and its arguments.
  public struct Command: Sendable, Hashable {
    /// Never empty.
    public var operands: [Operand]
    public var range: Range<Int>
  }

  public struct Operand: Sendable, Hashable {
    public var kind: Kind
    public var range: Range<Int>

    public indirect enum Kind: Sendable, Hashable {
      case dot
      case nothing
      case bool(Bool)
      case number(GoTemplateNumber)
      /// A string's bytes, its escapes resolved.
      case text([UInt8])
      /// `.a.b`; never empty.
      case field([String])
      /// `$x.a.b`: the name with its `$`, and fields.
      case variable(String, [String])
      case function(String)
      case pipeline(Pipeline)
      /// Fields of a function's result or of a pipeline in parentheses.
      case chain(Operand, [String])
    }
  }

  /// Reads a text.
  ///
  /// - Parameters:
  ///   - name: of the template itself, which a `define` may name again.
  /// - Throws: what is wrong first, at its offset.
  public init(_ text: [UInt8], dialect: TemplateDialect, name: String = "") throws(QueryError) {
    var parser = GoTemplateParser(text, dialect: dialect)
    self = try parser.parse(name: name)
  }

  public init(_ text: String, dialect: TemplateDialect, name: String = "") throws(QueryError) {
    try self.init(Array(text.utf8), dialect: dialect, name: name)
  }

  init(root: [Node], definitions: [String: Definition], comments: [Range<Int>]) {
    self.root = root
    self.definitions = definitions
    self.comments = comments
  }
}

extension [GoTemplate.Node] {
  /// Whether nothing but white space is in it (`parse.IsEmptyTree`), so that it does not take the place of another definition.
  public var isBlank: Bool {
    allSatisfy {
      guard case .text(let text) = $0 else { return false }
      return String(decoding: text.bytes, as: UTF8.self).unicodeScalars.allSatisfy(\.properties.isWhitespace)
    }
  }
}
