import Testing
import Vocabulary

@testable import Audit

@Suite struct FindingTableTests {
  static func finding(
    _ fingerprint: String, rule: String = "r", severity: Severity = .content, score: Double = 1, line: Int = 1
  )
    -> Finding
  {
    Finding(
      rule: rule, severity: severity, sink: Sink(.logFile, "vllm"), surface: .log, fingerprint: fingerprint,
      message: "m", score: score, locations: [Location(path: "f", line: line)])
  }

  @Test func groupsSightingsAndKeepsTheFirstTwentyPlaces() {
    var table = FindingTable()
    for line in 1...50 { table.add(Self.finding("a", line: line)) }
    let groups = table.sorted
    #expect(groups.count == 1)
    #expect(groups[0].count == 50)
    #expect(groups[0].locations.compactMap(\.line) == Array(1...20))
  }

  @Test func theStrongestSightingSpeaksForTheGroup() {
    var table = FindingTable()
    for score in [1.0, 9.0, 3.0] { table.add(Self.finding("a", score: score)) }
    #expect(table.sorted[0].score == 9)
  }

  @Test func overTheLimitOnlyCounts() {
    var table = FindingTable(maximumGroups: 2)
    for name in ["a", "b", "c", "d", "a"] { table.add(Self.finding(name)) }
    #expect(table.sorted.map(\.fingerprint) == ["a", "b"])
    #expect(table.uncounted == 2)
    #expect(table.sorted[0].count == 2, "a group that has room goes on counting")
  }

  @Test func mergingIsTheSameAsOneTable() {
    let all = [("a", 1), ("b", 2), ("a", 3), ("c", 4), ("b", 5)].map { Self.finding($0.0, line: $0.1) }
    var one = FindingTable()
    for finding in all { one.add(finding) }
    for cut in 0...all.count {
      var left = FindingTable()
      var right = FindingTable()
      for finding in all[..<cut] { left.add(finding) }
      for finding in all[cut...] { right.add(finding) }
      left.add(right)
      #expect(left.sorted == one.sorted)
    }
  }

  @Test func sortsTheGravestFirst() {
    var table = FindingTable()
    table.add(Self.finding("a", severity: .hygiene))
    table.add(Self.finding("b", severity: .content))
    table.add(Self.finding("c", severity: .exposure))
    #expect(table.sorted.map(\.severity) == [.content, .exposure, .hygiene])
  }
}
