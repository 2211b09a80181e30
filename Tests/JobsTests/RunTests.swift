import Foundation
import Testing
import Vocabulary

@testable import Jobs

@Suite struct RunTests {
  @Test func equalInputsGiveEqualRunsAndFieldsDoNotRunTogether() {
    func run(_ fields: String...) -> String {
      var id = RunID(job: "audit")
      for field in fields { id.add(field) }
      return id.value
    }
    #expect(run("a", "b") == run("a", "b"))
    #expect(run("a", "b") != run("ab", ""))
    #expect(run("a").count == 16)
  }

  @Test func sourceDateEpochFixesTheDay() {
    let now = Date(timeIntervalSince1970: 1_795_000_000)
    let fixed = RunDate(environment: ["SOURCE_DATE_EPOCH": "1767225600"], now: now)
    #expect(fixed.today == "2026-01-01" && fixed.fixed == 1_767_225_600)
    let free = RunDate(environment: [:], now: now)
    #expect(free.fixed == nil && free.today == "2026-11-18")
  }

  @Test func theStateFolderFollowsOptionThenXDGThenHome() {
    let environment = ["XDG_STATE_HOME": "/x", "HOME": "/h"]
    #expect(StateFolder.path(option: "/o", environment: environment) == "/o")
    #expect(StateFolder.path(option: nil, environment: environment) == "/x/sigilo")
    #expect(
      StateFolder.path(option: nil, environment: ["XDG_STATE_HOME": "relative", "HOME": "/h"])
        == "/h/.local/state/sigilo")
  }

  @Test(arguments: [("90s", 90), ("30m", 1800), ("6h", 21_600), ("2d", 172_800)])
  func readsDurations(text: String, seconds: Int) throws {
    #expect(try ScanEndpoints.duration(text) == .seconds(seconds))
  }

  @Test(arguments: ["", "h", "5", "-1h", "0h", "1w", "1.5h", "99999999999999999999h"])
  func refusesOtherDurations(text: String) {
    #expect(throws: Fault.self) { try ScanEndpoints.duration(text) }
  }

  @Test func refusesWhatIsNoURL() {
    for text in ["gpu-node1:8000", "file:///etc/passwd", "http://", ""] {
      #expect(throws: Fault.self) { try ScanEndpoints(ScanRequest(exporters: [text])) }
    }
  }
}
