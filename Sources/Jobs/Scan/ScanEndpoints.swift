import Audit
import Fleet
import Foundation
import Sinks
import Vocabulary

/// The URLs of a scan, checked before anything is read.
struct ScanEndpoints: Sendable {
  private let exporters: [URL]
  private let prometheus: [URL]
  private let loki: [URL]
  private let alertmanager: [URL]
  private let since: Duration
  private let tenant: String?
  private let fleet: FleetSources?

  /// - Throws: a usage fault for what is no http URL, or no duration.
  ///
  /// - Parameter fleet: names the exporters that it knows.
  init(_ request: ScanRequest, fleet: Fleet? = nil) throws(Fault) {
    self.fleet = fleet.map { FleetSources($0) }
    exporters = try Self.urls(request.exporters, option: "--exporter")
    prometheus = try Self.urls(request.prometheus, option: "--prometheus")
    loki = try Self.urls(request.loki, option: "--loki")
    alertmanager = try Self.urls(request.alertmanager, option: "--alertmanager")
    since = try Self.duration(request.since)
    tenant = request.tenant
  }

  private static func urls(_ texts: [String], option: String) throws(Fault) -> [URL] {
    var urls: [URL] = []
    for text in texts {
      guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme),
        url.host() != nil
      else {
        throw Fault(
          .usage, "\(option) takes an http or https URL", remedy: "For example \(option) http://gpu-node1:8000")
      }
      urls.append(url)
    }
    return urls
  }

  /// `90s`, `30m`, `6h`, `2d`.
  static func duration(_ text: String) throws(Fault) -> Duration {
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    guard let unit = text.last.flatMap({ units[$0] }), let count = Int(text.dropLast()), count > 0,
      count <= 36_500
    else { throw Fault(.usage, "--since takes a duration such as 30m, 6h or 2d") }
    return .seconds(count * unit)
  }

  /// The logical name of an exporter: as the inventory calls it, else its host.
  private func name(ofExporter url: URL) -> String {
    url.host().flatMap { fleet?.name(ofHost: $0, port: url.port ?? 80) } ?? Self.name(url)
  }

  /// The logical name of an endpoint in sinks: its host, without the port.
  private static func name(_ url: URL) -> String { url.host() ?? "endpoint" }
}

extension ScanEndpoints {
  /// Reads every endpoint in turn; what goes wrong with one is said in its coverage and does not stop the others.
  func read(_ context: JobContext) async throws(Fault) -> StageOutcome {
    var outcome = StageOutcome()
    let auditor = context.auditor(names: context.names())
    let now = Int64(Date().timeIntervalSince1970 * 1e9)
    let range = TimeRange.before(now, seconds: since.components.seconds)
    var coverage: [Coverage] = []
    for url in exporters { coverage += try await ExporterSink.read(url, name: name(ofExporter: url), into: auditor) }
    for url in prometheus {
      coverage += try await PrometheusSink.read(url, name: Self.name(url), range: range, into: auditor)
    }
    for url in loki {
      coverage += try await LokiSink.read(url, name: Self.name(url), range: range, tenant: tenant, into: auditor)
    }
    for url in alertmanager {
      coverage += try await AlertmanagerSink.read(url, name: Self.name(url), into: auditor)
    }
    outcome.add(auditor, coverage)
    return outcome
  }
}
