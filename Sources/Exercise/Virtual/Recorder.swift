import Engines
import Fleet
import Platform
import Syntax
import Vocabulary

/// Plays a course on the platform's model and keeps what the rules read.
struct Recorder: Sendable {
  var fleet: Fleet
  var seed: UInt64
  var exporters: ExporterSettings
  var plan: ScrapePlan
  /// Sample names that the rules read.
  var names: Set<String>

  /// A series as one exporter writes it, before Prometheus adds the target's labels.
  private struct Key: Hashable {
    var target: PlatformTarget
    var name: String
    var labels: [MetricFamily.Label]
  }

  /// Gives way to other tasks at every step, for it computes for seconds.
  ///
  /// - Throws: `usage` where the fleet cannot play the course; `Fault.cancelled`.
  func record(_ course: Course) async throws(Fault) -> Recording {
    let jobs = plan.first
    let step = jobs.values.map(\.interval).min() ?? ScrapePlan.defaultInterval
    let steps = Int(course.duration / step.seconds) + 1
    var model = try PlatformModel(
      fleet: fleet, seed: seed, course: course, settings: exporters, logs: false)
    let targets = model.targets.compactMap { target in
      // A job that is scraped less often brings a sample at every n-th step.
      jobs[target.job].map { (target, $0, max(1, Int(($0.interval.seconds / step.seconds).rounded()))) }
    }
    var places: [Key: Int] = [:]
    var series: [Recording.Series] = []
    for index in 0..<steps {
      await Task.yield()
      if Task.isCancelled { throw .cancelled }
      if index > 0 { model.advance(by: step.seconds) }
      for (target, job, period) in targets where index.isMultiple(of: period) {
        func keep(_ sample: MetricFamily.Sample) {
          let key = Key(target: target, name: sample.name, labels: sample.labels)
          if let place = places[key] {
            series[place].values[index] = sample.value
            return
          }
          var new = Recording.Series(
            name: sample.name, labels: Self.labels(of: sample, job: job, target: target), period: period,
            values: Array(repeating: nil, count: steps))
          new.values[index] = sample.value
          places[key] = series.count
          series.append(new)
        }
        if names.contains("up") { keep(.init("up", [], model.isUp(target) ? 1 : 0)) }
        for family in model.families(of: target, only: names) {
          for sample in family.samples where names.contains(sample.name) { keep(sample) }
        }
      }
    }
    let sorted = series.map { (key: $0.notation, series: $0) }.sorted { $0.key < $1.key }.map(\.series)
    return Recording(course: course, step: step, steps: steps, series: sorted)
  }

  /// Every sample name that the platform exports, as it is in the middle of the errors course, when all have appeared.
  func exportedNames() throws(Fault) -> Set<String> {
    var model = try PlatformModel(
      fleet: fleet, seed: seed, course: .errors, settings: exporters, logs: false)
    model.advance(by: Course.errors.fault.map { ($0.lowerBound + $0.upperBound) / 2 } ?? 0)
    return Set(model.targets.flatMap { model.families(of: $0) }.flatMap { $0.samples.map(\.name) })
  }

  /// Labels of the target win; a sample's own label of the same name becomes `exported_…`, as without `honor_labels`.
  private static func labels(
    of sample: MetricFamily.Sample, job: ScrapePlan.Job, target: PlatformTarget
  ) -> [(name: String, value: String)] {
    let own = job.labels.filter { $0.name != "instance" } + [("job", job.name), ("instance", target.instance)]
    let taken = Set(own.map(\.name))
    let others = sample.labels.filter { !$0.value.isEmpty }
      .map { (taken.contains($0.name) ? "exported_\($0.name)" : $0.name, $0.value) }
    return (own + others).sorted { $0.0 < $1.0 }
  }
}
