import Syntax

/// Objects in the data of templates.
enum DataObject: Hashable {
  /// Prometheus's rule (`template.AlertTemplateData`).
  case rule
  /// Alertmanager's notification (`template.Data`), its alerts, and one of them (`template.Alert`).
  case notification
  case alerts
  case alert
  /// Grafana's rule (`template.Data` of `ngalert/state/template`), its values and one of them.
  case grafanaRule
  case grafanaValues
  case grafanaValue
  /// Grafana's `ExtendedData`, its alerts, and one of them.
  case grafanaNotification
  case grafanaAlerts
  case grafanaAlert
}

/// What the fields, methods and elements of a template's data are.
enum DataModel {
  typealias Shape = AbstractValue.Shape

  static func root(_ dialect: TemplateDialect) -> AbstractValue {
    switch dialect {
    case .prometheus: .object(.rule)
    case .alertmanager: .object(.notification)
    case .loki, .promtail: .map(.fields)
    case .grafanaRules: .object(.grafanaRule)
    case .grafanaNotifications: .object(.grafanaNotification)
    }
  }

  /// The variables that the program declares before a rule's text, but for the dot.
  static func variables(_ dialect: TemplateDialect) -> [(name: String, value: AbstractValue)] {
    let root = root(dialect)
    return dialect.variables.map { name in
      let field = name.dropFirst().prefix(1).uppercased() + name.dropFirst(2)
      return (name, member(field, of: root, in: dialect))
    }
  }

  // MARK: Members

  /// A field, method or entry of a value by its name.
  static func member(_ name: String, of value: AbstractValue, in dialect: TemplateDialect) -> AbstractValue {
    // A field or method of a text, time or number tells of that text.
    var result = AbstractValue.text(value.text, control: value.control)
    for shape in value.shapes { result.formUnion(member(name, of: shape, in: dialect)) }
    if value.shapes.contains(.container) { result.formUnion(value) }
    return result
  }

  private static func member(_ name: String, of shape: Shape, in dialect: TemplateDialect) -> AbstractValue {
    switch shape {
    case .object(.grafanaValues): .object(.grafanaValue)
    case .object(let object): fields(object)[name] ?? .anything
    case .map(let map): entry(name, of: map, in: dialect)
    case .pairs(let map):
      switch name {
      case "Names": texts([.names(map)])
      case "Values": texts([.entries(map)])
      default: .text(printed(shape))
      }
    case .pair(let map):
      switch name {
      case "Name": .text([.names(map)])
      case "Value": .text([.entries(map)])
      default: .anything
      }
    case .samples, .namespace, .anything: .anything
    case .sample(let query):
      switch name {
      case "Labels": texts([.queryLabels(query)])
      case "Value": .text([.queryValue(query)])
      default: .anything
      }
    case .container: AbstractValue()
    }
  }

  /// The entry of a map; before it Alertmanager's methods of `KV`, and the lines of Promtail's map.
  private static func entry(_ name: String, of map: TemplateMap, in dialect: TemplateDialect) -> AbstractValue {
    if dialect == .promtail, map == .fields, name == "Entry" { return .text([.line]) }
    guard dialect == .alertmanager || dialect == .grafanaNotifications, map != .values, map != .variables else {
      return .text([.entry(map, name)])
    }
    return switch name {
    case "SortedPairs": .shape(.pairs(map))
    case "Remove": .map(map)
    case "Names": texts([.names(map)])
    case "Values": texts([.entries(map)])
    case "String": .text(printed(.map(map)))
    default: .text([.entry(map, name)])
    }
  }

  static func texts(_ sources: Set<TemplateSource>) -> AbstractValue {
    AbstractValue(shapes: [.container], text: sources, literals: .unknown)
  }

  // MARK: Elements

  /// One of the elements, and its index or key.
  static func element(of value: AbstractValue) -> (value: AbstractValue, key: AbstractValue) {
    var element = AbstractValue.text(value.text, control: value.control)
    var key = AbstractValue.text([], control: value.control)
    for shape in value.shapes {
      switch shape {
      case .object(.alerts): element.formUnion(.object(.alert))
      case .object(.grafanaAlerts): element.formUnion(.object(.grafanaAlert))
      case .object(.grafanaValues):
        element.formUnion(.object(.grafanaValue))
        key.formUnion(.text([.names(.values)]))
      case .map(let map):
        element.formUnion(.text([.entries(map)] as Set).union(map == .fields ? .text([.line]) : AbstractValue()))
        key.formUnion(.text([.names(map)]))
      case .pairs(let map): element.formUnion(.shape(.pair(map)))
      case .samples(let query): element.formUnion(.shape(.sample(query)))
      case .container:
        element.formUnion(value)
        key.text.formUnion(value.text)
      case .object, .pair, .sample, .namespace: break
      case .anything:
        element.formUnion(.anything)
        key.formUnion(.anything)
      }
    }
    return (element, key)
  }

