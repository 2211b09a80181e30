import Syntax

/// Sprig's functions of numbers (`numeric.go`); any value is taken for a number as `spf13/cast` 1.7 does.
extension TemplateFunctions {
  static let sprigNumbers: [String: TemplateFunction] = wholeNumbers.merging(fractions) { $1 }

  private static let wholeNumbers: [String: TemplateFunction] = [
    "int": TemplateFunction(.any) { _, values in .int(integer(values[0])) },
    "int64": TemplateFunction(.any) { _, values in .long(integer(values[0])) },
    "atoi": TemplateFunction(.text) { _, values in .int(decimal(values[0].bytes ?? [])) },
    "toDecimal": TemplateFunction(.any) { (run, values) throws(TemplateError) in
      .long(Int(String(decoding: try printed(values[0], run), as: UTF8.self), radix: 8) ?? 0)
    },
    "add": TemplateFunction(rest: .any) { _, values in .long(values.reduce(0) { $0 &+ integer($1) }) },
    "add1": TemplateFunction(.any) { _, values in .long(integer(values[0]) &+ 1) },
    "sub": TemplateFunction(.any, .any) { _, values in .long(integer(values[0]) &- integer(values[1])) },
    "mul": TemplateFunction(.any, rest: .any) { _, values in .long(values.reduce(1) { $0 &* integer($1) }) },
    "div": TemplateFunction(.any, .any) { (_, values) throws(TemplateError) in
      guard integer(values[1]) != 0 else { throw TemplateError("a number is divided by zero") }
      return .long(integer(values[0]).dividedReportingOverflow(by: integer(values[1])).partialValue)
    },
    "mod": TemplateFunction(.any, .any) { (_, values) throws(TemplateError) in
      guard integer(values[1]) != 0 else { throw TemplateError("a number is divided by zero") }
      return .long(integer(values[0]).remainderReportingOverflow(dividingBy: integer(values[1])).partialValue)
    },
    "max": greatest, "biggest": greatest,
    "min": TemplateFunction(.any, rest: .any) { _, values in .long(values.map(integer).min() ?? 0) },
  ]

  private static let greatest = TemplateFunction(.any, rest: .any) { _, values in .long(values.map(integer).max() ?? 0)
  }

  private static let fractions: [String: TemplateFunction] = [
    "float64": TemplateFunction(.any) { _, values in .float(float(values[0])) },
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
    "addf": TemplateFunction(rest: .any) { (_, values) throws(TemplateError) in
      try computed([.float(0)] + values) { $0.adding($1) }
    },
    "add1f": TemplateFunction(.any) { (_, values) throws(TemplateError) in
      try computed(values + [.int(1)]) { $0.adding($1) }
    },
    "subf": TemplateFunction(.any, rest: .any) { (_, values) throws(TemplateError) in
      try computed(values) { $0.adding($1.negated) }
    },
    "mulf": TemplateFunction(.any, rest: .any) { (_, values) throws(TemplateError) in
      try computed(values) { $0.multiplied(by: $1) }
    },
    "divf": TemplateFunction(.any, rest: .any) { (_, values) throws(TemplateError) in
      try computed(values) { (one, other) throws(TemplateError) in
        guard let quotient = one.divided(by: other) else { throw TemplateError("a number is divided by zero") }
        return quotient
      }
    },
  ]

  /// `execDecimalOp`: from the left, in decimals that are exact.
  private static func computed(
    _ values: [TemplateValue], _ operation: (GoDecimal, GoDecimal) throws(TemplateError) -> GoDecimal
  ) throws(TemplateError) -> TemplateValue {
    var result: GoDecimal?
    for value in values {
      guard let number = GoDecimal(float(value)) else { throw TemplateError("a number that has no decimals") }
      result = try result.map { (left) throws(TemplateError) in try operation(left, number) } ?? number
    }
    return .float(result?.double ?? 0)
  }

  // MARK: Casts

  /// `cast.ToInt64`: what is no number is zero.
  static func integer(_ value: TemplateValue) -> Int {
    switch value {
    case .int(let number), .long(let number), .constant(_, let number): return number
    case .float(let number): return Int(exactly: number.rounded(.towardZero)) ?? .min
    case .bool(let flag): return flag ? 1 : 0
    case .text(let bytes):
      var text = String(decoding: bytes, as: UTF8.self)
      // `8.00` is a whole number, `8.` is none.
      if let point = text.lastIndex(of: "."), text.hasSuffix("0"), text[point...].dropFirst().allSatisfy({ $0 == "0" })
      {
        text = String(text[..<point])
      }
      return GoTemplateNumber.int(text).map(Int.init) ?? 0
    case .none, .markup, .list, .map, .object, .time, .duration: return 0
    }
  }

  private static func float(_ value: TemplateValue) -> Double {
    switch value {
    case .float(let number): number
    case .text(let bytes): GoNumber.parsedFloat(bytes) ?? 0
    default: Double(integer(value))
    }
  }

  /// `strconv.Atoi` with its error passed over: what is too large is the largest number.
  private static func decimal(_ bytes: [UInt8]) -> Int {
    let digits = bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") ? bytes.dropFirst() : bytes[...]
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return 0 }
    return Int(String(decoding: bytes, as: UTF8.self)) ?? (bytes.first == UInt8(ascii: "-") ? .min : .max)
  }

  private static func extreme(_ values: [TemplateValue], _ isBetter: (Double, Double) -> Bool) -> Double {
    let numbers = values.map(float)
    if numbers.contains(where: \.isNaN) { return .nan }
    return numbers.dropFirst().reduce(numbers[0]) { isBetter($1, $0) ? $1 : $0 }
  }
}

extension GoNumber {
  static func power(ofTen exponent: Int) -> Double { Double("1e\(max(-400, min(400, exponent)))") ?? .infinity }
}
