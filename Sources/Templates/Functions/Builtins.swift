/// Go's own functions (`text/template/funcs.go`).
extension TemplateFunctions {
  static let builtin: [String: TemplateFunction] = [
    "not": TemplateFunction(.any) { _, values in .bool(!values[0].isTrue) },
    "len": TemplateFunction(.any) { (_, values) throws(TemplateError) in .int(try count(values[0])) },
    "index": TemplateFunction(.any, rest: .any) { (_, values) throws(TemplateError) in
      if case .none = values[0] { throw TemplateError("an element of nothing is asked for") }
      var value = values[0]
      for key in values.dropFirst() { value = try element(of: value, at: key) }
      return value
    },
    "slice": TemplateFunction(.any, rest: .any) { (_, values) throws(TemplateError) in try slice(values) },
    "print": TemplateFunction(rest: .any) { (run, values) throws(TemplateError) in
      var printer = run.printer
      try printer.printAll(values)
      return .text(printer.out)
    },
    "println": TemplateFunction(rest: .any) { (run, values) throws(TemplateError) in
      var printer = run.printer
      try printer.printLine(values)
      return .text(printer.out)
    },
    "printf": TemplateFunction(.text, rest: .any) { (run, values) throws(TemplateError) in
      var printer = run.printer
      try printer.printFormat(values[0].bytes ?? [], Array(values.dropFirst()))
      try run.check(printer.out.count)
      return .text(printer.out)
    },
    "html": escaper(GoEscapes.html), "js": escaper(GoEscapes.script), "urlquery": escaper(GoEscapes.query),
    "eq": TemplateFunction(.any, rest: .any) { (_, values) throws(TemplateError) in .bool(try isEqual(values)) },
    "ne": TemplateFunction(.any, .any) { (_, values) throws(TemplateError) in .bool(try !isEqual(values)) },
    "lt": TemplateFunction(.any, .any) { (_, values) throws(TemplateError) in .bool(try isLess(values)) },
    "le": TemplateFunction(.any, .any) { (_, values) throws(TemplateError) in
      .bool(try isAtMost(values))
    },
    "gt": TemplateFunction(.any, .any) { (_, values) throws(TemplateError) in
      .bool(try !isAtMost(values))
    },
    "ge": TemplateFunction(.any, .any) { (_, values) throws(TemplateError) in .bool(try !isLess(values)) },
    "call": TemplateFunction(.any, rest: .any) { (_, _) throws(TemplateError) in
      throw TemplateError("call is given what is no function")
    },
  ]

  /// Of the arguments as an action would print them.
  private static func escaper(_ escape: @escaping @Sendable ([UInt8]) -> [UInt8]) -> TemplateFunction {
    TemplateFunction(rest: .any) { (run, values) throws(TemplateError) in
      var printer = run.printer
      try printer.printAll(
        values.map { value in
          if case .none = value { return .string("<no value>") }
          return GoPrinter.indirect(value)
        })
      return .text(escape(printer.out))
    }
  }

  private static func count(_ value: TemplateValue) throws(TemplateError) -> Int {
    switch value {
    case .list(let list): list.elements.count
    case .map(let map): map.entries.count
    case .text(let bytes), .markup(let bytes): bytes.count
    default: throw TemplateError("len needs a text, a list or a map")
    }
  }

  // MARK: Elements

  private static func element(of value: TemplateValue, at key: TemplateValue) throws(TemplateError) -> TemplateValue {
    switch value {
    case .list(let list):
      let index = try index(key, upTo: list.elements.count)
      guard index < list.elements.count else { throw TemplateError("an index is out of range") }
      return list.elements[index]
    case .text(let bytes), .markup(let bytes):
      let index = try index(key, upTo: bytes.count)
      guard index < bytes.count else { throw TemplateError("an index is out of range") }
      return .int(Int(bytes[index]))
    case .map(let map):
      guard case .text(let name) = key else { throw TemplateError("a map is asked for a key that is no text") }
      return map[String(decoding: name, as: UTF8.self)] ?? map.zero
    default: throw TemplateError("index needs a list, a map or a text")
    }
  }

