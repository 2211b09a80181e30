import Expressions

/// Sprig's functions of lists (`list.go`, and what of `strings.go` and `numeric.go` makes lists).
extension TemplateFunctions {
  static let sprigLists: [String: TemplateFunction] = madeLists.merging(partsOfLists) { $1 }.merging(
    Dictionary(
      uniqueKeysWithValues: [
        "append", "compact", "first", "last", "rest", "initial", "prepend", "push", "reverse", "uniq", "without", "has",
        "slice", "chunk",
      ].compactMap { name in partsOfLists[name].map { ("must" + name.prefix(1).uppercased() + name.dropFirst(), $0) } })
  ) { $1 }

  private static let madeLists: [String: TemplateFunction] = [
    "list": TemplateFunction(rest: .any) { _, values in .list(.init(values, .values)) },
    "tuple": TemplateFunction(rest: .any) { _, values in .list(.init(values, .values)) },
    "splitList": TemplateFunction(.text, .text) { _, values in
      texts(GoText.parts(of: values[1].bytes ?? [], by: values[0].bytes ?? []))
    },
    "split": TemplateFunction(.text, .text) { _, values in
      numbered(GoText.parts(of: values[1].bytes ?? [], by: values[0].bytes ?? []))
    },
    "splitn": TemplateFunction(.text, .int, .text) { _, values in
      guard case .int(let count) = values[1] else { return .none }
      return numbered(GoText.parts(of: values[2].bytes ?? [], by: values[0].bytes ?? [], atMost: count))
    },
    "toStrings": TemplateFunction(.any) { (run, values) throws(TemplateError) in texts(try strings(values[0], run)) },
    "join": TemplateFunction(.text, .any) { (run, values) throws(TemplateError) in
      .text(Array(try strings(values[1], run).joined(separator: values[0].bytes ?? [])))
    },
    "sortAlpha": TemplateFunction(.any) { (run, values) throws(TemplateError) in
      texts(try strings(values[0], run).sorted { $0.lexicographicallyPrecedes($1) })
    },
    "until": TemplateFunction(.int) { (_, values) throws(TemplateError) in
      guard case .int(let count) = values[0] else { return .none }
      return ints(try steps(from: 0, to: count, by: count < 0 ? -1 : 1))
    },
    "untilStep": TemplateFunction(.int, .int, .int) { (_, values) throws(TemplateError) in
      guard case .int(let start) = values[0], case .int(let end) = values[1], case .int(let step) = values[2] else {
        return .none
      }
      return ints(try steps(from: start, to: end, by: step))
    },
    "seq": TemplateFunction(rest: .int) { (_, values) throws(TemplateError) in
      let numbers = values.compactMap { if case .int(let number) = $0 { number } else { nil } }
      return .string(try sequence(numbers).map(String.init).joined(separator: " "))
    },
    "concat": TemplateFunction(rest: .any) { (_, values) throws(TemplateError) in
      var all: [TemplateValue] = []
      for value in values { all += try list(value).elements }
      return .list(.init(all, .values))
    },
  ]

  private static let partsOfLists: [String: TemplateFunction] = [
    "append": appending, "push": appending,
    "prepend": TemplateFunction(.any, .any) { (_, values) throws(TemplateError) in
      .list(.init([values[1]] + (try list(values[0]).elements), .values))
    },
    "first": TemplateFunction(.any) { (_, values) throws(TemplateError) in try list(values[0]).elements.first ?? .none
    },
    "last": TemplateFunction(.any) { (_, values) throws(TemplateError) in try list(values[0]).elements.last ?? .none },
    "rest": changing { Array($0.dropFirst()) }, "initial": changing { Array($0.dropLast()) },
    "reverse": changing { $0.reversed() }, "compact": changing { $0.filter(\.isTrue) },
    "uniq": changing { elements in
      elements.reduce(into: []) { unique, element in
        if !unique.contains(where: { $0.isDeeplyEqual(to: element) }) { unique.append(element) }
      }
    },
    "without": TemplateFunction(.any, rest: .any) { (_, values) throws(TemplateError) in
      let kept = try list(values[0]).elements.filter { element in
        !values.dropFirst().contains { $0.isDeeplyEqual(to: element) }
      }
      return .list(.init(kept, .values))
    },
    "has": TemplateFunction(.any, .any) { (_, values) throws(TemplateError) in
      if case .none = values[1] { return .bool(false) }
      return .bool(try list(values[1]).elements.contains { $0.isDeeplyEqual(to: values[0]) })
    },
    "slice": TemplateFunction(.any, rest: .any) { (_, values) throws(TemplateError) in
      let list = try list(values[0])
      if list.elements.isEmpty { return .none }
      let start = values.count > 1 ? integer(values[1]) : 0
      let end = values.count > 2 ? integer(values[2]) : list.elements.count
      guard 0 <= start, start <= end, end <= list.elements.count else {
        throw TemplateError("a part is asked for that a list does not have")
      }
      return .list(.init(Array(list.elements[start..<end]), list.kind))
    },
    "chunk": TemplateFunction(.int, .any) { (_, values) throws(TemplateError) in
      guard case .int(let size) = values[0] else { return .none }
      let elements = try list(values[1]).elements
      guard size > 0 else { throw TemplateError("a list is cut into pieces of nothing") }
      let pieces = stride(from: 0, to: elements.count, by: size).map { start in
        TemplateValue.list(.init(Array(elements[start..<min(start + size, elements.count)]), .values))
      }
      return .list(.init(pieces, .lists))
    },
  ]

