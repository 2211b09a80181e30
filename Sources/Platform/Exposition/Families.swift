import Fleet
public import Syntax

extension PlatformModel {
  /// What the target's exporter would answer now; empty while it is down.
  ///
  /// - Parameter names: series names to which to keep; nil for the whole exposition. The rest is then not computed, which is
  ///   what makes hours of virtual time cheap.
  public func families(of target: PlatformTarget, only names: Set<String>? = nil) -> [MetricFamily] {
    guard isUp(target) else { return [] }
    switch target.job {
    case .vllm:
      guard let server = servers.first(where: { $0.node == target.node }) else { return [] }
      return VLLMExposition(server: server, time: time).families(only: names)
    case .litellm:
      return LiteLLMExposition(gateway: gateway, servers: servers, time: time, exported: settings.litellm).families(
        only: names)
    case .dcgmExporter:
      guard let server = servers.first(where: { $0.node == target.node }) else { return [] }
      return DCGMExposition(server: server, counters: settings.dcgm).families(only: names)
    case .nodeExporter:
      guard let host = hosts.first(where: { $0.name == target.node }) else { return [] }
      return NodeExposition(host: host, time: time).families(only: names)
    }
  }

  /// What exporters put into `Content-Type`.
  static let contentType = ExpositionWriter.contentType

  /// The bytes of the target's exposition, in the manner of the program.
  public func exposition(of target: PlatformTarget) -> [UInt8] {
    let style: ExpositionWriter.Style =
      switch target.job {
      case .vllm, .litellm: .python
      case .nodeExporter: .go
      case .dcgmExporter: .dcgm
      }
    return ExpositionWriter(style).bytes(families(of: target))
  }
}

/// The families that every Python program exposes about itself.
struct PythonProcess {
  var started: Double
  var now: Double
  var cpuSeconds: Double
  var residentBytes: Double
  var virtualBytes: Double
  var openFiles: Double

  /// The readings of a family of the Python client itself; nil where `name` is none of these.
  func meter(_ name: String) -> Meter? {
    let collections = ((now - started) / 9).rounded(.down)
    func generations(_ values: [Double]) -> Meter {
      .values(values.enumerated().map { ([.init("generation", String($0))], $1) })
    }
    switch name {
    case "python_gc_objects_collected_total":
      return generations([14_783 + 71 * collections, 3672 + 6 * collections, 342 + (collections / 90).rounded(.down)])
    case "python_gc_objects_uncollectable_total": return generations([0, 0, 0])
    case "python_gc_collections_total":
      return generations([
        1600 + collections, 146 + (collections / 10).rounded(.down), 10 + (collections / 90).rounded(.down),
      ])
    case "python_info":
      let version = [
        ("implementation", "CPython"), ("major", "3"), ("minor", "11"), ("patchlevel", "7"), ("version", "3.11.7"),
      ]
      return .values([(version.map { .init($0, $1) }, 1)])
    case "process_virtual_memory_bytes": return .values([([], virtualBytes)])
    case "process_resident_memory_bytes": return .values([([], residentBytes)])
    case "process_start_time_seconds": return .values([([], PlatformModel.epoch + started)])
    case "process_cpu_seconds_total": return .values([([], (cpuSeconds * 100).rounded() / 100)])
    case "process_open_fds": return .values([([], openFiles)])
    case "process_max_fds": return .values([([], 20_000)])
    default: return nil
    }
  }
}
