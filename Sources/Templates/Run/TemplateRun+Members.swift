import Syntax

/// Fields, methods and entries.
extension TemplateRun {
  func member(_ name: String, of value: Value) throws(TemplateError) -> Value {
    try member(name, of: value, Arguments(operands: [], piped: nil, dot: .none))
  }

  func member(_ name: String, of value: Value, _ arguments: Arguments) throws(TemplateError) -> Value {
    if case .object(let object) = value, let space = object.kind.space {
      return try call("\(space).\(name)", arguments)
    }
    if let method = method(name, of: value) { return try call(method, arguments) }
    switch value {
    case .none: return .none
    case .object(let object):
      guard let field = object[name] else { throw TemplateError("a field that the data does not have") }
      guard arguments.isEmpty else { throw TemplateError("arguments are given to a field") }
      return field
    case .map(let map):
      guard arguments.isEmpty else { throw TemplateError("arguments are given to an entry of a map") }
      return map[name] ?? (missing == .zero ? map.zero : .none)
    default: throw TemplateError("a field of a value that has none")
    }
  }

  private var missing: TemplateEnvironment.Missing {
    environment.missing ?? (dialect == .promtail || dialect == .grafanaRules ? .nothing : .zero)
  }

  private func method(_ name: String, of value: Value) -> TemplateFunction? {
    switch value {
    case .map(let map) where map.kind == .pairs: pairsMethod(name, map)
    case .map(let map) where map.kind == .labels && name == "String": printing(.map(map))
    case .list(let list) where list.kind == .alerts:
      switch name {
      case "Firing": TemplateFunction { _, _ in .list(AlertData.alerts(list, "firing")) }
      case "Resolved": TemplateFunction { _, _ in .list(AlertData.alerts(list, "resolved")) }
      default: nil
      }
    case .list(let list) where list.kind == .pairs:
      switch name {
      case "Names": TemplateFunction { _, _ in AlertData.texts(list, "Name") }
      case "Values": TemplateFunction { _, _ in AlertData.texts(list, "Value") }
      case "String" where printer.printsPairs: printing(.list(list))
      default: nil
      }
    case .list(let list) where list.kind == .texts && name == "Join" && dialect != .prometheus:
      TemplateFunction(.text) { _, values in
        .text(Array(list.elements.map { $0.bytes ?? [] }.joined(separator: values[0].bytes ?? [])))
      }
    case .object(let object) where object.kind == .grafanaValue && name == "String": printing(value)
    case .time(let time): TimeMethods.method(name, of: time)
    case .duration(let nanoseconds): TimeMethods.method(name, of: nanoseconds)
    case .constant(let text, _) where name == "String": TemplateFunction { _, _ in .string(text) }
    default: nil
    }
  }

  private func printing(_ value: Value) -> TemplateFunction {
    let text = printer.ownText(value) ?? []
    return TemplateFunction { _, _ in .text(text) }
  }

  private func pairsMethod(_ name: String, _ map: Value.Map) -> TemplateFunction? {
    switch name {
    case "SortedPairs": TemplateFunction { _, _ in .list(AlertData.pairs(map)) }
    case "Names": TemplateFunction { _, _ in AlertData.texts(AlertData.pairs(map), "Name") }
    case "Values": TemplateFunction { _, _ in AlertData.texts(AlertData.pairs(map), "Value") }
    case "Remove":
      TemplateFunction(.texts) { _, values in
        guard case .list(let list) = values[0] else { return .map(map) }
        let gone = Set(list.elements.compactMap { $0.bytes.map { String(decoding: $0, as: UTF8.self) } })
        return .map(Value.Map(map.entries.filter { !gone.contains($0.key) }, .pairs))
      }
    case "String" where printer.printsPairs: printing(.map(map))
    default: nil
    }
  }
}
