import Platform
import Syntax
import Vocabulary

/// What the platform's own five alerts must do in a course, as questions to promtool and, afterwards, as checks.
struct ExpectedAlerts {
  /// One thing that must hold at one time.
  struct Moment {
    var id: String
    /// What must hold, e.g. `silent until the step before`.
    var claim: String
    var question: UnitTest.Question
  }

  var course: Course
  var moments: [Moment]
  /// Why nothing could be asked; the course's alert is then wrong as it stands.
  var problem: String?
  private var expectation: Expectation?

  init(_ condition: Condition, rules: RuleSet, interval: PrometheusDuration) {
    course = condition.recording.course
    moments = []
    let end = condition.recording.time(condition.recording.steps - 1)
    guard let name = course.alert else {
      add("never", "no alert fires", firing(nil, over: end), at: end, [])
      return
    }
    guard let alert = rules.alerts.first(where: { $0.name == name }) else {
      problem = "the rules have no alert of this name"
      return
    }
    guard let expected = Expectation(condition, hold: alert.hold, interval: interval) else {
      problem = "the course never meets the condition for as long as the rule's `for`"
      return
    }
    expectation = expected
    let before = expected.fires - expected.interval
    if before >= 0 { add("before", "silent up to the step before", firing(name, over: before), at: before, []) }
    add("onset", "firing at the step of", state("firing", name), at: expected.fires, [1])
    if alert.hold.milliseconds > 0 { add("pending", "pending before", state("pending", name), at: before, [1]) }
    if expected.lasts > expected.fires {
      add("after", "firing at the step after", state("firing", name), at: expected.fires + expected.interval, [1])
      add("last", "firing while the fault lasts", state("firing", name), at: expected.lasts, [1])
    }
    add("resolved", "resolved when it is over", state("firing", name), at: expected.lasts + expected.interval, [])
    add("end", "silent at the end", state("firing", name), at: end, [])
  }

  func check(_ report: UnitTestReport, subject: String) -> Check {
    let failed = moments.filter { report.failures[$0.id] != nil }.map(\.claim)
    let name =
      course.alert.map { "\($0) fires in course \(course.rawValue) and resolves" } ?? "no alert fires in course healthy"
    let detail: String? =
      if let problem {
        problem
      } else if !failed.isEmpty {
        "not so: \(failed.joined(separator: ", "))"
      } else {
        expectation.map { expected in
          "fires at \(Self.time(expected.fires)), last at \(Self.time(expected.lasts)) of simulated time, "
            + "as computed from the course without PromQL"
        }
      }
    return Check(
      stage: "alerts", name: name, outcome: problem == nil && failed.isEmpty ? .passed : .failed, detail: detail,
      subject: subject)
  }

  private static func time(_ seconds: Double) -> String { PrometheusDuration(seconds: seconds).text }

  private mutating func add(
    _ what: String, _ claim: String, _ expression: String, at time: Double, _ expected: [Double]
  ) {
    let id = "\(course.rawValue)/\(what)"
    moments.append(
      Moment(
        id: id, claim: claim,
        question: UnitTest.Question(
          id: id, expression: expression, time: PrometheusDuration(seconds: time), expected: expected)))
  }

  private func selector(_ state: String, _ name: String?) -> String {
    let name = name.map { "alertname=\"\($0)\", " } ?? ""
    return "ALERTS{\(name)alertstate=\"\(state)\"}"
  }

  /// 1 while at least one series is in the state, nothing else.
  private func state(_ state: String, _ name: String) -> String { "max(\(selector(state, name)))" }

  /// How many samples say that it fired, up to the time of the question; nothing where it never did.
  private func firing(_ name: String?, over seconds: Double) -> String {
    let range = PrometheusDuration(seconds: max(1, seconds)).text
    return "sum(count_over_time(\(selector("firing", name))[\(range)]))"
  }
}
