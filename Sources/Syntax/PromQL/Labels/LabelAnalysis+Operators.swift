extension LabelAnalysis {
  enum Side { case scalar, vector, either }

  func side(_ expression: PromQLExpression) -> Side {
    switch expression.node {
    case .number, .string: .scalar
    case .selector, .subquery, .aggregation: .vector
    case .call(let call): PromQLFunction.named(call.function)?.result == .scalar ? .scalar : .vector
    case .unary(_, let operand), .parentheses(let operand): side(operand)
    case .variable: .either
    case .binary(let binary):
      switch (side(binary.left), side(binary.right)) {
      case (.scalar, .scalar): .scalar
      case (.vector, _), (_, .vector): .vector
      case (.either, _), (_, .either): .either
      }
    }
  }

  /// Source: engine.go, `VectorAnd`, `VectorOr`, `VectorUnless`, `VectorscalarBinop`.
  mutating func branches(of binary: PromQLBinary) -> [Branch] {
    let left = branches(of: binary.left)
    let right = branches(of: binary.right)
    func withNumber(_ branches: [Branch]) -> [Branch] {
      changesMeaning(binary.op) || binary.returnsBool ? branches.map(withoutName) : branches
    }
    switch (binary.op, side(binary.left), side(binary.right)) {
    case (.and, _, _), (.unless, _, _): return left
    case (.or, _, _): return Branch.unique(left + right)
    case (_, .scalar, .scalar): return [Branch()]
    case (_, .vector, .scalar): return Branch.unique(withNumber(left))
    case (_, .scalar, .vector): return Branch.unique(withNumber(right))
    case (_, .vector, .vector): return joined(binary, left, right)
    // What stands for a variable may be a number or series.
    case (_, .vector, .either): return Branch.unique(withNumber(left) + joined(binary, left, right))
    case (_, .either, .vector): return Branch.unique(withNumber(right) + joined(binary, left, right))
    case (_, .either, _), (_, _, .either): return [.unknown]
    }
  }

  /// Source: engine.go, `VectorBinop`, `resultMetric`.
  private func joined(_ binary: PromQLBinary, _ left: [Branch], _ right: [Branch]) -> [Branch] {
    let matching = binary.matching ?? PromQLMatching()
    // The side of which there may be many gives the labels; with `group_right` the engine swaps the sides, but not what it fills
    // their gaps with.
    let (many, one) = matching.cardinality == .oneToMany ? (right, left) : (left, right)
    let ones: [Branch?] = matching.included.isEmpty ? [nil] : one.map { $0 }
    var pairs = many.flatMap { base in ones.map { (base, $0) } }
    if matching.rightFill != nil { pairs += many.map { ($0, $0.matched(by: matching)) } }
    if matching.leftFill != nil { pairs += one.map { ($0.matched(by: matching), $0) } }
    return Branch.unique(pairs.map { joined(binary, matching, base: $0, other: $1) })
  }

  private func joined(
    _ binary: PromQLBinary, _ matching: PromQLMatching, base: Branch, other: Branch?
  ) -> Branch {
    var out = base
    if rules.delaysNameRemoval {
      if changesMeaning(binary.op) { out = withoutNameNow(out) }
      out.name = binary.returnsBool ? .removed : .kept
    } else if changesMeaning(binary.op) || binary.returnsBool {
      out = withoutNameNow(out)
    }
    let isVariable = (matching.labels + matching.included).contains(where: { GrafanaVariable.occurs(in: $0) })
    if matching.cardinality == .oneToOne, !isVariable {
      if matching.isOn { out.keep(matching.labels) } else { for label in matching.labels { out.remove(label) } }
    }
    for name in matching.included { out.set(name, other?.label(name)) }
    if isVariable { out = Branch.merged([out] + (matching.included.isEmpty ? [] : [other ?? .unknown])) }
    if rules.boolRemovesIncludedName, binary.returnsBool { out = withoutNameNow(out) }
    return out
  }
}

extension LabelAnalysis {
  /// Whether the result is no longer of the metric that it came from (engine.go, `changesMetricSchema`).
  private func changesMeaning(_ op: PromQLBinary.Operator) -> Bool {
    switch op {
    case .add, .subtract, .multiply, .divide, .modulo, .power: true
    case .atan2: !rules.atan2KeepsName
    case .equal, .notEqual, .greater, .less, .greaterOrEqual, .lessOrEqual, .and, .or, .unless, .trimUpper, .trimLower:
      false
    }
  }
}

extension PromQLLabels.Branch {
  /// What the engine takes for the series that is missing on the other side.
  fileprivate func matched(by matching: PromQLMatching) -> Self {
    var branch = self
    if matching.isOn {
      branch.keep(matching.labels)
    } else {
      for label in matching.labels + ["__name__"] { branch.remove(label) }
    }
    return branch
  }
}
