import Foundation
import Reporting
import Testing
import Vocabulary

@testable import Jobs

/// Files of other projects and captures of real programs, which are no part of this repository: `SIGILO_SHARED` names the
/// folder they are in.
private let shared = ProcessInfo.processInfo.environment["SIGILO_SHARED"] ?? "../shared"

@Suite(
  .enabled(if: FileManager.default.fileExists(atPath: shared + "/corpora/real"), "no evaluation data (SIGILO_SHARED)"))
struct RealFilesTests {
  @Test func benignFilesOfOthersHoldNoContentAndNoneIsSkipped() async throws {
    let folder = shared + "/corpora/real"
    let report = try await scanned(folder)
    let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    let regular = files.filter { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder) && !isFolder.boolValue
    }
    #expect(report.coverage.count == regular.count)
    #expect(report.isComplete && report.coverage.allSatisfy { $0.records > 0 })
    // Panels that do show log lines, and a few descriptions that ask or explain: four texts of more than twelve thousand.
    let rules = Dictionary(grouping: report.findings.filter { $0.severity >= .exposure }, by: \.rule)
    #expect(Set(rules.keys).isSubset(of: ["dashboard-logs-panel", "language"]) && rules["dashboard-logs-panel"] != nil)
    #expect((rules["language"] ?? []).count <= 6)
  }

  @Test func leaksInCapturesAreFoundInEverySinkWithTheirPlace() async throws {
    let report = try await scanned(shared + "/facts/samples")
    let content = report.findings.filter { $0.severity == .content }
    #expect(
      Set(content.map { $0.sink.kind }).isSuperset(of: [
        .exporter, .prometheus, .logFile, .loki, .notification, .alertmanager,
      ]))
    #expect(content.flatMap(\.locations).allSatisfy { $0.path != nil && $0.line != nil && $0.column != nil })
    #expect(
      Set(report.coverage.filter { $0.outcome == .incomplete }.map(\.format)) == ["binary"])
  }
}

/// The report of a scan with the policy in the binary.
func scanned(_ path: String) async throws -> RunReport {
  let state = FileManager.default.temporaryDirectory.appending(path: "real-state-\(UUID().uuidString)").path
  defer { try? FileManager.default.removeItem(atPath: state) }
  let quiet = StageProgress.standardError(environment: [:], isQuiet: true)
  return try await ScanJob(ScanRequest(paths: [path]), JobSettings(stateFolder: state)).run(progress: quiet)
}
