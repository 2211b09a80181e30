import Platform
import Vocabulary

/// What a survey of the courses says about a tree of rules.
struct Conclusions {
  private(set) var checks: [Check] = []
  private(set) var findings: [ExerciseFinding] = []

  /// An alert with its name in the survey's copy of the rules.
  private typealias Subject = (id: String, about: AlertSubject)

  init(
    _ copy: SurveyRules, _ plan: ScrapePlan, exported: Set<String>, surveys: [Survey], failed: Set<String>,
    subject: String
  ) {
    let jobs = Set(plan.jobs.filter { $0.kind != nil }.map(\.name))
    let recorded = copy.rules.recorded
    let subjects: [Subject] = copy.rules.alerts.enumerated().map { index, alert in
      (copy.id(index), AlertSubject(alert, recorded: recorded, exported: exported, jobs: jobs))
    }
    let healthy = surveys.first { $0.course == .healthy }

    for (id, about) in subjects {
      if failed.contains(id) {
        findings.append(Self.fails(about.alert))
      } else if about.isJudged, !about.isHeartbeat, healthy?.firing[id] != nil {
        findings.append(Self.firesWhenHealthy(about.alert))
      } else if about.mustNotice, let survey = surveys.first(where: { $0.course == about.course }),
        !Self.notices(id, survey, healthy)
      {
        findings.append(Self.neverFires(about, isPending: survey.pending.contains(id)))
      }
    }
    for survey in surveys { conclude(survey, subjects, healthy, subject: subject) }
  }

  private mutating func conclude(_ survey: Survey, _ subjects: [Subject], _ healthy: Survey?, subject: String) {
    guard let expected = survey.course.alert else {
      let judged = subjects.filter(\.about.isJudged)
      let noisy = judged.filter { !$0.about.isHeartbeat && survey.firing[$0.id] != nil }
      checks.append(
        Check(
          stage: "alerts", name: "no alert fires in course healthy", outcome: noisy.isEmpty ? .passed : .failed,
          detail: noisy.isEmpty
            ? "\(judged.count) of \(subjects.count) alerts read what the platform exports"
            : "fires: \(Self.names(noisy))",
          subject: subject))
      return
    }
    let noticing = subjects.filter { Self.notices($0.id, survey, healthy) }
    checks.append(
      Check(
        stage: "alerts", name: "an alert notices course \(survey.course.rawValue)",
        outcome: noticing.isEmpty ? .failed : .passed,
        detail: noticing.isEmpty ? "none of \(subjects.count) alerts fires" : Self.names(noticing),
        subject: subject))
    if noticing.isEmpty { findings.append(Self.unnoticed(survey.course, expected)) }
  }

  /// An alert notices a fault where it fires while the fault lasts, and not in a healthy course as well.
  private static func notices(_ id: String, _ survey: Survey, _ healthy: Survey?) -> Bool {
    guard let fault = survey.course.fault, let firing = survey.firing[id], healthy?.firing[id] == nil else {
      return false
    }
    return firing.last >= fault.lowerBound
  }

  private static func names(_ subjects: [Subject]) -> String {
    Set(subjects.compactMap { AlertName.printable($0.about.alert.name) }).sorted().joined(separator: ", ")
  }
}

// MARK: Messages

extension Conclusions {
  fileprivate static func unnoticed(_ course: Course, _ alert: String) -> ExerciseFinding {
    ExerciseFinding(
      .faultUnnoticed, "the fault of course \(course.rawValue) (\(course.summary)) raises no alert of these rules",
      remedy: "add an alert such as \(alert) of the generated bundle (sigilo bundle build)", course: course)
  }

  fileprivate static func firesWhenHealthy(_ alert: RuleSet.Alert) -> ExerciseFinding {
    ExerciseFinding(
      .firesWhenHealthy, "this alert fires in the healthy course",
      remedy: "raise its threshold or its `for`, or restrict what it selects", alert: alert)
  }

  fileprivate static func fails(_ alert: RuleSet.Alert) -> ExerciseFinding {
    ExerciseFinding(
      .evaluationFails, "the evaluation of this alert fails on the series that the platform exports",
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
      .neverFires, "this alert does not tell of the fault in course \(course): \(reason)", remedy: remedy,
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
