extension PromQLPrinter {
  mutating func write(_ selector: PromQLSelector) {
    let isBare = selector.name.map(standsBare) ?? false
    var conditions: [String] = []
    if let name = selector.name {
      if isBare { out += name } else { conditions.append(GoString.quote(name)) }
    }
    for matcher in selector.matchers {
      var inner = PromQLPrinter(dialect: dialect)
      inner.write(label: matcher.name, isBare: true)
      conditions.append(inner.out + matcher.op.rawValue + GoString.quote(matcher.value))
    }
    conditions += selector.variables
    if !conditions.isEmpty || selector.name.map({ isTemplate($0) && mayBeMistaken(selector) }) ?? true {
      out += "{\(conditions.joined(separator: ","))}"
    }
    if let range = selector.range {
      out += "["
      write(range)
      out += "]"
    }
    if selector.isAnchored { out += " anchored" }
    if selector.isSmoothed { out += " smoothed" }
    write(selector.instant, selector.offset)
  }

  mutating func write(_ subquery: PromQLSubquery) {
    write(subquery.expression)
    out += "["
    write(subquery.range)
    out += ":"
    if let step = subquery.step { write(step) }
    out += "]"
    write(subquery.instant, subquery.offset)
  }

  /// Words of the language need quotes where they could not be a name.
  private func standsBare(_ name: String) -> Bool {
    let keyword = PromQLToken.Kind.keywords[name.lowercased()]?.kind
    return PromQLName.isMetric(name.utf8) && keyword?.isMetricName ?? true || isTemplate(name)
  }

  /// A variable by itself stands for an expression, and not for a metric's name.
  private func mayBeMistaken(_ selector: PromQLSelector) -> Bool {
    let isExtended = selector.isAnchored || selector.isSmoothed
    return selector.range == nil && (isExtended || selector.instant == nil && selector.offset == nil)
  }

  private mutating func write(_ instant: PromQLInstant?, _ offset: PromQLDuration?) {
    switch instant {
    case .milliseconds(let milliseconds): out += " @ \(Self.seconds(milliseconds))"
    case .start: out += " @ start()"
    case .end: out += " @ end()"
    case .variable(let text): out += " @ \(text)"
    case nil: break
    }
    guard let offset else { return }
    out += " offset "
    var inner = PromQLPrinter(dialect: dialect)
    inner.write(offset)
    // A duration that is computed without parentheses around it is read as one only behind two signs.
    if offset.isOpen, !inner.out.hasPrefix("(") {
      out += String(repeating: "+", count: max(0, 2 - inner.out.prefix { $0 == "-" }.count))
    }
    out += inner.out
  }

  /// Three decimals, as long as they name the millisecond.
  private static func seconds(_ milliseconds: Int64) -> String {
    guard milliseconds.magnitude >= 1 << 53 else {
      let (whole, rest) = milliseconds.magnitude.quotientAndRemainder(dividingBy: 1000)
      return "\(milliseconds < 0 ? "-" : "")\(whole)." + String(String(rest + 1000).dropFirst())
    }
    let value = Double(milliseconds) / 1000
    let exact = [value, value.nextUp, value.nextDown].first { ($0 * 1000).rounded() == Double(milliseconds) }
    return GoNumber.text(exact ?? value)
  }

  mutating func write(_ duration: PromQLDuration) {
    switch duration {
    case .milliseconds(let milliseconds): out += PrometheusDuration.text(milliseconds: milliseconds)
    case .number(let seconds): out += GoNumber.text(seconds)
    case .step: out += "step()"
    case .range: out += "range()"
    case .binary(let op, let left, let right):
      write(left)
      out += " \(op.rawValue) "
      write(right)
    case .negative(let inner):
      out += "-"
      write(inner)
    case .minimum(let left, let right): write("min_of(", left, right)
    case .maximum(let left, let right): write("max_of(", left, right)
    case .parentheses(let inner):
      out += "("
      write(inner)
      out += ")"
    case .variable(let text): out += text
    }
  }

  private mutating func write(_ function: String, _ left: PromQLDuration, _ right: PromQLDuration) {
    out += function
    write(left)
    out += ", "
    write(right)
    out += ")"
  }
}

extension PromQLDuration {
  /// Whether operators stand in it outside of all parentheses.
  fileprivate var isOpen: Bool {
    switch self {
    case .binary: true
    case .negative(let inner): inner.isOpen
    default: false
    }
  }
}
