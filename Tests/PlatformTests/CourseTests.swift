import Fleet
import Syntax
import Testing

@testable import Platform

/// What the courses do to the quantities that the five alerts watch, read from the expositions as a rule would.
struct CourseTests {
  /// One reading each 15 simulated seconds.
  struct Reading {
    var time: Double
    var downTargets: Int
    var waiting: Double
    var temperature: Double
    var memory: Double
    /// Failures a second since the reading before, by who is to blame.
    var serverFailures: Double
    var clientFailures: Double

    /// The conditions of the five alerts as they are meant, by alert.
    var conditions: Set<String> {
      var met: Set<String> = []
      if downTargets > 0 { met.insert("VLLMDown") }
      if memory > 0.95 { met.insert("GPUMemoryCritical") }
      if temperature > 80 { met.insert("GPUTemperatureHigh") }
      if serverFailures > 0.05 { met.insert("ErrorRateHigh") }
      if waiting > 10 { met.insert("QueueSaturation") }
      return met
    }
  }

  private static func readings(_ course: Course, seed: UInt64) throws -> [Reading] {
    var model = try PlatformModel(fleet: .default, seed: seed, course: course, logs: false)
    var failuresBefore: [Character: Double] = [:]
    return stride(from: 15, through: course.duration, by: 15).map { time in
      model.advance(by: 15)
      func failures(_ status: Character) -> Double {
        let total = model.samples(.litellm, "litellm_proxy_failed_requests_metric_total")
          .filter { $0["exception_status"]?.first == status }.map(\.value).reduce(0, +)
        defer { failuresBefore[status] = total }
        return (total - failuresBefore[status, default: 0]) / 15
      }
      let used = model.values(.dcgmExporter, "DCGM_FI_DEV_FB_USED")
      let free = model.values(.dcgmExporter, "DCGM_FI_DEV_FB_FREE")
      let reserved = model.values(.dcgmExporter, "DCGM_FI_DEV_FB_RESERVED")
      return Reading(
        time: time, downTargets: model.targets.filter { !model.isUp($0) }.count,
        waiting: model.values(.vllm, "vllm:num_requests_waiting").max() ?? 0,
        temperature: model.values(.dcgmExporter, "DCGM_FI_DEV_GPU_TEMP").max() ?? 0,
        memory: used.indices.map { used[$0] / (used[$0] + free[$0] + reserved[$0]) }.max() ?? 0,
        serverFailures: failures("5"), clientFailures: failures("4"))
    }
  }

  @Test(arguments: [1, 42] as [UInt64]) func healthyIsFarFromEveryAlert(seed: UInt64) throws {
    let readings = try Self.readings(.healthy, seed: seed)
    #expect(readings.allSatisfy { $0.conditions.isEmpty })
    #expect(readings.allSatisfy { $0.waiting <= 3 && $0.temperature < 72 && $0.memory > 0.9 && $0.memory < 0.94 })
    #expect(readings.allSatisfy { $0.serverFailures == 0 })
    // Clients do make mistakes, more often than the error alert tolerates: a rule that counts them is wrong and is seen so.
    let mistakes = readings.map(\.clientFailures).reduce(0, +) / Double(readings.count)
    #expect(mistakes > 0.05)
  }

  @Test(arguments: Course.allCases.filter { $0.fault != nil }) func aFaultMeetsItsConditionAndNoOther(course: Course)
    throws
  {
    let fault = try #require(course.fault)
    let alert = try #require(course.alert)
    // Until a lag has run its course, the condition may be in either state.
    let lag = 300.0
    let readings = try Self.readings(course, seed: 3)
    let early = readings.filter { $0.time < fault.lowerBound }
    let within = readings.filter { ($0.time >= fault.lowerBound + lag) && $0.time < fault.upperBound }
    let late = readings.filter { $0.time >= fault.upperBound + lag }
    #expect(early.allSatisfy { $0.conditions.isEmpty })
    #expect(within.count >= 60 && within.allSatisfy { $0.conditions.contains(alert) })
    #expect(late.count >= 60 && late.allSatisfy { $0.conditions.isEmpty })
    #expect(readings.allSatisfy { $0.conditions.isSubset(of: [alert]) })
  }

  @Test func aStoppedServerReleasesItsMemoryAndStartsItsCountersAgain() throws {
    var model = try PlatformModel(fleet: .default, seed: 5, course: .nodeDown, logs: false)
    let target = try #require(model.targets.first { $0.job == .vllm && $0.node == model.faultyNode })
    let fault = try #require(model.course.fault)
    model.advance(by: fault.lowerBound - 1)
    let before = try #require(model.values(.vllm, "vllm:generation_tokens_total").first)
    let usedBefore = try #require(model.values(.dcgmExporter, "DCGM_FI_DEV_FB_USED").first)
    model.advance(by: 600)
    #expect(!model.isUp(target) && model.families(of: target).isEmpty)
    #expect(try #require(model.values(.dcgmExporter, "DCGM_FI_DEV_FB_USED").first) < usedBefore / 20)
    #expect(model.values(.dcgmExporter, "DCGM_FI_DEV_GPU_UTIL").first == 0)
    model.advance(by: fault.upperBound - model.time + 60)
    let after = try #require(model.families(of: target, only: ["vllm:generation_tokens_total"]).first?.samples.first)
    #expect(model.isUp(target) && after.value > 0 && after.value < before)
  }

  @Test func theQuantitiesMoveTogether() throws {
    var model = try PlatformModel(fleet: .default, seed: 2, course: .queue, logs: false)
    func reading() throws -> [Double] {
      try [
        (ScrapeJob.vllm, "vllm:num_requests_running"), (.vllm, "vllm:kv_cache_usage_perc"),
        (.dcgmExporter, "DCGM_FI_DEV_GPU_UTIL"), (.dcgmExporter, "DCGM_FI_DEV_POWER_USAGE"),
        (.dcgmExporter, "DCGM_FI_DEV_GPU_TEMP"), (.nodeExporter, "node_load1"),
      ].map { job, name in
        let target = try #require(model.targets.first { $0.job == job && $0.node == model.faultyNode })
        return try #require(model.families(of: target, only: [name]).first?.samples.first?.value)
      }
    }
    model.advance(by: 1800)
    let usual = try reading()
    model.advance(by: 1200)
    let crowded = try reading()
    #expect(zip(usual, crowded).allSatisfy { $0 < $1 })
  }
}
