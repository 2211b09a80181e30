import Platform
import Syntax

/// When each alert of a tree fired in one course, asked of promtool.
struct Survey {
  /// Seconds of simulated time.
  struct Firing: Hashable {
    var first: Double
    var last: Double
  }

  var course: Course
  var firing: [String: Firing] = [:]
  var pending: Set<String> = []

  private enum Fact: String, CaseIterable { case first, last, pending }

  /// Questions that expect nothing, so that promtool prints what it found.
  static func questions(_ recording: Recording, interval: PrometheusDuration) -> [UnitTest.Question] {
    let end = PrometheusDuration(seconds: recording.time(recording.steps - 1))
    let range = "[\(end.text):\(interval.text)]"
    return Fact.allCases.map { fact in
      let state = fact == .pending ? "pending" : "firing"
      let alerts = "max by (alertname) (ALERTS{alertstate=\"\(state)\"})"
      let expression =
        switch fact {
        case .first: "min_over_time(timestamp(\(alerts))\(range))"
        case .last: "max_over_time(timestamp(\(alerts))\(range))"
        case .pending: "count_over_time(\(alerts)\(range))"
        }
      return UnitTest.Question(
        id: id(recording.course, fact), expression: expression, time: end, expected: [])
    }
  }

  init(_ report: UnitTestReport, course: Course) {
    self.course = course
    func values(_ fact: Fact) -> [String: Double] {
      (report.failures[Self.id(course, fact)] ?? []).reduce(into: [:]) { found, sample in
        if let name = sample.labels["alertname"] { found[name] = sample.value }
      }
    }
    let last = values(.last)
    for (name, first) in values(.first) { firing[name] = Firing(first: first, last: last[name] ?? first) }
    pending = Set(values(.pending).keys)
  }

  private static func id(_ course: Course, _ fact: Fact) -> String { "\(course.rawValue)/\(fact.rawValue)" }
}
