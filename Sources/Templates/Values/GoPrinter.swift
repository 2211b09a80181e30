import Glibc

/// Prints values as Go's `fmt` does (`print.go`, `format.go` of Go 1.24).
struct GoPrinter {
  /// Alertmanager's `KV` and `Pairs` print themselves since 0.26, and as Go's maps and structures before.
  var printsPairs = true
  private(set) var out: [UInt8] = []

  init(printsPairs: Bool = true) { self.printsPairs = printsPairs }

  /// What a verb is asked for.
  struct Flags {
    var minus = false, plus = false, sharp = false, space = false, zero = false
    /// `%+v`: structures name their fields.
    var names = false
    var width: Int?
    var precision: Int?
  }

  // MARK: Print

  /// What an action prints.
  mutating func show(_ value: TemplateValue) throws(TemplateError) {
    if case .none = value { return write("<no value>") }
    try print(Self.indirect(value), UInt8(ascii: "v"), Flags())
  }

  /// `fmt.Sprint`: a space between two that are no texts.
  mutating func printAll(_ values: [TemplateValue]) throws(TemplateError) {
    var lastIsText = false
    for (index, value) in values.enumerated() {
      let isText = value.bytes != nil
      if index > 0, !isText, !lastIsText { write(" ") }
      try print(value, UInt8(ascii: "v"), Flags())
      lastIsText = isText
    }
  }

  /// `fmt.Sprintln`.
  mutating func printLine(_ values: [TemplateValue]) throws(TemplateError) {
    for (index, value) in values.enumerated() {
      if index > 0 { write(" ") }
      try print(value, UInt8(ascii: "v"), Flags())
    }
    write("\n")
  }

  mutating func write(_ text: String) { out += text.utf8 }
  mutating func write(_ bytes: some Sequence<UInt8>) { out += bytes }

  /// Actions and escapers look through a pointer.
  static func indirect(_ value: TemplateValue) -> TemplateValue {
    guard case .object(var object) = value else { return value }
    object.isPointer = false
    return .object(object)
  }

  // MARK: One value

  mutating func print(
    _ value: TemplateValue, _ verb: UInt8, _ flags: Flags, depth: Int = 0
  ) throws(TemplateError) {
    guard depth < 50 else { throw TemplateError("values nested too deep to be printed") }
    if verb == UInt8(ascii: "T") { return pad(Array(value.typeName.utf8), flags) }
    if verb == UInt8(ascii: "p") { throw .unsupported("the verb p") }
    if flags.sharp, verb == UInt8(ascii: "v") { throw .unsupported("the verb #v") }
    if "vsxXq".utf8.contains(verb), let text = ownText(value) { return try string(text, verb, flags, of: value) }
    switch value {
    case .none:
      if verb == UInt8(ascii: "v") { pad(Array("<nil>".utf8), flags) } else { try bad(verb, value, flags) }
    case .bool(let flag):
      guard "tv".utf8.contains(verb) else { return try bad(verb, value, flags) }
      pad(Array((flag ? "true" : "false").utf8), flags)
    case .int(let number), .long(let number): try integer(number, verb, flags, of: value)
    case .duration(let number): try integer(Int(number), verb, flags, of: value)
    case .constant(_, let number): try integer(number, verb, flags, of: value)
    case .float(let number): try float(number, verb, flags, of: value)
    case .text(let bytes), .markup(let bytes): try string(bytes, verb, flags, of: value)
    case .list(let list):
      write("[")
      for (index, element) in list.elements.enumerated() {
        if index > 0 { write(" ") }
        try print(element, verb, flags, depth: depth + 1)
      }
      write("]")
    case .map(let map):
      write("map[")
      for (index, name) in map.names.enumerated() {
        if index > 0 { write(" ") }
        try print(.string(name), verb, flags, depth: depth + 1)
        write(":")
        try print(map[name] ?? .none, verb, flags, depth: depth + 1)
      }
      write("]")
    case .object(let object): try structure(object, verb, flags, depth)
    // A time prints itself under every verb of texts.
    case .time: throw .unsupported("this verb for a time")
    }
  }

  private mutating func structure(
    _ object: TemplateValue.Object, _ verb: UInt8, _ flags: Flags, _ depth: Int
  ) throws(TemplateError) {
    if object.isPointer {
      guard depth == 0 else { throw .unsupported("the address of a value") }
      write("&")
    }
    write("{")
    for (index, field) in object.fields.enumerated() {
      if index > 0 { write(" ") }
      if flags.names { write(field.name + ":") }
      try print(field.value, verb, flags, depth: depth + 1)
    }
    write("}")
  }

