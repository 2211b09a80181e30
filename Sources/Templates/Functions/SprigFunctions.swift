import Crypto
import Syntax

/// The functions of Sprig 3.2 that Loki's and Promtail's configurations use (`functions.go`, `strings.go`, `numeric.go`).
extension TemplateFunctions {
  static let sprig: [String: TemplateFunction] = sprigTexts.merging(sprigNumbers) { $1 }.merging(sprigValues) { $1 }

  private static let sprigTexts: [String: TemplateFunction] = [
    "lower": .texts(1) { GoText.lowered($0[0]) }, "upper": .texts(1) { GoText.uppered($0[0]) },
    "title": .texts(1) { GoTitle.title($0[0], wordsOfSpace: true, lowersRest: false) },
    "trim": .texts(1) { GoText.trimmed($0[0]) },
    "trimAll": .texts(2) { GoText.trimmed($0[1], of: $0[0], left: true, right: true) },
    "trimall": .texts(2) { GoText.trimmed($0[1], of: $0[0], left: true, right: true) },
    "trimPrefix": .texts(2) { withoutPrefix($0[1], $0[0]) }, "trimSuffix": .texts(2) { withoutSuffix($0[1], $0[0]) },
    "replace": .texts(3) { GoText.replaced($0[2], $0[0], $0[1], -1) },
    "nospace": .texts(1) { texts in
      GoText.scalars(texts[0]).filter { !$0.scalar.properties.isWhitespace }.flatMap { texts[0][$0.range] }
    },
    "contains": TemplateFunction(.text, .text) { _, values in
      .bool(GoText.firstIndex(of: values[0].bytes ?? [], in: (values[1].bytes ?? [])[...]) != nil)
    },
    "hasPrefix": TemplateFunction(.text, .text) { _, values in
      .bool((values[1].bytes ?? []).starts(with: values[0].bytes ?? []))
    },
    "hasSuffix": TemplateFunction(.text, .text) { _, values in
      .bool(GoText.hasSuffix(values[1].bytes ?? [], values[0].bytes ?? []))
    },
    "trunc": TemplateFunction(.int, .text) { _, values in
      guard case .int(let count) = values[0], let text = values[1].bytes else { return .none }
      // Bytes, not characters.
      if count < 0 { return .text(text.count + count > 0 ? Array(text.suffix(-count)) : text) }
      return .text(Array(text.prefix(count)))
    },
    "substr": TemplateFunction(.int, .int, .text) { (_, values) throws(TemplateError) in
      guard case .int(let start) = values[0], case .int(let end) = values[1], let text = values[2].bytes else {
        return .none
      }
      let lower = start < 0 ? 0 : start
      let upper = start < 0 || end >= 0 && end <= text.count ? end : text.count
      guard lower <= upper, upper <= text.count else {
        throw TemplateError("a part is asked for that a text does not have")
      }
      return .text(Array(text[lower..<upper]))
    },
    "repeat": TemplateFunction(.int, .text) { (run, values) throws(TemplateError) in
      guard case .int(let count) = values[0], let text = values[1].bytes else { return .none }
      guard count >= 0 else { throw TemplateError("a text is repeated less than never") }
      try run.check(
        count.multipliedReportingOverflow(by: max(1, text.count)).overflow ? .max : count * max(1, text.count))
      return .text(Array(repeatElement(text, count: count).joined()))
    },
    "indent": TemplateFunction(.int, .text) { (run, values) throws(TemplateError) in try indented(values, "", run) },
    "nindent": TemplateFunction(.int, .text) { (run, values) throws(TemplateError) in try indented(values, "\n", run) },
    "quote": TemplateFunction(rest: .any) { (run, values) throws(TemplateError) in
      var texts: [[UInt8]] = []
      for value in values {
        if case .none = value { continue }
        texts.append(GoText.quoted(try printed(value, run), isRaw: false, isASCII: false))
      }
      return .text(Array(texts.joined(separator: Array(" ".utf8))))
    },
    "b64enc": .texts(1) { Base64.encoded($0[0]) },
    "sha256sum": .texts(1) { hexadecimal(SHA256.hash(data: $0[0])) },
  ]

