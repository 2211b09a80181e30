import Platform
import Vocabulary

/// What a survey of the courses says about a tree of rules.
struct Conclusions {
  private(set) var checks: [Check] = []
  private(set) var findings: [ExerciseFinding] = []

  init(_ stage: Stage, _ surveys: [Survey], failed: Set<String>) throws(Fault) {
    let exported = try stage.recorder.exportedNames()
    let jobs = Set(stage.plan.jobs.filter { $0.kind != nil }.map(\.name))
    let subjects = stage.rules.alerts.map {
      AlertSubject($0, recorded: stage.rules.recorded, exported: exported, jobs: jobs)
    }
    let healthy = surveys.first { $0.course == .healthy }

    for subject in subjects {
      if failed.contains(subject.alert.name) {
        findings.append(Self.fails(subject.alert))
        continue
      }
      if subject.isJudged, !subject.isHeartbeat, healthy?.firing[subject.alert.name] != nil {
        findings.append(Self.firesWhenHealthy(subject.alert))
      } else if subject.mustNotice, let survey = surveys.first(where: { $0.course == subject.course }),
        !Self.notices(subject.alert.name, survey, healthy)
      {
        findings.append(Self.neverFires(subject, isPending: survey.pending.contains(subject.alert.name)))
      }
    }
    for survey in surveys { conclude(survey, subjects, healthy, subject: stage.subject) }
  }

  private mutating func conclude(_ survey: Survey, _ subjects: [AlertSubject], _ healthy: Survey?, subject: String) {
    guard let expected = survey.course.alert else {
      let noisy = subjects.filter { $0.isJudged && !$0.isHeartbeat && survey.firing[$0.alert.name] != nil }
      checks.append(
        Check(
          stage: "alerts", name: "no alert fires in course healthy", outcome: noisy.isEmpty ? .passed : .failed,
          detail: "\(subjects.filter(\.isJudged).count) of \(subjects.count) alerts read what the platform exports",
          subject: subject))
      return
    }
    let noticing = Set(subjects.map(\.alert.name)).filter { Self.notices($0, survey, healthy) }
    let names = noticing.compactMap(AlertName.printable).sorted()
    checks.append(
      Check(
        stage: "alerts", name: "an alert notices course \(survey.course.rawValue)",
        outcome: noticing.isEmpty ? .failed : .passed,
        detail: noticing.isEmpty ? "none of \(subjects.count) alerts fires" : names.joined(separator: ", "),
        subject: subject))
    if noticing.isEmpty { findings.append(Self.unnoticed(survey.course, expected)) }
  }

  /// An alert notices a fault where it fires while the fault lasts, and not in a healthy course as well.
  private static func notices(_ name: String, _ survey: Survey, _ healthy: Survey?) -> Bool {
    guard let fault = survey.course.fault, let firing = survey.firing[name], healthy?.firing[name] == nil else {
      return false
    }
    return firing.last >= fault.lowerBound
  }
}

// MARK: Messages

extension Conclusions {
  fileprivate static func unnoticed(_ course: Course, _ alert: String) -> ExerciseFinding {
    ExerciseFinding(
      "fault-unnoticed", "the fault of course \(course.rawValue) (\(course.summary)) raises no alert of these rules",
      remedy: "add an alert such as \(alert) of the generated bundle (sigilo bundle build)")
  }

  fileprivate static func firesWhenHealthy(_ alert: RuleSet.Alert) -> ExerciseFinding {
    ExerciseFinding(
      "alert-fires-when-healthy", "this alert fires in the healthy course",
      remedy: "raise its threshold or its `for`, or restrict what it selects", alert: alert)
  }

  fileprivate static func fails(_ alert: RuleSet.Alert) -> ExerciseFinding {
    ExerciseFinding(
      "alert-evaluation-fails", "the evaluation of this alert fails on the series that the platform exports",
      remedy: "match both sides on labels that make each series unique, as `on (…)` or an aggregation does",
      alert: alert)
  }

  fileprivate static func neverFires(_ subject: AlertSubject, isPending: Bool) -> ExerciseFinding {
    let course = subject.course?.rawValue ?? ""
    let reason: String
    let remedy: String
    if let metric = subject.missing.first(where: { AlertSubject.dead[$0] != nil }), let why = AlertSubject.dead[metric]
    {
      reason = "it reads \(metric), and \(why)"
      remedy = "use the form of \(subject.course?.alert ?? "the alert") in the generated bundle (sigilo bundle build)"
    } else if !subject.missing.isEmpty {
      reason = "it reads a metric that no exporter of the platform has"
      remedy = "use a metric that the exporter's /metrics shows"
    } else if subject.selectsOtherJob {
      reason = "it selects a job that the Prometheus configuration does not scrape"
      remedy = "use the job_name of the Prometheus configuration"
    } else if isPending {
      reason = "its condition holds, but not for as long as its `for` asks"
      remedy = "shorten its `for`"
    } else {
      reason = "its condition never holds there"
      remedy = "compare its threshold and labels with what the exporter's /metrics shows"
    }
    return ExerciseFinding(
      "alert-never-fires", "this alert does not tell of the fault in course \(course): \(reason)", remedy: remedy,
      alert: subject.alert)
  }
}

extension Course {
  /// The fault in a few words.
  var summary: String {
    switch self {
    case .healthy: "no fault"
    case .nodeDown: "a vLLM server is down"
    case .memory: "a GPU's framebuffer is full"
    case .temperature: "a GPU overheats"
    case .errors: "requests fail on the server's side"
    case .queue: "requests queue up"
    }
  }
}
