import Foundation
import Syntax

/// What `GET /metrics` of a node exporter 1.5.0 answers: a template of everything it reads on a quiet machine, with what the
/// model knows put in its place.
struct NodeExposition {
  let host: Host
  let time: Double

  /// Seconds for which the machine was up when the course began.
  private static let uptime = 777_600.0

  func families(only names: Set<String>?) -> [MetricFamily] {
    Self.template.compactMap { family in
      guard names.map({ $0.contains(family.name) }) ?? true else { return nil }
      var family = family
      if let processors = processorSeconds(family.name) {
        family.samples = processors
        return family
      }
      for index in family.samples.indices {
        if let value = value(of: family.samples[index]) { family.samples[index].value = value }
        for label in family.samples[index].labels.indices where family.samples[index].labels[label].value == "$node" {
          family.samples[index].labels[label].value = host.name
        }
      }
      return family
    }
  }

  /// The model's own reading of a sample; nil where the template's stands.
  private func value(of sample: MetricFamily.Sample) -> Double? {
    let base = sample.value
    let busy = host.busy
    switch sample.name {
    case "node_time_seconds": return PlatformModel.epoch + time
    case "node_boot_time_seconds": return PlatformModel.epoch - Self.uptime
    case "process_start_time_seconds": return PlatformModel.epoch - Self.uptime + 14
    case "process_cpu_seconds_total": return cents(base + 0.0008 * (Self.uptime + time))
    case "node_load1": return cents(host.averages[0])
    case "node_load5": return cents(host.averages[1])
    case "node_load15": return cents(host.averages[2])
    case "node_procs_running": return max(1, (host.usage * Double(Host.processors)).rounded())
    case "node_context_switches_total": return (base + 900 * time + 4000 * busy).rounded(.down)
    case "node_intr_total": return (base + 400 * time + 2500 * busy).rounded(.down)
    case "node_forks_total": return (base + 0.8 * time).rounded(.down)
    case "node_pressure_cpu_waiting_seconds_total": return cents(base + 0.01 * busy)
    case "node_memory_MemTotal_bytes": return Host.memory
    case "node_memory_MemFree_bytes": return pages(Host.memory * (0.62 - 0.2 * host.usage))
    case "node_memory_MemAvailable_bytes": return pages(Host.memory * (0.84 - 0.2 * host.usage))
    case "node_network_receive_bytes_total": return (base + host.received).rounded(.down)
    case "node_network_transmit_bytes_total": return (base + host.sent).rounded(.down)
    case "node_network_receive_packets_total": return (base + host.received / 900).rounded(.down)
    case "node_network_transmit_packets_total": return (base + host.sent / 700).rounded(.down)
    case "node_disk_written_bytes_total": return pages(base + host.written)
    case "node_disk_writes_completed_total": return (base + host.written / 16_384).rounded(.down)
    case "node_disk_io_time_seconds_total": return cents(base + host.written / 2e7)
    case "node_filesystem_avail_bytes", "node_filesystem_free_bytes": return pages(base - host.written)
    default: return nil
    }
  }

  /// Seconds of each processor by mode; the load is spread evenly.
  private func processorSeconds(_ name: String) -> [MetricFamily.Sample]? {
    let modes: [(String, Double)]
    let busy = host.busy / Double(Host.processors)
    switch name {
    case "node_cpu_seconds_total":
      modes = [
        ("idle", 0.93 * Self.uptime + time - busy), ("iowait", 40 + 0.001 * time), ("irq", 0), ("nice", 1.2),
        ("softirq", 310 + 0.01 * busy), ("steal", 0), ("system", 9400 + 0.19 * busy),
        ("user", 0.05 * Self.uptime + 0.8 * busy),
      ]
    case "node_cpu_guest_seconds_total": modes = [("nice", 0), ("user", 0)]
    default: return nil
    }
    return (0..<Host.processors).flatMap { processor in
      modes.map { mode, seconds in
        let skew = seconds == 0 ? 0 : Double((processor * 37) % 11)
        return .init(name, [.init("cpu", "\(processor)"), .init("mode", mode)], cents(seconds + skew))
      }
    }
  }

  private func cents(_ value: Double) -> Double { (value * 100).rounded() / 100 }

  private func pages(_ value: Double) -> Double { (value / 4096).rounded(.down) * 4096 }

  // MARK: Template

  /// `Corpora/platform/node.prom`. A test holds that it parses.
  private static let template: [MetricFamily] = {
    let text = EmbeddedCorpora.files["platform/node.prom"] ?? ""
    return (try? MetricFamily.parse(Array(text.utf8))) ?? []
  }()
}
