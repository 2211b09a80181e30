import Syntax

/// Series without which an alert fires: it notices that they are gone.
struct AbsenceGuard: Sendable, Hashable {
  var selector: PromQLSelector

  /// Every selector of which an alert asks whether there is none: by `absent`, by a number in its place
  /// (`sum(up) or vector(0)`, compared), or by `unless` it.
  static func all(in rule: Rule) -> [AbsenceGuard] {
    guard rule.isAlert else { return [] }
    var guards: [AbsenceGuard] = []
    for expression in rule.queries.compactMap(\.expression) {
      expression.visit { part in
        guards += part.noticedSelectors.map { AbsenceGuard(selector: $0) }
      }
    }
    return guards
  }

  /// Whether it is about the series of a job: those that it names, or those of the program that the job scrapes.
  func covers(_ job: ScrapeConfiguration) -> Bool {
    let jobs = selector.matchers.filter { $0.name == "job" }
    guard !jobs.isEmpty else { return selector.name != "up" }
    return job.isRenamed || jobs.allSatisfy { $0.accepts(job.name) }
  }
}

extension PromQLExpression {
  /// Functions that ask whether there is nothing.
  static let absenceFunctions: Set<String> = ["absent", "absent_over_time"]

  /// What this part of an expression, taken by itself, gives something for when it is not there.
  fileprivate var noticedSelectors: [PromQLSelector] {
    switch node {
    case .call(let call) where Self.absenceFunctions.contains(call.function): call.arguments.flatMap(\.selectors)
    case .binary(let binary): Self.noticed(by: binary)
    default: []
    }
  }

  private static func noticed(by binary: PromQLBinary) -> [PromQLSelector] {
    if binary.op == .unless {
      // What the left side reads must be there still: nothing, or what was there before.
      return binary.left.selectors.allSatisfy { $0.offset != nil } ? binary.right.selectors : []
    }
    guard case .number(let limit) = binary.right.bare.node, let value = binary.left.valueOfNothing,
      binary.op.holds(value, limit.value)
    else { return [] }
    return binary.left.selectors
  }

  /// The result where no series that it reads is there: `sum(up) or vector(0)`; nil for none, or where it is not known.
  private var valueOfNothing: Double? {
    switch node {
    case .parentheses(let inner): return inner.valueOfNothing
    case .aggregation(let aggregation) where [.sum, .avg, .min, .max].contains(aggregation.op):
      return aggregation.expression.valueOfNothing
    case .call(let call) where call.function == "vector":
      if case .number(let number)? = call.arguments.first?.bare.node { return number.value }
      return nil
    case .binary(let binary) where binary.op == .or: return binary.left.valueOfNothing ?? binary.right.valueOfNothing
    default: return nil
    }
  }

  private var selectors: [PromQLSelector] {
    var selectors: [PromQLSelector] = []
    visit { if case .selector(let selector) = $0.node { selectors.append(selector) } }
    return selectors
  }
}

extension PromQLBinary.Operator {
  /// Whether a comparison of two numbers holds; false for other operators.
  fileprivate func holds(_ left: Double, _ right: Double) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    default: false
    }
  }
}
