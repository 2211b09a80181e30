extension PromQLExpression: CustomStringConvertible {
  public var description: String { printed() }

  /// The expression as Prometheus writes it, which reads back as an equal one; matchers keep their order.
  ///
  /// In Grafana's dialect names with variables in them stand without quotes.
  ///
  /// Source: prometheus/promql/parser/printer.go (3.14).
  public func printed(dialect: PromQLDialect = .prometheus) -> String {
    var printer = PromQLPrinter(dialect: dialect)
    printer.write(self)
    return printer.out
  }
}

struct PromQLPrinter {
  let dialect: PromQLDialect
  var out = ""

  mutating func write(_ expression: PromQLExpression) {
    switch expression.node {
    case .number(let number): write(number)
    case .string(let text): out += GoString.quote(text)
    case .selector(let selector): write(selector)
    case .subquery(let subquery): write(subquery)
    case .call(let call):
      out += call.function
      write(arguments: call.arguments)
    case .aggregation(let aggregation): write(aggregation)
    case .binary(let binary): write(binary)
    case .unary(let sign, let operand):
      out += sign.rawValue
      write(operand)
    case .parentheses(let inner): write(arguments: [inner])
    case .variable(let text): out += text
    }
  }

  private mutating func write(_ number: PromQLNumber) {
    if number.isDuration, let milliseconds = Int64(exactly: (number.value * 1000).rounded()) {
      // `-0s` is another number than `0s`.
      if milliseconds == 0, number.value.sign == .minus { out += "-" }
      out += PrometheusDuration.text(milliseconds: milliseconds)
    } else {
      out += GoNumber.text(number.value)
    }
  }

  private mutating func write(arguments: [PromQLExpression]) {
    out += "("
    for (index, argument) in arguments.enumerated() {
      if index > 0 { out += ", " }
      write(argument)
    }
    out += ")"
  }

  private mutating func write(_ aggregation: PromQLAggregation) {
    out += aggregation.variable ?? aggregation.op.rawValue
    if aggregation.isWithout || !aggregation.grouping.isEmpty || aggregation.op == .variable {
      out += aggregation.isWithout ? " without " : " by "
      write(labels: aggregation.grouping)
      out += " "
    }
    write(arguments: [aggregation.parameter, aggregation.expression].compactMap { $0 })
  }

  private mutating func write(_ binary: PromQLBinary) {
    write(binary.left)
    out += " \(binary.op.rawValue)"
    if binary.returnsBool { out += " bool" }
    if let matching = binary.matching { write(matching) }
    out += " "
    write(binary.right)
  }

  private mutating func write(_ matching: PromQLMatching) {
    let isGroup = matching.cardinality == .manyToOne || matching.cardinality == .oneToMany
    if !matching.labels.isEmpty || matching.isOn || isGroup {
      out += matching.isOn ? " on " : " ignoring "
      write(labels: matching.labels)
    }
    if isGroup {
      out += matching.cardinality == .manyToOne ? " group_left " : " group_right "
      write(labels: matching.included)
    }
    let areSame = matching.leftFill == matching.rightFill
    if let fill = matching.leftFill { write(fill, as: areSame ? " fill (" : " fill_left (") }
    if let fill = matching.rightFill, !areSame { write(fill, as: " fill_right (") }
  }

  private mutating func write(_ fill: PromQLNumber, as keyword: String) {
    out += keyword
    write(fill)
    out += ")"
  }

  private mutating func write(labels: [String]) {
    out += "("
    for (index, label) in labels.enumerated() {
      if index > 0 { out += ", " }
      let keyword = PromQLToken.Kind.keywords[label.lowercased()]?.kind
      write(label: label, isBare: keyword?.isLabelName ?? true)
    }
    out += ")"
  }

  mutating func write(label: String, isBare: Bool) {
    let isPlain = isBare && PromQLName.isLabel(label.utf8)
    out += isPlain || isTemplate(label) ? label : GoString.quote(label)
  }

  func isTemplate(_ name: String) -> Bool { dialect == .grafana && GrafanaVariable.isTemplate(name) }
}