  private static func index(_ value: TemplateValue, upTo count: Int) throws(TemplateError) -> Int {
    let index: Int
    switch value {
    case .int(let number), .long(let number): index = number
    default: throw TemplateError("an index is no whole number")
    }
    guard index >= 0, index <= count else { throw TemplateError("an index is out of range") }
    return index
  }

  private static func slice(_ values: [TemplateValue]) throws(TemplateError) -> TemplateValue {
    let count: Int
    switch values[0] {
    case .list(let list): count = list.elements.count
    case .text(let bytes), .markup(let bytes): count = bytes.count
    default: throw TemplateError("slice needs a list or a text")
    }
    guard values.count <= (values[0].bytes == nil ? 4 : 3) else {
      throw TemplateError("slice is given too many indexes")
    }
    let bounds = try values.dropFirst().map { (value) throws(TemplateError) in try index(value, upTo: count) }
    let lower = bounds.first ?? 0
    let upper = bounds.count > 1 ? bounds[1] : count
    guard lower <= upper, bounds.count < 3 || upper <= bounds[2] else {
      throw TemplateError("slice is given indexes that do not grow")
    }
    switch values[0] {
    case .list(let list): return .list(TemplateValue.List(Array(list.elements[lower..<upper]), list.kind))
    case .markup(let bytes): return .markup(Array(bytes[lower..<upper]))
    default: return .text(Array((values[0].bytes ?? [])[lower..<upper]))
    }
  }

  // MARK: Comparison

  private enum Kind: Hashable { case bool, int, float, text }

  private static func kind(_ value: TemplateValue) -> Kind? {
    switch value {
    case .bool: .bool
    case .int, .long, .duration, .constant: .int
    case .float: .float
    case .text, .markup: .text
    case .none, .list, .map, .object, .time: nil
    }
  }

  private static func int(_ value: TemplateValue) -> Int {
    switch value {
    case .int(let number), .long(let number), .constant(_, let number): number
    case .duration(let number): Int(number)
    default: 0
    }
  }

  private static func isEqual(_ values: [TemplateValue]) throws(TemplateError) -> Bool {
    guard values.count > 1 else { throw TemplateError("eq is given nothing to compare with") }
    for other in values.dropFirst() where try isEqual(values[0], other) { return true }
    return false
  }

  private static func isEqual(_ one: TemplateValue, _ other: TemplateValue) throws(TemplateError) -> Bool {
    switch (one, other) {
    case (.none, .none): return true
    case (.none, _), (_, .none): return false
    case (.bool(let one), .bool(let other)): return one == other
    case (.float(let one), .float(let other)): return one == other
    case (.time(let one), .time(let other)): return one == other
    case (.object(let one), .object(let other)):
      guard one.kind == .pair, other.kind == .pair else { throw TemplateError("values that can't be compared") }
      return one["Name"]?.bytes == other["Name"]?.bytes && one["Value"]?.bytes == other["Value"]?.bytes
    default: break
    }
    guard let kind = kind(one), kind == self.kind(other) else { throw TemplateError("values that can't be compared") }
    return kind == .text ? one.bytes == other.bytes : int(one) == int(other)
  }

  private static func isAtMost(_ values: [TemplateValue]) throws(TemplateError) -> Bool {
    if try isLess(values) { return true }
    return try isEqual(values)
  }

  private static func isLess(_ values: [TemplateValue]) throws(TemplateError) -> Bool {
    switch (values[0], values[1]) {
    case (.float(let one), .float(let other)): return one < other
    default: break
    }
    guard let kind = kind(values[0]), kind == self.kind(values[1]), kind == .int || kind == .text else {
      throw TemplateError("values that have no order")
    }
    if kind == .int { return int(values[0]) < int(values[1]) }
    return (values[0].bytes ?? []).lexicographicallyPrecedes(values[1].bytes ?? [])
  }
}
