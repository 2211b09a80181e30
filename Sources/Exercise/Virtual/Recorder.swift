import Engines
import Fleet
import Platform
import Syntax
import Vocabulary

/// Plays a course on the platform's model and keeps what the rules read.
struct Recorder: Sendable {
  var fleet: Fleet
  var seed: UInt64
  var plan: ScrapePlan
  /// Sample names that the rules read; nil keeps all.
  var names: Set<String>? = nil

  /// Gives way to other tasks at every step, for it computes for seconds.
  func record(_ course: Course) async throws(Fault) -> Recording {
    let jobs = plan.first
    let step = jobs.values.map(\.interval).min() ?? ScrapePlan.defaultInterval
    let steps = Int(course.duration / step.seconds) + 1
    var model = try PlatformModel(fleet: fleet, seed: seed, course: course, logs: false)
    let targets = model.targets.filter { jobs[$0.job] != nil }
    let wanted = try familiesThatAreRead()

    var found: [String: Recording.Series] = [:]
    for index in 0..<steps {
      await Task.yield()
      if Task.isCancelled { throw .cancelled }
      if index > 0 { model.advance(by: step.seconds) }
      for target in targets {
        guard let job = jobs[target.job] else { continue }
        // A job that is scraped less often brings a sample at every n-th step; the steps between hold no mark of an end.
        let every = max(1, Int((job.interval.seconds / step.seconds).rounded()))
        let isScraped = index % every == 0
        let isUp = model.isUp(target)
        var base = job.labels
        base.append(("job", job.name))
        base.append(("instance", target.instance))
        func keep(_ name: String, _ labels: [(name: String, value: String)], _ value: Double) {
          let labels = labels.sorted { $0.name < $1.name }
          let key = Recording.Series.notation(name, labels)
          var series =
            found[key]
            ?? Recording.Series(name: name, labels: labels, period: every, values: Array(repeating: nil, count: steps))
          found[key] = nil
          series.values[index] = value
          found[key] = series
        }
        guard isScraped else { continue }
        if names?.contains("up") ?? true { keep("up", base, isUp ? 1 : 0) }
        guard isUp, let wanted = wanted[target.job] else { continue }
        for family in model.families(of: target) where wanted.contains(family.name) {
          for sample in family.samples where names?.contains(sample.name) ?? true {
            keep(sample.name, Self.merge(base, sample.labels), sample.value)
          }
        }
      }
    }
    return Recording(
      course: course, step: step, steps: steps, series: found.sorted { $0.key < $1.key }.map(\.value))
  }

  /// Families that hold a sample that the rules read, by job; computing the others' samples would be most of the work.
  private func familiesThatAreRead() throws(Fault) -> [ScrapeJob: Set<String>] {
    var found: [ScrapeJob: Set<String>] = [:]
    for (job, family) in try families(in: .errors)
    where names == nil || family.samples.contains(where: { names?.contains($0.name) ?? true }) {
      found[job, default: []].insert(family.name)
    }
    return found
  }

  /// Every sample name that the platform exports.
  func exportedNames() throws(Fault) -> Set<String> {
    Set(try families(in: .errors).flatMap { $0.family.samples.map(\.name) })
  }

  /// The platform as it is in the middle of a course; in that of the errors course every family has appeared.
  private func families(in course: Course) throws(Fault) -> [(job: ScrapeJob, family: MetricFamily)] {
    var model = try PlatformModel(fleet: fleet, seed: seed, course: course, logs: false)
    model.advance(by: course.fault.map { ($0.lowerBound + $0.upperBound) / 2 } ?? course.duration / 2)
    return model.targets.filter { model.isUp($0) }.flatMap { target in
      model.families(of: target).map { (target.job, $0) }
    }
  }

  /// Labels of the target win; a sample's own label of the same name becomes `exported_…`, as without `honor_labels`.
  static func merge(
    _ base: [(name: String, value: String)], _ labels: [MetricFamily.Label]
  ) -> [(name: String, value: String)] {
    let taken = Set(base.map(\.name))
    return base
      + labels.filter { !$0.value.isEmpty }.map {
        (taken.contains($0.name) ? "exported_\($0.name)" : $0.name, $0.value)
      }
  }
}
