import Syntax

/// Sprig's functions of maps and of JSON (`dict.go`, `defaults.go`), and those that ask for a value's type (`reflect.go`).
///
/// Those that change a map where it is, or walk it in no order, are not evaluated: `set`, `unset`, `merge`, `keys`, `values`.
extension TemplateFunctions {
  static let sprigMaps: [String: TemplateFunction] = maps.merging(json) { $1 }.merging(types) { $1 }

  private static let maps: [String: TemplateFunction] = [
    "dict": TemplateFunction(rest: .any) { (run, values) throws(TemplateError) in
      var entries: [String: TemplateValue] = [:]
      for index in stride(from: 0, to: values.count, by: 2) {
        let name = String(decoding: try printed(values[index], run), as: UTF8.self)
        entries[name] = index + 1 < values.count ? values[index + 1] : .text([])
      }
      return .map(.init(entries, .values))
    },
    "get": TemplateFunction(.dictionary, .text) { _, values in entries(values[0])[name(values[1])] ?? .text([]) },
    "hasKey": TemplateFunction(.dictionary, .text) { _, values in .bool(entries(values[0])[name(values[1])] != nil) },
    "pluck": TemplateFunction(.text, rest: .dictionary) { _, values in
      .list(.init(values.dropFirst().compactMap { entries($0)[name(values[0])] }, .values))
    },
    "pick": TemplateFunction(.dictionary, rest: .text) { _, values in
      let names = Set(values.dropFirst().map(name))
      return .map(.init(entries(values[0]).filter { names.contains($0.key) }, .values))
    },
    "omit": TemplateFunction(.dictionary, rest: .text) { _, values in
      let names = Set(values.dropFirst().map(name))
      return .map(.init(entries(values[0]).filter { !names.contains($0.key) }, .values))
    },
    "dig": TemplateFunction(rest: .any) { (_, values) throws(TemplateError) in
      guard values.count >= 3 else { throw TemplateError("dig is given too few arguments") }
      var value = values[values.count - 1]
      for (index, key) in values.dropLast(2).enumerated() {
        guard case .map(let map) = value, map.kind == .values, case .text = key else {
          throw TemplateError("dig is given a key that is no text, or what is no map")
        }
        guard let entry = map[name(key)] else { return values[values.count - 2] }
        if index == values.count - 3 { return entry }
        value = entry
      }
      return value
    },
    "deepCopy": TemplateFunction(.any) { _, values in values[0] },
    "mustDeepCopy": TemplateFunction(.any) { _, values in values[0] },
  ]

  private static let json: [String: TemplateFunction] = [
    "fromJson": TemplateFunction(.text) { _, values in
      (try? JSONDocument.parse(values[0].bytes ?? [])).map(value) ?? .none
    },
    "mustFromJson": TemplateFunction(.text) { (_, values) throws(TemplateError) in
      guard let root = try? JSONDocument.parse(values[0].bytes ?? []) else { throw TemplateError("a text is no JSON") }
      return value(root)
    },
    "toJson": TemplateFunction(.any) { _, values in .text((try? GoJSON.text(values[0])) ?? []) },
    "mustToJson": TemplateFunction(.any) { (_, values) throws(TemplateError) in .text(try GoJSON.text(values[0])) },
    "toPrettyJson": TemplateFunction(.any) { _, values in .text((try? GoJSON.text(values[0], indent: "  ")) ?? []) },
    "mustToPrettyJson": TemplateFunction(.any) { (_, values) throws(TemplateError) in
      .text(try GoJSON.text(values[0], indent: "  "))
    },
    "toRawJson": rawJSON, "mustToRawJson": rawJSON,
  ]

  private static let rawJSON = TemplateFunction(.any) { (_, values) throws(TemplateError) in
    .text(try GoJSON.text(values[0], escapesMarkup: false))
  }

  private static let types: [String: TemplateFunction] = [
    "typeOf": TemplateFunction(.any) { _, values in .string(values[0].typeName) },
    "typeIs": TemplateFunction(.text, .any) { _, values in .bool(name(values[0]) == values[1].typeName) },
    "typeIsLike": TemplateFunction(.text, .any) { _, values in
      .bool([values[1].typeName, String(values[1].typeName.trimmingPrefix("*"))].contains(name(values[0])))
    },
    "kindOf": TemplateFunction(.any) { _, values in .string(kindName(values[0])) },
    "kindIs": TemplateFunction(.text, .any) { _, values in .bool(name(values[0]) == kindName(values[1])) },
    "deepEqual": TemplateFunction(.any, .any) { _, values in .bool(values[0].isDeeplyEqual(to: values[1])) },
  ]

  // MARK: Helpers

  private static func entries(_ value: TemplateValue) -> [String: TemplateValue] {
    if case .map(let map) = value { map.entries } else { [:] }
  }

  private static func name(_ value: TemplateValue) -> String { String(decoding: value.bytes ?? [], as: UTF8.self) }

  /// `reflect.Kind`
  private static func kindName(_ value: TemplateValue) -> String {
    switch value {
    case .none: "invalid"
    case .bool: "bool"
    case .int, .constant: "int"
    case .long, .duration: "int64"
    case .float: "float64"
    case .text, .markup: "string"
    case .list: "slice"
    case .map: "map"
    case .object(let object): object.isPointer ? "ptr" : "struct"
    case .time: "struct"
    }
  }

  private static func value(_ json: PositionedValue) -> TemplateValue {
    switch json.content {
    case .scalar(_, .null): .none
    case .scalar(let text, .bool): .bool(text == "true")
    case .scalar(let text, .number): .float(Double(text) ?? 0)
    case .scalar(let text, _): .string(text)
    case .sequence(let elements): .list(.init(elements.map(value), .values))
    case .mapping(let entries):
      .map(.init(Dictionary(entries.map { ($0.key.string ?? "", value($0.value)) }) { $1 }, .values))
    }
  }
}