  /// `index`, with one key.
  static func element(of value: AbstractValue, at key: AbstractValue, in dialect: TemplateDialect) -> AbstractValue {
    var result = element(of: value).value
    let maps = value.shapes.filter { if case .map = $0 { true } else { false } }
    if let names = key.onlyTexts, !maps.isEmpty {
      var others = value
      others.shapes.subtract(maps)
      result = element(of: others).value
      // An element of what the template made can be the map itself.
      if value.shapes.contains(.container) { result.formUnion(value) }
      for case .map(let map) in maps {
        for name in names { result.formUnion(named(String(decoding: name, as: UTF8.self), of: map, in: dialect)) }
      }
    }
    result.control.formUnion(key.text)
    result.control.formUnion(key.control)
    return result
  }

  /// An entry and no method.
  private static func named(_ name: String, of map: TemplateMap, in dialect: TemplateDialect) -> AbstractValue {
    if dialect == .promtail, map == .fields, name == "Entry" { return .text([.line]) }
    return .text([.entry(map, name)])
  }

  // MARK: Printing

  static func printed(_ shape: Shape) -> Set<TemplateSource> {
    switch shape {
    // Its `String` method prints the number alone.
    case .object(.grafanaValue): [.value]
    case .object(.grafanaValues): [.value, .names(.values)]
    case .object(.alerts): printed(.object(.alert))
    case .object(.grafanaAlerts): printed(.object(.grafanaAlert))
    case .object(let object): fields(object).values.reduce([]) { $0.union($1.printed) }
    case .map(.fields): [.entries(.fields), .names(.fields), .line]
    case .map(let map), .pairs(let map), .pair(let map): [.entries(map), .names(map)]
    case .samples(let query), .sample(let query): [.queryLabels(query), .queryValue(query)]
    case .container, .namespace: []
    case .anything: [.anything]
    }
  }

  // MARK: Fields

  private static func fields(_ object: DataObject) -> [String: AbstractValue] { tables[object] ?? [:] }

  private static let tables: [DataObject: [String: AbstractValue]] = {
    let alert: [String: AbstractValue] = [
      "Labels": .map(.labels), "Annotations": .map(.annotations),
    ].merging(plain("Status", "StartsAt", "EndsAt", "GeneratorURL", "Fingerprint")) { $1 }
    let notification: [String: AbstractValue] = [
      "GroupLabels": .map(.groupLabels), "CommonLabels": .map(.commonLabels),
      "CommonAnnotations": .map(.commonAnnotations),
    ].merging(plain("Receiver", "Status", "ExternalURL")) { $1 }
    let allLabels: Set<TemplateSource> = [.entries(.labels), .names(.labels)]
    // `[ var='A' labels={…} value=1 ]`
    let valueText = AbstractValue.text([.entries(.valueLabels), .names(.valueLabels), .value])
    return [
      .rule: [
        "Labels": .map(.labels), "ExternalLabels": .map(.externalLabels), "Value": .text([.value]),
      ].merging(plain("ExternalURL")) { $1 },
      .notification: notification.merging([
        "Alerts": .object(.alerts), "RouteLabels": .map(.routeLabels),
      ]) { $1 }.merging(plain("NotificationReason")) { $1 },
      .alerts: ["Firing": .object(.alerts), "Resolved": .object(.alerts)],
      .alert: alert,
      .grafanaRule: [
        "Labels": .map(.labels), "Values": .object(.grafanaValues), "Value": valueText,
      ],
      .grafanaValue: ["Labels": .map(.valueLabels), "Value": .text([.value])],
      .grafanaNotification: notification.merging([
        "Alerts": .object(.grafanaAlerts), "Vars": .map(.variables),
        "GroupKey": .text([.entries(.groupLabels), .names(.groupLabels)]),
      ]) { $1 }.merging(plain("TruncatedAlerts", "AppVersion")) { $1 },
      .grafanaAlerts: ["Firing": .object(.grafanaAlerts), "Resolved": .object(.grafanaAlerts)],
      .grafanaAlert: alert.merging([
        // Every label is a matcher in it.
        "SilenceURL": .text(allLabels), "Values": .map(.values), "ValueString": valueText,
        "DashboardURL": .text([.entries(.annotations)]), "PanelURL": .text([.entries(.annotations)]),
        "RuleUID": .text([.entry(.labels, "__alert_rule_uid__")]),
      ]) { $1 }.merging(plain("ImageURL", "EmbeddedImage", "OrgID", "ExtraData")) { $1 },
    ]
  }()

  private static func plain(_ names: String...) -> [String: AbstractValue] {
    Dictionary(uniqueKeysWithValues: names.map { ($0, .text([.field($0)])) })
  }
}
