import Contracts
import Syntax

/// Between what values the results of expressions lie, as far as contracts and the functions of PromQL tell.
///
/// Sources: the contracts' `ranges` and types of metrics; prometheus/promql/functions.go and engine.go; `up` is 0 or 1
/// (prometheus/scrape/scrape.go).
struct ValueRanges: Sendable {
  private var families: [String: ValueRange] = ["up": .share, "ALERTS": .point(1)]

  init(_ contracts: some Sequence<Contract>) {
    for contract in contracts {
      for clause in contract.metrics where [.counter, .histogram, .summary].contains(clause.kind) {
        for sample in clause.sampleNames where clause.kind == .counter || sample.hasSuffix("_count") {
          families[sample] = .positive
        }
        if clause.kind == .histogram {
          for family in clause.families { families["\(family)_bucket"] = .positive }
        }
      }
      for (family, range) in contract.ranges { families[family] = ValueRange(range) }
    }
  }

  /// With the ranges of what rules record, which may read one another.
  ///
  /// - Parameter recorded: all expressions by the name of their results; nil for one that can't be read.
  func with(_ recorded: [String: [PromQLExpression?]]) -> ValueRanges {
    var ranges = self
    // A chain of rules is as long as there are rules; each round knows of one link more.
    for _ in 0..<min(recorded.count, 16) {
      var next = ranges
      for (name, expressions) in recorded where families[name] == nil {
        let all = expressions.map { $0.map { ranges.range(of: $0) } ?? .any }
        next.families[name] = all.dropFirst().reduce(all.first ?? .any) { $0.union($1) }
      }
      if next.families == ranges.families { break }
      ranges = next
    }
    return ranges
  }

  /// The parser bounds how deep expressions nest.
  func range(of expression: PromQLExpression) -> ValueRange {
    switch expression.node {
    case .number(let number): return .point(number.value)
    case .string, .variable: return .any
    case .selector(let selector): return selector.name.flatMap { families[$0] } ?? .any
    case .subquery(let subquery): return range(of: subquery.expression)
    case .parentheses(let inner), .unary(.plus, let inner): return range(of: inner)
    case .unary(.minus, let inner): return .point(0) - range(of: inner)
    case .call(let call): return ofCall(call, call.arguments.map(range(of:)))
    case .aggregation(let aggregation): return ofAggregation(aggregation, range(of: aggregation.expression))
    case .binary(let binary): return ofBinary(binary, range(of: binary.left), range(of: binary.right))
    }
  }

  private func ofCall(_ call: PromQLCall, _ arguments: [ValueRange]) -> ValueRange {
    switch call.function {
    case "rate", "increase", "irate", "count_over_time", "changes", "resets", "stddev_over_time", "stdvar_over_time":
      return .positive
    case "absent", "absent_over_time", "present_over_time": return .point(1)
    case "avg_over_time", "min_over_time", "max_over_time", "last_over_time", "first_over_time", "vector", "sort",
      "sort_desc", "label_replace", "label_join":
      return arguments.first ?? .any
    case "quantile_over_time": return arguments.last ?? .any
    case "sum_over_time": return arguments.first?.isNotNegative == true ? .positive : .any
    case "clamp_min" where arguments.count == 2:
      return ValueRange(max(arguments[0].least, arguments[1].least), max(arguments[0].most, arguments[1].most))
    case "clamp_max" where arguments.count == 2:
      return ValueRange(min(arguments[0].least, arguments[1].least), min(arguments[0].most, arguments[1].most))
    case "abs": return .positive
    default: return .any
    }
  }

  private func ofAggregation(_ aggregation: PromQLAggregation, _ operand: ValueRange) -> ValueRange {
    switch aggregation.op {
    case .avg, .min, .max, .topk, .bottomk, .quantile, .limitK, .limitRatio: operand
    case .sum: operand.isNotNegative ? .positive : .any
    case .count, .countValues: ValueRange(1, .infinity)
    case .group: .point(1)
    case .stddev, .stdvar: .positive
    case .variable: .any
    }
  }

  private func ofBinary(_ binary: PromQLBinary, _ left: ValueRange, _ right: ValueRange) -> ValueRange {
    if binary.returnsBool { return .share }
    switch binary.op {
    case .add: return left + right
    case .subtract: return left - right
    case .multiply: return left * right
    case .divide:
      let isShare = left.isNotNegative && right.isNotNegative && binary.right.adds(binary.left)
      return isShare ? (left / right).intersection(.share) : left / right
    case .or: return left.union(right)
    case .and, .unless: return left
    // A filter: what remains lies where it lay.
    case .equal, .notEqual, .greater, .less, .greaterOrEqual, .lessOrEqual: return left
    case .modulo, .power, .atan2, .trimUpper, .trimLower: return .any
    }
  }
}

extension PromQLExpression {
  /// Itself without parentheses around it.
  var bare: PromQLExpression {
    if case .parentheses(let inner) = node { inner.bare } else { self }
  }

  /// Whether it is a sum of which another expression is a part.
  fileprivate func adds(_ part: PromQLExpression) -> Bool {
    guard case .binary(let binary) = bare.node, binary.op == .add else { return false }
    return [binary.left, binary.right].contains { $0.bare == part.bare || $0.adds(part) }
  }
}
