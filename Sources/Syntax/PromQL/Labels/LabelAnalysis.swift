/// Walks an expression and says of each part which labels it gives.
struct LabelAnalysis {
  typealias Branch = PromQLLabels.Branch
  typealias Label = PromQLLabels.Label
  typealias Origin = PromQLLabels.Origin

  let rules: PromQLLabels.Rules
  var selectors: [PromQLLabels.Selector] = []

  init(rules: PromQLLabels.Rules) { self.rules = rules }

  /// The shapes of an expression's series, before names are removed that are removed last.
  mutating func branches(of expression: PromQLExpression) -> [Branch] {
    switch expression.node {
    case .number, .string: [Branch()]
    case .selector(let selector): [read(selector, expression.range)]
    case .subquery(let subquery): branches(of: subquery.expression)
    case .call(let call): branches(of: call)
    case .aggregation(let aggregation): branches(of: aggregation)
    case .binary(let binary): branches(of: binary)
    case .unary(.plus, let operand), .parentheses(let operand): branches(of: operand)
    case .unary(.minus, let operand): branches(of: operand).map(withoutName)
    case .variable: [.unknown]
    }
  }

  mutating func read(_ selector: PromQLSelector, _ range: Range<Int>, isInfo: Bool = false) -> Branch {
    let read = PromQLLabels.Selector(selector: selector, range: range, isInfo: isInfo)
    selectors.append(read)
    return read.branch(selectors.count - 1)
  }

  /// Without the labels that say what metric it is, now or at the end.
  func withoutName(_ branch: Branch) -> Branch {
    rules.delaysNameRemoval ? branch.naming(.removed) : withoutNameNow(branch)
  }

  func withoutNameNow(_ branch: Branch) -> Branch {
    var branch = branch
    for label in rules.metadata { branch.remove(label) }
    return branch
  }
}

extension PromQLLabels.Branch {
  func naming(_ fate: NameFate) -> Self {
    var branch = self
    branch.name = fate
    return branch
  }
}

// MARK: - Aggregation

extension LabelAnalysis {
  /// Source: engine.go, `aggregation`, `aggregationK`, `aggregationCountValues`, `generateGroupingLabels`.
  private mutating func branches(of aggregation: PromQLAggregation) -> [Branch] {
    let parameter = aggregation.parameter
    if let parameter { _ = branches(of: parameter) }
    let operands = branches(of: aggregation.expression)
    switch aggregation.op {
    case .topk, .bottomk, .limitK, .limitRatio: return operands
    case .countValues:
      guard let name = parameter?.constantText else { return [.unknown] + operands.map { $0.weakened() } }
      return Branch.unique(
        operands.map {
          var counted = $0
          counted.set(name, Label(.number))
          counted = counted.grouped(by: aggregation, and: [name]).naming(.kept)
          if rules.countValuesLosesLabels, !aggregation.isWithout {
            counted = counted.weakened()
            counted.set(name, Label(.number))
          }
          return counted
        })
    case .variable where parameter != nil:
      // It may be one that keeps all, or names a label of its own.
      return [.unknown] + operands.map { $0.weakened() }
    case .sum, .avg, .count, .min, .max, .group, .stddev, .stdvar, .quantile, .variable:
      // A group may hold series of several shapes; where the name of one is to be removed, that of the group is.
      let fates = Set(operands.map(\.name))
      return Branch.unique(operands.map { $0.grouped(by: aggregation).naming(fates.count == 1 ? $0.name : .either) })
    }
  }
}

extension PromQLLabels.Branch {
  /// - Parameter added: labels to group by besides.
  fileprivate func grouped(by aggregation: PromQLAggregation, and added: [String] = []) -> Self {
    var branch = self
    if aggregation.isWithout {
      for label in aggregation.grouping + ["__name__"] { branch.remove(label) }
    } else if !aggregation.grouping.contains(where: { GrafanaVariable.occurs(in: $0) }) {
      branch.keep(aggregation.grouping + added)
    }
    return aggregation.grouping.contains(where: { GrafanaVariable.occurs(in: $0) }) ? branch.weakened() : branch
  }
}

extension PromQLExpression {
  /// The value of a string that holds no variable.
  var constantText: String? {
    switch node {
    case .string(let text): GrafanaVariable.occurs(in: text) ? nil : text
    case .parentheses(let inner): inner.constantText
    default: nil
    }
  }
}