  /// The text of a value that has a method for it.
  func ownText(_ value: TemplateValue) -> [UInt8]? {
    switch value {
    case .time(let time): return Array(time.description.utf8)
    case .duration(let nanoseconds): return Array(GoTime.text(nanoseconds: nanoseconds).utf8)
    case .constant(let name, _): return Array(name.utf8)
    case .map(let map) where map.kind == .pairs && printsPairs || map.kind == .labels:
      // Alertmanager's pairs begin with the alert's name.
      let names = map.kind == .pairs ? AlertData.sorted(map) : map.names
      return joined(names.map { ($0, map[$0]?.bytes ?? []) })
    case .list(let list) where list.kind == .pairs && printsPairs:
      return joined(
        list.elements.map { element in
          guard case .object(let pair) = element else { return ("", []) }
          return (
            String(decoding: pair["Name"]?.bytes ?? [], as: UTF8.self), pair["Value"]?.bytes ?? []
          )
        })
    case .object(let object) where object.kind == .grafanaValue:
      guard case .float(let number)? = object["Value"] else { return nil }
      return Array(Self.grafana(number).utf8)
    default: return nil
    }
  }

  private func joined(_ pairs: [(name: String, value: [UInt8])]) -> [UInt8] {
    Array(pairs.map { Array($0.name.utf8) + [UInt8(ascii: "=")] + $0.value }.joined(separator: Array(", ".utf8)))
  }

  /// Two digits that say something (`Value.String` of Grafana's `ngalert/state/template`).
  private static func grafana(_ number: Double) -> String {
    if number == 0 { return "0" }
    guard number.isFinite else { return GoFloat.text(number, UInt8(ascii: "f"), precision: nil) }
    let first = Int(log10(number.magnitude).rounded(.down)) + 1
    return GoFloat.text(number, UInt8(ascii: "f"), precision: max(0, 2 - first))
  }

  // MARK: Texts and numbers

  private mutating func string(
    _ bytes: [UInt8], _ verb: UInt8, _ flags: Flags, of value: TemplateValue
  ) throws(TemplateError) {
    var text = bytes
    switch verb {
    case UInt8(ascii: "v"), UInt8(ascii: "s"):
      if let precision = flags.precision { text = Array(GoText.prefix(bytes, precision)) }
    case UInt8(ascii: "q"):
      if let precision = flags.precision { text = Array(GoText.prefix(bytes, precision)) }
      text = GoText.quoted(text, isRaw: flags.sharp, isASCII: flags.plus)
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      guard !flags.space, !flags.sharp else { throw .unsupported("this form of the verb x") }
      let digits = Array((verb == UInt8(ascii: "x") ? "0123456789abcdef" : "0123456789ABCDEF").utf8)
      text = bytes.prefix(flags.precision ?? .max).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    default: return try bad(verb, value, flags)
    }
    var flags = flags
    // Texts are padded with zeros only where Go's oldest rule says so: on the left.
    if flags.minus { flags.zero = false }
    pad(text, flags)
  }

