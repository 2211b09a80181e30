import Expressions
public import Syntax

/// A template read once, to be run with data or to be asked what of the data it lets out.
public struct Template: Sendable {
  public let dialect: TemplateDialect
  public let source: GoTemplate
  let library: TemplateLibrary
  /// Bodies by name: the text's own before the library's.
  let definitions: [String: TemplateLibrary.Entry]
  /// Regular expressions that stand in it.
  let expressions: [[UInt8]: RE2]

  /// - Parameters:
  ///   - library: files whose definitions it may call.
  ///   - name: the template's own.
  /// - Throws: what is wrong with the text, at its offset.
  public init(
    _ text: [UInt8], dialect: TemplateDialect, library: TemplateLibrary? = nil, name: String = ""
  ) throws(QueryError) {
    self.init(try GoTemplate(text, dialect: dialect, name: name), dialect: dialect, library: library)
  }

  public init(
    _ text: String, dialect: TemplateDialect, library: TemplateLibrary? = nil, name: String = ""
  ) throws(QueryError) {
    try self.init(Array(text.utf8), dialect: dialect, library: library, name: name)
  }

  public init(_ source: GoTemplate, dialect: TemplateDialect, library: TemplateLibrary? = nil) {
    let library = library ?? TemplateLibrary(dialect)
    self.dialect = dialect
    self.source = source
    self.library = library
    var definitions = library.entries
    for (name, definition) in source.definitions {
      guard definitions[name] == nil || !definition.body.isBlank else { continue }
      definitions[name] = TemplateLibrary.Entry(body: definition.body, file: nil, range: definition.range)
    }
    self.definitions = definitions
    var texts: [[UInt8]] = []
    for body in [source.root] + definitions.values.map(\.body) { Operands.visit(body) { texts += $0.expressions } }
    expressions = texts.reduce(into: [:]) { known, text in
      if known[text] == nil { known[text] = try? RE2(String(decoding: text, as: UTF8.self)) }
    }
  }

  /// Where the first function stands that this program has and that is not evaluated here; nil where there is none.
  public var unsupported: TemplateFlow.Place? {
    var places: [TemplateFlow.Place] = []
    func visit(_ nodes: [GoTemplate.Node], _ file: Int?) {
      Operands.visit(nodes) { command in
        for case .function(let name) in command.operands.map(\.kind)
        where !["and", "or"].contains(name) && TemplateFunctions.function(name, in: dialect) == nil {
          places.append(TemplateFlow.Place(file: file, offset: command.range.lowerBound))
        }
      }
    }
    visit(source.root, nil)
    for entry in definitions.values { visit(entry.body, entry.file) }
    return places.min { ($0.file ?? -1, $0.offset) < ($1.file ?? -1, $1.offset) }
  }

  /// Runs it.
  ///
  /// - Returns: its output.
  /// - Throws: where Go stops with an error, and where something is asked for that is not evaluated here.
  public func render(_ data: TemplateValue, in environment: TemplateEnvironment = .init()) throws(TemplateError)
    -> [UInt8]
  {
    try TemplateRun(self, environment).run(data)
  }
}

/// Files of templates that a program reads beforehand, as Alertmanager's `templates:` names them.
public struct TemplateLibrary: Sendable {
  public let dialect: TemplateDialect
  /// In the order in which they were added.
  public private(set) var files: [GoTemplate] = []
  private(set) var entries: [String: Entry] = [:]

  struct Entry: Sendable {
    var body: [GoTemplate.Node]
    /// Its number among the files; nil for a definition in the text itself.
    var file: Int?
    var range: Range<Int>
  }

  public init(_ dialect: TemplateDialect) { self.dialect = dialect }

  /// Names of all templates, sorted.
  public var names: [String] { entries.keys.sorted() }

  /// Reads a file; what it defines takes the place of what an earlier one defined, unless it is blank.
  ///
  /// - Parameter name: under which its text outside of definitions can be called: the file's name without folders.
  public mutating func add(_ text: [UInt8], name: String) throws(QueryError) {
    let template = try GoTemplate(text, dialect: dialect, name: name)
    let number = files.count
    files.append(template)
    for (name, definition) in template.definitions {
      set(name, Entry(body: definition.body, file: number, range: definition.range))
    }
    set(name, Entry(body: template.root, file: number, range: 0..<text.count))
  }

  private mutating func set(_ name: String, _ entry: Entry) {
    if entries[name] == nil || !entry.body.isBlank { entries[name] = entry }
  }
}

extension Template {
  /// What of the data its output can hold.
  public func flow() -> TemplateFlow { FlowAnalysis(self).run() }

  /// The same of a template that is defined in the text or the library, run on the program's own data; nil where there is none
  /// of that name.
  public func flow(of definition: String) -> TemplateFlow? { FlowAnalysis(self).run(definition: definition) }
}