  private static let sprigNumbers: [String: TemplateFunction] = [
    "int": TemplateFunction(.any) { _, values in .int(int(values[0])) },
    "int64": TemplateFunction(.any) { _, values in .int(int(values[0])) },
    "float64": TemplateFunction(.any) { _, values in .float(float(values[0])) },
    "add": TemplateFunction(rest: .any) { _, values in .int(values.reduce(0) { $0 &+ int($1) }) },
    "sub": TemplateFunction(.any, .any) { _, values in .int(int(values[0]) &- int(values[1])) },
    "mul": TemplateFunction(.any, rest: .any) { _, values in .int(values.reduce(1) { $0 &* int($1) }) },
    "div": TemplateFunction(.any, .any) { (_, values) throws(TemplateError) in
      guard int(values[1]) != 0 else { throw TemplateError("a number is divided by zero") }
      return .int(int(values[0]).dividedReportingOverflow(by: int(values[1])).partialValue)
    },
    "mod": TemplateFunction(.any, .any) { (_, values) throws(TemplateError) in
      guard int(values[1]) != 0 else { throw TemplateError("a number is divided by zero") }
      return .int(int(values[0]).remainderReportingOverflow(dividingBy: int(values[1])).partialValue)
    },
    "max": TemplateFunction(.any, rest: .any) { _, values in .int(values.map(int).max() ?? 0) },
    "min": TemplateFunction(.any, rest: .any) { _, values in .int(values.map(int).min() ?? 0) },
    "maxf": TemplateFunction(.any, rest: .any) { _, values in .float(extreme(values, >)) },
    "minf": TemplateFunction(.any, rest: .any) { _, values in .float(extreme(values, <)) },
    "ceil": TemplateFunction(.any) { _, values in .float(float(values[0]).rounded(.up)) },
    "floor": TemplateFunction(.any) { _, values in .float(float(values[0]).rounded(.down)) },
    "round": TemplateFunction(.any, .int, rest: .float) { _, values in
      guard case .int(let places) = values[1] else { return .none }
      var limit = 0.5
      if values.count > 2, case .float(let given) = values[2] { limit = given }
      let scale = GoNumber.power(ofTen: places)
      let number = scale * float(values[0])
      let fraction = number - number.rounded(.towardZero)
      return .float((fraction >= limit ? number.rounded(.up) : number.rounded(.down)) / scale)
    },
  ]

  private static let sprigValues: [String: TemplateFunction] = [
    "default": TemplateFunction(.any, rest: .any) { _, values in
      guard values.count > 1, values[1].isTrue else { return values[0] }
      return values[1]
    },
    "empty": TemplateFunction(.any) { _, values in .bool(!values[0].isTrue) },
    "coalesce": TemplateFunction(rest: .any) { _, values in values.first(where: \.isTrue) ?? .none },
    "ternary": TemplateFunction(.any, .any, .bool) { _, values in values[2].isTrue ? values[0] : values[1] },
    "list": TemplateFunction(rest: .any) { _, values in .list(TemplateValue.List(values, .values)) },
    "splitList": TemplateFunction(.text, .text) { _, values in
      let (separator, text) = (values[0].bytes ?? [], values[1].bytes ?? [])
      var parts: [TemplateValue] = []
      guard !separator.isEmpty else {
        return .list(TemplateValue.List(GoText.scalars(text).map { .text(Array(text[$0.range])) }, .texts))
      }
      var index = 0
      while let found = GoText.firstIndex(of: separator, in: text[index...]) {
        parts.append(.text(Array(text[index..<found])))
        index = found + separator.count
      }
      return .list(TemplateValue.List(parts + [.text(Array(text[index...]))], .texts))
    },
    "fromJson": TemplateFunction(.text) { _, values in
      guard let root = try? JSONDocument.parse(values[0].bytes ?? []) else { return .none }
      return value(root)
    },
    "now": TemplateFunction { run, _ in .time(run.environment.now) },
    "date": TemplateFunction(.text, .any) { (_, values) throws(TemplateError) in
      let layout = String(decoding: values[0].bytes ?? [], as: UTF8.self)
      switch values[1] {
      case .time(let time): return .string(time.format(layout))
      case .int(let seconds): return .string(TemplateTime(seconds: Int64(seconds)).format(layout))
      default: throw .unsupported("the date of what is neither a time nor a number")
      }
    },
    "unixEpoch": TemplateFunction(.time) { _, values in
      guard case .time(let time) = values[0] else { return .none }
      return .string(String(time.seconds))
    },
  ]

