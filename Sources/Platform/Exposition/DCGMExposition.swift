import Foundation
import Syntax

/// What `GET /metrics` of a DCGM exporter answers, with its default counters or a site's own CSV.
///
/// Source: the exporter's own CSV and template. It says `hostname`, as the exporter does since May 2026; releases up to 4.8.2
/// say `Hostname`.
struct DCGMExposition {
  let server: Server
  let counters: [ExporterSettings.Counter]?

  private static let versionField = "DCGM_FI_DRIVER_VERSION"
  private static let driver = "570.124.06"
  private static let buses = ["1A", "40", "53", "66", "9C", "C0", "D2", "E4"]

  func families(only names: Set<String>?) -> [MetricFamily] {
    exported.filter { $0.isAsked(in: names) }.flatMap { family in
      // The text of the last error is the one attribute that a healthy GPU without jobs has.
      let attributes: Meter.Labels =
        family.name == "DCGM_FI_DEV_XID_ERRORS" ? [.init("err_code", "0"), .init("err_msg", "No Error")] : []
      let readings = server.accelerators.map { (labels(of: $0) + attributes, value(family.name, of: $0)) }
      return family.exposed(.values(readings)) { _ in 0 }
    }
  }

  /// Valid fields beyond the default CSV that the model can read.
  static let further: Set = ["DCGM_FI_DEV_FB_TOTAL"]
  private static let known = further.union(Catalogue.dcgm.families.map(\.name))

  /// A field that the model cannot read yields no family, as one that the hardware lacks.
  private var exported: [Catalogue.Family] {
    guard let counters else { return Catalogue.dcgm.families }
    return counters.filter { Self.known.contains($0.field) }.compactMap { counter in
      counter.kind.map {
        Catalogue.Family(
          name: counter.field, type: $0, hasCreated: false, labels: [], buckets: [], bounds: [], help: counter.help)
      }
    }
  }

  private func labels(of gpu: Accelerator) -> Meter.Labels {
    let own: Meter.Labels = [
      .init("gpu", "\(gpu.index)"), .init("UUID", gpu.uuid),
      .init("pci_bus_id", "00000000:\(Self.buses[gpu.index % Self.buses.count]):00.0"),
      .init("device", "nvidia\(gpu.index)"), .init("modelName", server.gpuName), .init("hostname", server.node),
    ]
    let hasVersion = counters?.contains { $0.kind == nil && $0.field == Self.versionField } ?? true
    return hasVersion ? own + [.init(Self.versionField, Self.driver)] : own
  }

  private func value(_ field: String, of gpu: Accelerator) -> Double {
    let busy = server.utilization
    let isIdle = busy == 0
    switch field {
    case "DCGM_FI_DEV_SM_CLOCK": return isIdle ? 345 : gpu.temperature > 85 ? 1740 : 1980
    case "DCGM_FI_DEV_MEM_CLOCK": return 2619
    case "DCGM_FI_DEV_GPU_TEMP": return gpu.temperature.rounded()
    case "DCGM_FI_DEV_MEMORY_TEMP": return (gpu.temperature + 4).rounded()
    case "DCGM_FI_DEV_POWER_USAGE": return (gpu.power(busy) * 1000).rounded() / 1000
    case "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION": return gpu.energy.rounded(.down)
    case "DCGM_FI_DEV_GPU_UTIL": return (100 * busy).rounded()
    case "DCGM_FI_DEV_MEM_COPY_UTIL": return (62 * busy).rounded()
    case "DCGM_FI_DEV_FB_TOTAL": return Double(gpu.totalMiB)
    case "DCGM_FI_DEV_FB_USED": return Double(gpu.usedMiB(server.reservation))
    case "DCGM_FI_DEV_FB_FREE":
      return Double(gpu.totalMiB - gpu.reservedMiB - gpu.usedMiB(server.reservation))
    case "DCGM_FI_DEV_FB_RESERVED": return Double(gpu.reservedMiB)
    case "DCGM_FI_DEV_NVLINK_BANDWIDTH_TOTAL": return (server.engine.meters.generated * 163_840).rounded(.down)
    case "DCGM_FI_PROF_GR_ENGINE_ACTIVE": return ratio(0.98 * busy)
    case "DCGM_FI_PROF_PIPE_TENSOR_ACTIVE": return ratio(0.31 * busy * (0.5 + 0.5 * server.engine.load))
    case "DCGM_FI_PROF_DRAM_ACTIVE": return ratio(0.62 * busy)
    case "DCGM_FI_PROF_PCIE_TX_BYTES": return (4e6 + 8e7 * busy).rounded()
    case "DCGM_FI_PROF_PCIE_RX_BYTES": return (6e6 + 1.2e8 * busy).rounded()
    // Errors, replays, remapped rows, encoders and licences: nothing on this platform moves them.
    default: return 0
    }
  }

  private func ratio(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }
}