  private static let appending = TemplateFunction(.any, .any) { (_, values) throws(TemplateError) in
    .list(.init(try list(values[0]).elements + [values[1]], .values))
  }

  private static func changing(
    _ change: @escaping @Sendable ([TemplateValue]) -> [TemplateValue]
  ) -> TemplateFunction {
    TemplateFunction(.any) { (_, values) throws(TemplateError) in
      .list(.init(change(try list(values[0]).elements), .values))
    }
  }

  // MARK: Helpers

  static func list(_ value: TemplateValue) throws(TemplateError) -> TemplateValue.List {
    guard case .list(let list) = value else { throw TemplateError("a function needs a list") }
    return list
  }

  static func texts(_ parts: [[UInt8]]) -> TemplateValue { .list(.init(parts.map { .text($0) }, .texts)) }

  private static func ints(_ numbers: [Int]) -> TemplateValue { .list(.init(numbers.map { .int($0) }, .ints)) }

  /// `_0`, `_1`, …
  private static func numbered(_ parts: [[UInt8]]) -> TemplateValue {
    let names = parts.indices.map { "_\($0)" }
    return .map(.init(Dictionary(uniqueKeysWithValues: zip(names, parts.map { TemplateValue.text($0) })), .texts))
  }

  /// `strslice`: all elements but nothings as texts, or a value that is no list as the only one.
  static func strings(_ value: TemplateValue, _ run: TemplateRun) throws(TemplateError) -> [[UInt8]] {
    switch value {
    case .none: return []
    case .list(let list):
      var texts: [[UInt8]] = []
      for element in list.elements {
        if case .none = element { continue }
        texts.append(try printed(element, run))
      }
      return texts
    default: return [try printed(value, run)]
    }
  }

  private static func steps(from start: Int, to end: Int, by step: Int) throws(TemplateError) -> [Int] {
    guard end < start ? step < 0 : step > 0 else { return [] }
    guard (Double(end) - Double(start)) / Double(step) <= 1_000_000 else {
      throw TemplateError("a list of too many numbers is asked for")
    }
    return Array(stride(from: start, to: end, by: step))
  }

  private static func sequence(_ numbers: [Int]) throws(TemplateError) -> [Int] {
    guard (1...3).contains(numbers.count) else { return [] }
    let start = numbers.count == 1 ? 1 : numbers[0]
    let end = numbers[numbers.count - 1]
    let direction = end < start ? -1 : 1
    let step = numbers.count == 3 ? numbers[1] : direction
    if numbers.count == 3, direction < 0, step > 0 { return [] }
    return try steps(from: start, to: end &+ direction, by: step)
  }
}

extension TemplateValue {
  /// `reflect.DeepEqual`
  func isDeeplyEqual(to other: Self) -> Bool {
    switch (self, other) {
    case (.none, .none): return true
    case (.bool(let one), .bool(let other)): return one == other
    case (.int(let one), .int(let other)), (.long(let one), .long(let other)): return one == other
    case (.float(let one), .float(let other)): return one == other
    case (.text(let one), .text(let other)), (.markup(let one), .markup(let other)): return one == other
    case (.time(let one), .time(let other)): return one == other
    case (.duration(let one), .duration(let other)): return one == other
    case (.constant(let name, let one), .constant(let otherName, let other)): return name == otherName && one == other
    case (.list(let one), .list(let other)):
      return one.kind == other.kind && one.elements.count == other.elements.count
        && zip(one.elements, other.elements).allSatisfy { $0.isDeeplyEqual(to: $1) }
    case (.map(let one), .map(let other)):
      return one.kind == other.kind && one.entries.count == other.entries.count
        && one.entries.allSatisfy { name, value in other[name].map(value.isDeeplyEqual) ?? false }
    default: return false
    }
  }
}
