import Syntax

/// What an alert asks `absent` of: it fires when such series are gone.
struct AbsenceGuard: Sendable, Hashable {
  var selector: PromQLSelector

  /// Every selector of which an alert asks whether there is none.
  static func all(in rule: Rule) -> [AbsenceGuard] {
    guard rule.isAlert else { return [] }
    var guards: [AbsenceGuard] = []
    for case .promQL(let expression) in rule.queries.map(\.parsed) {
      expression.visit { part in
        guard case .call(let call) = part.node, PromQLExpression.absenceFunctions.contains(call.function) else {
          return
        }
        for argument in call.arguments {
          argument.visit {
            if case .selector(let selector) = $0.node { guards.append(AbsenceGuard(selector: selector)) }
          }
        }
      }
    }
    return guards
  }

  /// Whether it is about the series of a job: those that it names, or those of the program that the job scrapes.
  func covers(_ job: ScrapeConfiguration) -> Bool {
    let jobs = selector.matchers.filter { $0.name == "job" }
    return !jobs.isEmpty ? jobs.allSatisfy { $0.accepts(job.name) } : selector.name != "up"
  }
}

extension PromQLExpression {
  /// Functions that ask whether there is nothing.
  static let absenceFunctions: Set<String> = ["absent", "absent_over_time"]
}
