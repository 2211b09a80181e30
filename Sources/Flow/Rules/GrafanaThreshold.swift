import Syntax

/// A comparison in Grafana's expressions without which an alert does not fire.
///
/// Sources: grafana/grafana pkg/expr/threshold.go (`ThresholdIsAbove`, …), pkg/expr/classic/evaluator.go and reduce.go,
/// pkg/expr/mathexp/reduce.go.
struct GrafanaThreshold {
  /// The list of the numbers that the result is compared with.
  let limits: PlacedValue
  /// What it is compared by: `gt`, `within_range`.
  private let kind: String
  private(set) var numbers: [Double]
  /// What is compared: a query.
  let query: Query
  /// What made one number of each series, the last first.
  private let reducers: [String]

  /// Whether some number in a range passes the comparison; true for kinds that are not known.
  func canHold(_ range: ValueRange) -> Bool {
    guard let least = numbers.min(), let most = numbers.max(), numbers.count > 1 || !kind.contains("range") else {
      return true
    }
    return switch kind {
    case "gt": range.most > numbers[0]
    case "gte": range.most >= numbers[0]
    case "lt": range.least < numbers[0]
    case "lte": range.least <= numbers[0]
    case "eq": range.least <= numbers[0] && numbers[0] <= range.most
    case "within_range": range.most > least && range.least < most
    case "within_range_included": range.most >= least && range.least <= most
    case "outside_range": range.least < least || range.most > most
    case "outside_range_included": range.least <= least || range.most >= most
    default: true
    }
  }

  /// The range of what is compared.
  func compared(_ ranges: ValueRanges) -> ValueRange {
    guard let expression = query.expression else { return .any }
    return reducers.reversed().reduce(ranges.range(of: expression)) { range, reducer in
      switch reducer {
      case "last", "mean", "avg", "min", "max", "median": range
      case "sum" where range.isNotNegative: .positive
      case "count", "count_non_null": .positive
      default: .any
      }
    }
  }

  /// The comparison with a hundredth of each number; nil where these are no percentages.
  var asShare: GrafanaThreshold? {
    guard numbers.allSatisfy((1...100).contains) else { return nil }
    var share = self
    share.numbers = numbers.compactMap { Double("\($0)e-2") }
    return share
  }
}

extension Rule {
  /// The comparisons that all must hold for an alert of Grafana's to fire, as far as they compare results of queries as they are.
  var thresholds: [GrafanaThreshold] {
    let steps = PlacedValue(value, pointer: pointer)["data"]?.elements ?? []
    guard let condition = value["condition"]?.string,
      let model = steps.first(where: { $0["refId"]?.string == condition })?["model"]
    else { return [] }
    let conditions = model["conditions"]?.elements ?? []
    switch model["type"]?.string {
    case "threshold":
      // A second one says when the alert ends.
      guard let first = conditions.first, let (query, reducers) = input(model["expression"]?.string, steps) else {
        return []
      }
      return [GrafanaThreshold(first["evaluator"], query, reducers)].compactMap { $0 }
    case "classic_conditions":
      guard conditions.dropFirst().allSatisfy({ $0["operator"]?["type"]?.string != "or" }) else { return [] }
      return conditions.compactMap { condition in
        guard let reducer = condition["reducer"]?["type"]?.string,
          let (query, reducers) = input(condition["query"]?["params"]?.elements.first?.string, steps)
        else { return nil }
        return GrafanaThreshold(condition["evaluator"], query, [reducer] + reducers)
      }
    default: return []
    }
  }

  /// The query behind a letter, through reductions alone.
  private func input(_ letter: String?, _ steps: [PlacedValue]) -> (Query, reducers: [String])? {
    var letter = letter
    var reducers: [String] = []
    for _ in steps {
      guard let name = letter.map(ExpressionGraph.letter) else { return nil }
      if let query = queries.first(where: { $0.refID == name }) { return (query, reducers) }
      guard let model = steps.first(where: { $0["refId"]?.string == name })?["model"],
        model["type"]?.string == "reduce", let reducer = model["reducer"]?.string,
        // Else numbers may stand in for what is none.
        ["", "dropNN"].contains(model["settings"]?["mode"]?.string ?? "")
      else { return nil }
      reducers.append(reducer)
      letter = model["expression"]?.string
    }
    return nil
  }
}

extension GrafanaThreshold {
  fileprivate init?(_ evaluator: PlacedValue?, _ query: Query, _ reducers: [String]) {
    guard let kind = evaluator?["type"]?.string, let limits = evaluator?["params"] else { return nil }
    let numbers = limits.elements.compactMap { $0.string.flatMap(Double.init) }
    guard !numbers.isEmpty, numbers.count == limits.elements.count else { return nil }
    self.limits = limits
    self.kind = kind
    self.numbers = numbers
    self.query = query
    self.reducers = reducers
  }
}
