/// A value as Go's templates see it, with as much of its type as changes what they make of it.
public indirect enum TemplateValue: Sendable {
  /// No value at all: `nil`, or an entry that is not there. Printed as `<no value>`, or `<nil>` by a function.
  case none
  case bool(Bool)
  case int(Int)
  /// An `int64`, which a parameter of `int` refuses.
  case long(Int)
  case float(Double)
  case text([UInt8])
  /// A text whose type is one of `html/template`'s, so that functions of plain texts refuse it.
  case markup([UInt8])
  case list(List)
  case map(Map)
  case object(Object)
  case time(TemplateTime)
  /// Nanoseconds.
  case duration(Int64)
  /// A number with a name: a month or a day of the week.
  case constant(String, Int)

  public init(_ text: String) { self = .text(Array(text.utf8)) }

  public struct List: Sendable {
    public var elements: [TemplateValue]
    public var kind: Kind

    public enum Kind: Sendable, Hashable {
      case texts
      case values
      case ints
      /// `[][]interface{}`
      case lists
      /// Alertmanager's `template.Alerts`, what its `Firing` and `Resolved` return, and `template.Pairs`.
      case alerts
      case someAlerts
      case pairs
      /// Prometheus's results of `query`.
      case samples
    }

    public init(_ elements: [TemplateValue], _ kind: Kind) {
      self.elements = elements
      self.kind = kind
    }
  }

  public struct Map: Sendable {
    public private(set) var entries: [String: TemplateValue]
    public var kind: Kind

    public enum Kind: Sendable, Hashable {
      /// `map[string]string`
      case texts
      /// Alertmanager's `template.KV`
      case pairs
      /// Grafana's `Labels`
      case labels
      /// `map[string]interface{}`
      case values
      /// `map[string]float64`
      case numbers
      /// Grafana's `map[string]Value`
      case grafanaValues
    }

    public init(_ entries: [String: TemplateValue], _ kind: Kind) {
      self.entries = entries
      self.kind = kind
    }

    public init(texts: [String: String], _ kind: Kind = .texts) {
      self.init(texts.mapValues { TemplateValue($0) }, kind)
    }

    public subscript(name: String) -> TemplateValue? { entries[name] }

    /// In the order in which Go prints and walks them.
    public var names: [String] { entries.keys.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) } }

    /// What an entry that is not there is worth.
    var zero: TemplateValue {
      switch kind {
      case .texts, .pairs, .labels: .text([])
      case .values: .none
      case .numbers: .float(0)
      case .grafanaValues: .object(.init(.grafanaValue, [("Labels", .map(Map([:], .labels))), ("Value", .float(0))]))
      }
    }
  }

  /// A structure with fields in their order.
  public struct Object: Sendable {
    public var kind: Kind
    public var fields: [(name: String, value: TemplateValue)]
    /// A pointer to it, which functions print with an `&` before it.
    public var isPointer: Bool

    public enum Kind: Sendable, Hashable {
      case rule
      case sample
      case notification
      case alert
      case pair
      case grafanaRule
      case grafanaValue
      case grafanaNotification
      case grafanaAlert
      /// Grafana's `coll`, `data`, `tmpl` and `time`.
      case namespace(String)

      var space: String? { if case .namespace(let name) = self { name } else { nil } }
    }

    public init(_ kind: Kind, _ fields: [(name: String, value: TemplateValue)], isPointer: Bool = false) {
      self.kind = kind
      self.fields = fields
      self.isPointer = isPointer
    }

    public subscript(name: String) -> TemplateValue? { fields.first { $0.name == name }?.value }
  }
}

extension TemplateValue {
  /// As conditions see it: not zero, not empty.
  var isTrue: Bool {
    switch self {
    case .none: false
    case .bool(let flag): flag
    case .int(let number), .long(let number): number != 0
    case .float(let number): number != 0
    case .text(let bytes), .markup(let bytes): !bytes.isEmpty
    case .list(let list): !list.elements.isEmpty
    case .map(let map): !map.entries.isEmpty
    case .object, .time: true
    case .duration(let nanoseconds): nanoseconds != 0
    case .constant(_, let number): number != 0
    }
  }

  /// `reflect.Kind` of strings.
  var bytes: [UInt8]? {
    switch self {
    case .text(let bytes), .markup(let bytes): bytes
    default: nil
    }
  }

  static func string(_ text: String) -> TemplateValue { TemplateValue(text) }
}
