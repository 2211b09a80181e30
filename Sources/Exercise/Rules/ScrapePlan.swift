import Fleet
import Syntax
import Vocabulary

/// What a Prometheus configuration scrapes, and which part of the platform each of its jobs stands for.
struct ScrapePlan: Sendable {
  struct Job: Sendable {
    /// Place in `scrape_configs`.
    var index: Int
    var name: String
    /// The exporter it means; nil where it is none of the platform's.
    var kind: ScrapeJob?
    var interval: PrometheusDuration
    /// Labels of its first static target group.
    var labels: [(name: String, value: String)]
  }

  var jobs: [Job]
  var evaluationInterval: PrometheusDuration

  /// Prometheus's own default for both intervals.
  static let defaultInterval = PrometheusDuration(milliseconds: 60_000)

  init(_ config: PositionedValue) {
    func duration(_ value: PositionedValue?) -> PrometheusDuration? {
      value?.string.flatMap { PrometheusDuration($0) }.flatMap { $0.milliseconds > 0 ? $0 : nil }
    }
    let interval = duration(config["global"]?["scrape_interval"]) ?? Self.defaultInterval
    evaluationInterval = duration(config["global"]?["evaluation_interval"]) ?? Self.defaultInterval
    jobs = (config["scrape_configs"]?.array ?? []).enumerated().map { index, job in
      let groups = job["static_configs"]?.array ?? []
      let targets = groups.flatMap { $0["targets"]?.array ?? [] }.compactMap(\.string)
      let name = job["job_name"]?.string ?? ""
      return Job(
        index: index, name: name, kind: Self.kind(name: name, targets: targets),
        interval: duration(job["scrape_interval"]) ?? interval,
        labels: (groups.first?["labels"]?.mapping ?? []).compactMap { entry in
          guard let name = entry.key.string, let value = entry.value.string else { return nil }
          return (name, value)
        })
    }
  }

  /// The platform's own four jobs at 15 s, for rules that come without a Prometheus configuration.
  static var standard: ScrapePlan {
    let interval = PrometheusDuration(milliseconds: 15_000)
    var plan = ScrapePlan(.map([:]))
    plan.evaluationInterval = interval
    plan.jobs = ScrapeJob.allCases.enumerated().map {
      Job(index: $0, name: $1.rawValue, kind: $1, interval: interval, labels: [])
    }
    return plan
  }

  /// The first job of each kind.
  var first: [ScrapeJob: Job] {
    jobs.reduce(into: [:]) { found, job in
      if let kind = job.kind, found[kind] == nil { found[kind] = job }
    }
  }

  /// By the platform's name for the job, else by the port of its targets, else by a word in the name.
  static func kind(name: String, targets: [String]) -> ScrapeJob? {
    if let job = ScrapeJob(rawValue: name) { return job }
    let ports = Set(targets.compactMap { $0.split(separator: ":").last.flatMap { Int($0) } })
    if let job = ScrapeJob.allCases.first(where: { ports == [$0.port] }) { return job }
    let name = name.lowercased()
    let words: [(String, ScrapeJob)] = [
      ("vllm", .vllm), ("litellm", .litellm), ("dcgm", .dcgmExporter), ("node", .nodeExporter),
    ]
    return words.first { name.contains($0.0) }?.1
  }
}
