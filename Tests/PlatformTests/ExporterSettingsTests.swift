import Fleet
import Foundation
import Syntax
import Testing
import Vocabulary

@testable import Platform

struct ExporterSettingsTests {
  private static func families(_ job: ScrapeJob, _ settings: ExporterSettings) throws -> [MetricFamily] {
    var model = try PlatformModel(fleet: .default, seed: 4, course: .errors, settings: settings, logs: false)
    model.advance(by: 1900)
    return model.families(of: try #require(model.targets.first { $0.job == job }))
  }

  private static let vetted = """
    litellm_settings:
      callbacks: [prometheus]
      prometheus_metrics_config:
        - group: a
          metrics: [litellm_proxy_total_requests_metric]
          include_labels: [requested_model, status_code]
        - group: b
          metrics: [litellm_proxy_failed_requests_metric]
          include_labels: [requested_model, exception_status, exception_class]
        - group: c
          metrics: [litellm_deployment_state, litellm_in_flight_requests]
    """

  @Test func liteLLMExportsWhatItsConfigNames() throws {
    let config = try YAMLDocument.parse(Array(Self.vetted.utf8))
    let restricted = try Self.families(.litellm, ExporterSettings(litellmConfig: config, dcgmCounters: nil))
    let own = restricted.filter { $0.name.hasPrefix("litellm_") }
    #expect(
      own.map(\.name) == [
        "litellm_proxy_failed_requests_metric_total", "litellm_proxy_failed_requests_metric_created",
        "litellm_proxy_total_requests_metric_total", "litellm_proxy_total_requests_metric_created",
        "litellm_deployment_state", "litellm_in_flight_requests",
      ])
    let totals = own[2].samples
    #expect(totals.allSatisfy { $0.labels.map(\.name) == ["requested_model", "status_code"] })
    #expect(Set(totals.map(\.labels)).count == totals.count)
    let all = try Self.families(.litellm, ExporterSettings()).first { $0.name == own[2].name }
    #expect(totals.map(\.value).reduce(0, +) == all?.samples.map(\.value).reduce(0, +))
  }

  @Test(.enabled(if: Shared.isThere, "needs the captured samples"))
  func aVettedLiteLLMLooksLikeTheCapture() throws {
    let config = try YAMLDocument.parse(Array(Self.vetted.utf8))
    let ours = try Self.families(.litellm, ExporterSettings(litellmConfig: config, dcgmCounters: nil)).map(\.name)
    let capture = try Data(contentsOf: Shared.samples.appending(path: "litellm_1.106.2_vetted.prom"))
    #expect(try ours == MetricFamily.parse(Array(capture)).map(\.name))
  }

  @Test func dcgmReadsTheFieldsOfItsFile() throws {
    let csv = """
      # memory
      DCGM_FI_DEV_FB_USED, gauge, Used.
      DCGM_FI_DEV_FB_FREE , gauge, Free.
      DCGM_FI_DEV_FB_RESERVED, gauge, "Reserved, by the driver."
      DCGM_FI_DEV_FB_TOTAL, gauge, Total framebuffer (MiB).

      """
    let settings = try ExporterSettings(litellmConfig: nil, dcgmCounters: Array(csv.utf8))
    let families = try Self.families(.dcgmExporter, settings)
    #expect(families.compactMap(\.help) == ["Used.", "Free.", "Reserved, by the driver.", "Total framebuffer (MiB)."])
    let values = families.compactMap(\.samples.first?.value)
    #expect(values[0] + values[1] + values[2] == values[3])
    // No line asks for the driver's version.
    #expect(families[0].samples.allSatisfy { $0["DCGM_FI_DRIVER_VERSION"] == nil })
  }

  @Test(arguments: ["DCGM_FI_DEV_FB_USED, gauge", "A, gauge, b, c", "A, number, b", "A"])
  func aCountersFileThatTheExporterRefusesIsAFault(line: String) {
    let fault = #expect(throws: Fault.self) {
      try ExporterSettings(litellmConfig: nil, dcgmCounters: Array("# x\n\(line)\n".utf8))
    }
    #expect(fault?.place?.line == 2 && fault?.status == .usage)
  }
}
