import Expressions

extension LabelAnalysis {
  /// `label_replace(series, target, replacement, source, expression)` (functions.go, `evalLabelReplace`).
  mutating func replaced(_ arguments: [PromQLExpression]) -> [Branch] {
    let operands = branches(of: arguments[0])
    guard let target = arguments[1].constantText else {
      return Branch.unique(operands.map { $0.setting(nil, nil) })
    }
    let replacement = Replacement(arguments[2].text, arguments[4].text, rules: rules)
    let source = arguments[3].constantText
    return Branch.unique(
      operands.map { operand in
        // A variable for the source may name any label.
        let value = source.map { operand.label($0) } ?? Label(origins: operand.everyOrigin(), presence: .possible)
        let outcome = replacement.outcome(of: value, in: operand.label(target))
        var out = operand.setting(target, outcome.label)
        if target == "__name__", operand.name != .kept, outcome.match != .never {
          out.name = outcome.match == .always ? .kept : .either
        }
        return out
      })
  }

  /// `label_join(series, target, separator, sources…)` (functions.go, `evalLabelJoin`).
  mutating func joined(_ arguments: [PromQLExpression]) -> [Branch] {
    let operands = branches(of: arguments[0])
    let separator = arguments[2].text
    let sources = arguments.dropFirst(3).map(\.constantText)
    guard let target = arguments[1].constantText else {
      return Branch.unique(operands.map { $0.setting(nil, nil) })
    }
    return Branch.unique(
      operands.map { operand in
        var value: Label?
        if let separator, sources.count > 1, !separator.isEmpty {
          value = Label(.literal(separator)).passing(.combined)
        }
        if separator == nil { value = Label(.unknown, .possible) }
        for source in sources {
          let part = source.map { operand.label($0) } ?? Label(origins: operand.everyOrigin(), presence: .possible)
          guard let part = part?.passing(sources.count > 1 ? .combined : .whole) else { continue }
          value = value.map { $0.or(part) } ?? part
        }
        var out = operand.setting(target, value)
        if target == "__name__" { out.name = .kept }
        return out
      })
  }
}

extension PromQLExpression {
  /// The value of a string, variables and all.
  fileprivate var text: String? {
    switch node {
    case .string(let text): text
    case .parentheses(let inner): inner.text
    default: nil
    }
  }
}