  // MARK: Helpers

  static func withoutPrefix(_ text: [UInt8], _ prefix: [UInt8]) -> [UInt8] {
    text.starts(with: prefix) ? Array(text.dropFirst(prefix.count)) : text
  }

  static func withoutSuffix(_ text: [UInt8], _ suffix: [UInt8]) -> [UInt8] {
    GoText.hasSuffix(text, suffix) ? Array(text.dropLast(suffix.count)) : text
  }

  static func hexadecimal(_ digest: some Sequence<UInt8>) -> [UInt8] {
    digest.flatMap { GoText.hexadecimal(UInt32($0), 2) }
  }

  private static func indented(
    _ values: [TemplateValue], _ head: String, _ run: TemplateRun
  ) throws(TemplateError) -> TemplateValue {
    guard case .int(let count) = values[0], let text = values[1].bytes else { return .none }
    guard count >= 0 else { throw TemplateError("a text is indented by less than nothing") }
    let lines = text.count { $0 == 0x0A } + 1
    try run.check(count.multipliedReportingOverflow(by: lines).overflow ? .max : count * lines + text.count)
    let space = [UInt8](repeating: 0x20, count: count)
    return .text(Array(head.utf8) + space + GoText.replaced(text, [0x0A], [0x0A] + space, -1))
  }

  private static func printed(_ value: TemplateValue, _ run: TemplateRun) throws(TemplateError) -> [UInt8] {
    var printer = run.printer
    try printer.printAll([value])
    return printer.out
  }

  /// `cast.ToInt64`: what is no number is zero.
  private static func int(_ value: TemplateValue) -> Int {
    switch value {
    case .int(let number), .constant(_, let number): return number
    case .duration(let number): return Int(number)
    case .float(let number): return Int(exactly: number.rounded(.towardZero)) ?? .min
    case .bool(let flag): return flag ? 1 : 0
    case .text(let bytes):
      var text = String(decoding: bytes, as: UTF8.self)
      // `8.00` is a whole number.
      if let point = text.lastIndex(of: "."), text[point...].dropFirst().allSatisfy({ $0 == "0" }) {
        text = String(text[..<point])
      }
      return GoTemplateNumber.int(text).map(Int.init) ?? 0
    case .none, .markup, .list, .map, .object, .time: return 0
    }
  }

  private static func float(_ value: TemplateValue) -> Double {
    switch value {
    case .float(let number): number
    case .text(let bytes): GoNumber.parsedFloat(bytes) ?? 0
    default: Double(int(value))
    }
  }

  private static func extreme(_ values: [TemplateValue], _ isBetter: (Double, Double) -> Bool) -> Double {
    let numbers = values.map(float)
    if numbers.contains(where: \.isNaN) { return .nan }
    return numbers.dropFirst().reduce(numbers[0]) { isBetter($1, $0) ? $1 : $0 }
  }

  private static func value(_ json: PositionedValue) -> TemplateValue {
    switch json.content {
    case .scalar(_, .null): return .none
    case .scalar(let text, .bool): return .bool(text == "true")
    case .scalar(let text, .number): return .float(Double(text) ?? 0)
    case .scalar(let text, _): return .string(text)
    case .sequence(let elements): return .list(TemplateValue.List(elements.map(value), .values))
    case .mapping(let entries):
      return .map(TemplateValue.Map(Dictionary(entries.map { ($0.key.string ?? "", value($0.value)) }) { $1 }, .values))
    }
  }
}

extension GoNumber {
  static func power(ofTen exponent: Int) -> Double { Double("1e\(max(-400, min(400, exponent)))") ?? .infinity }
}
