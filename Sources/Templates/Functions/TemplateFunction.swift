import Syntax

/// A function of templates with the types of its parameters, which Go checks before it calls.
struct TemplateFunction: Sendable {
  enum Parameter: Sendable, Hashable {
    /// `interface{}`
    case any
    case text, int, float, bool, time
    /// `[]string`, `[]interface{}`
    case texts, values
    case samples, sample
    /// Grafana's labels, and its values by name.
    case labels, grafanaValues
    /// `map[string]interface{}`
    case dictionary

    var takesNil: Bool {
      switch self {
      case .any, .texts, .values, .samples, .sample, .labels, .grafanaValues, .dictionary: true
      case .text, .int, .float, .bool, .time: false
      }
    }

    func accept(_ value: TemplateValue) throws(TemplateError) -> TemplateValue {
      switch (self, value) {
      case (.any, _), (.text, .text), (.int, .int), (.float, .float), (.bool, .bool), (.time, .time): return value
      case (_, .none) where takesNil: return value
      case (.texts, .list(let list)) where list.kind == .texts: return value
      case (.values, .list(let list)) where list.kind == .values: return value
      case (.samples, .list(let list)) where list.kind == .samples: return value
      case (.sample, .object(let object)) where object.kind == .sample: return value
      // A map of texts without a name of its own may be given for one with.
      case (.labels, .map(let map)) where map.kind == .labels || map.kind == .texts: return value
      case (.dictionary, .map(let map)) where map.kind == .values: return value
      case (.grafanaValues, .map(let map)) where map.kind == .grafanaValues: return value
      default: throw TemplateError("an argument is of the wrong type")
      }
    }

    /// A constant takes the parameter's type; nil where it has to tell its own.
    func accept(_ number: GoTemplateNumber) throws(TemplateError) -> TemplateValue? {
      switch self {
      case .any: return nil
      case .int: if let int = number.int { return .int(Int(int)) }
      case .float: if let float = number.float { return .float(float) }
      default: break
      }
      throw TemplateError("an argument is of the wrong type")
    }
  }

  typealias Body = @Sendable (TemplateRun, [TemplateValue]) throws(TemplateError) -> TemplateValue

  var parameters: [Parameter]
  /// Of any number of arguments that may follow.
  var rest: Parameter?
  var body: Body

  init(_ parameters: Parameter..., rest: Parameter? = nil, body: @escaping Body) {
    self.parameters = parameters
    self.rest = rest
    self.body = body
  }

  func parameter(_ index: Int) -> Parameter {
    index < parameters.count ? parameters[index] : rest ?? .any
  }

  /// A function from texts to a text.
  static func texts(_ count: Int, _ body: @escaping @Sendable ([[UInt8]]) throws(TemplateError) -> [UInt8]) -> Self {
    var function = Self { (_, values) throws(TemplateError) in .text(try body(values.map { $0.bytes ?? [] })) }
    function.parameters = Array(repeating: .text, count: count)
    return function
  }
}

/// The functions of each program that are evaluated.
enum TemplateFunctions {
  static func function(_ name: String, in dialect: TemplateDialect) -> TemplateFunction? { tables[dialect]?[name] }

  /// Names of those that are evaluated; of a name space's functions with the space: `coll.Dict`.
  static func names(_ dialect: TemplateDialect) -> [String] { (tables[dialect] ?? [:]).keys.sorted() }

  private static let tables: [TemplateDialect: [String: TemplateFunction]] = {
    var tables: [TemplateDialect: [String: TemplateFunction]] = [:]
    for dialect in TemplateDialect.allCases {
      let lists: [[String: TemplateFunction]] =
        switch dialect {
        case .prometheus: [builtin, prometheus]
        case .alertmanager: [builtin, alertmanager]
        // Sprig's `slice`, which Loki leaves out, is another than Go's.
        case .loki: [sprig, builtin, loki]
        case .promtail: [builtin, sprig, promtail]
        case .grafanaRules: [builtin, prometheus, grafanaRules]
        case .grafanaNotifications: [builtin, alertmanager, grafanaNotifications, namespaced]
        }
      let all = lists.reduce(into: [:]) { $0.merge($1) { $1 } }
      tables[dialect] = all.filter { name, _ in
        dialect.function(String(name.prefix { $0 != "." })) != nil
      }
    }
    return tables
  }()
}
