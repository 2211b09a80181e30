import Fleet
import Syntax
import Testing

@testable import Platform

/// What the courses do to the quantities that the five alerts watch.
struct CourseTests {
  /// One reading each 15 simulated seconds.
  struct Reading {
    var time: Double
    var down: Int
    var waiting: Double
    var temperature: Double
    var memory: Double
    var serverFailures: Double
    var clientFailures: Double
    var cache: Double
    var running: Double
  }

  static func readings(_ course: Course, seed: UInt64 = 1) throws -> [Reading] {
    var model = try PlatformModel(fleet: .default, seed: seed, course: course, logs: false)
    return stride(from: 15, through: course.duration, by: 15).map { time in
      model.advance(by: 15)
      func values(_ job: ScrapeJob, _ name: String, where keep: (MetricFamily.Sample) -> Bool = { _ in true })
        -> [Double]
      {
        model.targets.filter { $0.job == job }
          .flatMap { model.families(of: $0, only: [name]) }.flatMap(\.samples).filter { $0.name == name && keep($0) }
          .map(\.value)
      }
      func failures(_ class: Character) -> Double {
        values(.litellm, "litellm_proxy_failed_requests_metric_total") { sample in
          sample.labels.contains { $0.name == "exception_status" && $0.value.first == `class` }
        }.reduce(0, +)
      }
      let used = values(.dcgmExporter, "DCGM_FI_DEV_FB_USED")
      let free = values(.dcgmExporter, "DCGM_FI_DEV_FB_FREE")
      let reserved = values(.dcgmExporter, "DCGM_FI_DEV_FB_RESERVED")
      return Reading(
        time: time, down: model.targets.filter { !model.isUp($0) }.count,
        waiting: values(.vllm, "vllm:num_requests_waiting").max() ?? 0,
        temperature: values(.dcgmExporter, "DCGM_FI_DEV_GPU_TEMP").max() ?? 0,
        memory: used.indices.map { used[$0] / (used[$0] + free[$0] + reserved[$0]) }.max() ?? 0,
        serverFailures: failures("5"), clientFailures: failures("4"),
        cache: values(.vllm, "vllm:kv_cache_usage_perc").max() ?? 0,
        running: values(.vllm, "vllm:num_requests_running").max() ?? 0)
    }
  }

  @Test(arguments: Course.allCases) func show(_ course: Course) throws {
    for reading in try Self.readings(course) where Int(reading.time) % 150 == 0 { print(course, reading) }
  }
}