  private mutating func integer(
    _ number: Int, _ verb: UInt8, _ flags: Flags, of value: TemplateValue
  ) throws(TemplateError) {
    let radix: Int
    var prefix = ""
    switch verb {
    case UInt8(ascii: "v"), UInt8(ascii: "d"): radix = 10
    case UInt8(ascii: "b"): (radix, prefix) = (2, "0b")
    case UInt8(ascii: "o"): (radix, prefix) = (8, "0")
    case UInt8(ascii: "O"): (radix, prefix) = (8, "0o")
    case UInt8(ascii: "x"), UInt8(ascii: "X"): (radix, prefix) = (16, verb == UInt8(ascii: "x") ? "0x" : "0X")
    case UInt8(ascii: "c"): return pad(GoText.character(number), flags)
    case UInt8(ascii: "q"): return pad(GoText.quotedCharacter(number, isASCII: flags.plus), flags)
    case UInt8(ascii: "U"):
      let digits = String(number.magnitude, radix: 16, uppercase: true)
      return pad(Array(("U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits).utf8), flags)
    default: return try bad(verb, value, flags)
    }
    var digits = String(number.magnitude, radix: radix, uppercase: verb == UInt8(ascii: "X"))
    var flags = flags
    let sign = number < 0 ? "-" : flags.plus ? "+" : flags.space ? " " : ""
    if let precision = flags.precision {
      if precision == 0, number == 0 { return pad([], Flags(width: flags.width)) }
      digits = String(repeating: "0", count: max(0, precision - digits.count)) + digits
      flags.zero = false
    } else if flags.zero, !flags.minus, let width = flags.width {
      digits = String(repeating: "0", count: max(0, width - digits.count - sign.count)) + digits
    }
    if verb == UInt8(ascii: "O") || flags.sharp, !(radix == 8 && verb != UInt8(ascii: "O") && digits.hasPrefix("0")) {
      if radix != 10 { digits = prefix + digits }
    }
    flags.zero = false
    pad(Array((sign + digits).utf8), flags)
  }

  private mutating func float(
    _ number: Double, _ verb: UInt8, _ flags: Flags, of value: TemplateValue
  ) throws(TemplateError) {
    let letter: UInt8
    var precision = flags.precision
    switch verb {
    case UInt8(ascii: "v"): letter = UInt8(ascii: "g")
    case UInt8(ascii: "g"), UInt8(ascii: "G"): letter = verb
    case UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "f"):
      letter = verb
      precision = precision ?? 6
    case UInt8(ascii: "F"):
      letter = UInt8(ascii: "f")
      precision = precision ?? 6
    case UInt8(ascii: "b"), UInt8(ascii: "x"), UInt8(ascii: "X"): throw .unsupported("this verb for a number")
    default: return try bad(verb, value, flags)
    }
    guard !flags.sharp else { throw .unsupported("the flag # for a number") }
    var text = GoFloat.text(number, letter, precision: precision)
    var flags = flags
    if !text.hasPrefix("-"), !text.hasPrefix("+") { text = "+" + text }
    guard number.isFinite else {
      flags.zero = false
      if number.isNaN { text = flags.plus ? "+NaN" : flags.space ? " NaN" : "NaN" }
      if number == .infinity, flags.space, !flags.plus { text = " Inf" }
      return pad(Array(text.utf8), flags)
    }
    if text.hasPrefix("+"), !flags.plus { text = (flags.space ? " " : "") + text.dropFirst() }
    if flags.zero, !flags.minus, let width = flags.width, width > text.count,
      let sign = text.first, "+- ".contains(sign)
    {
      text = String(sign) + String(repeating: "0", count: width - text.count) + text.dropFirst()
    }
    pad(Array(text.utf8), flags)
  }

  /// To the width, in code points.
  private mutating func pad(_ bytes: [UInt8], _ flags: Flags) {
    let missing = (flags.width ?? 0) - GoText.count(bytes)
    guard missing > 0 else { return write(bytes) }
    let filling = [UInt8](repeating: UInt8(ascii: flags.zero && !flags.minus ? "0" : " "), count: missing)
    write(flags.minus ? bytes + filling : filling + bytes)
  }

  /// `%!d(string=…)`
  mutating func bad(_ verb: UInt8, _ value: TemplateValue, _ flags: Flags) throws(TemplateError) {
    write("%!")
    write([verb])
    write("(")
    if case .none = value {
      write("<nil>")
    } else {
      write(value.typeName + "=")
      // Within an error no method is asked for a text.
      switch value {
      case .duration(let number): write(String(number))
      case .constant(_, let number): write(String(number))
      case .time: throw .unsupported("this verb for a time")
      default:
        var inner = GoPrinter(printsPairs: false)
        try inner.print(value, UInt8(ascii: "v"), flags)
        write(inner.out)
      }
    }
    write(")")
  }
}

extension TemplateValue {
  /// As `%T` names it.
  var typeName: String {
    switch self {
    case .none: "<nil>"
    case .bool: "bool"
    case .int: "int"
    case .long: "int64"
    case .float: "float64"
    case .text: "string"
    case .markup: "template.HTML"
    case .list(let list):
      switch list.kind {
      case .texts: "[]string"
      case .values: "[]interface {}"
      case .ints: "[]int"
      case .lists: "[][]interface {}"
      case .alerts: "template.Alerts"
      case .someAlerts: "[]template.Alert"
      case .pairs: "template.Pairs"
      case .samples: "template.queryResult"
      }
    case .map(let map):
      switch map.kind {
      case .texts: "map[string]string"
      case .pairs: "template.KV"
      case .labels: "template.Labels"
      case .values: "map[string]interface {}"
      case .numbers: "map[string]float64"
      case .grafanaValues: "map[string]template.Value"
      }
    case .object(let object): (object.isPointer ? "*" : "") + object.kind.typeName
    case .time: "time.Time"
    case .duration: "time.Duration"
    case .constant(let name, _): name.hasSuffix("day") ? "time.Weekday" : "time.Month"
    }
  }
}

extension TemplateValue.Object.Kind {
  var typeName: String {
    switch self {
    case .rule:
      "struct { Labels map[string]string; ExternalLabels map[string]string; ExternalURL string; Value interface {} }"
    case .sample: "template.sample"
    case .notification, .grafanaRule: "template.Data"
    case .alert: "template.Alert"
    case .pair: "template.Pair"
    case .grafanaValue: "template.Value"
    case .grafanaNotification: "templates.ExtendedData"
    case .grafanaAlert: "templates.ExtendedAlert"
    case .namespace(let name): name
    }
  }
}
