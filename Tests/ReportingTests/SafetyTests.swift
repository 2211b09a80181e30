import Foundation
import Testing
import Vocabulary

@testable import Reporting

/// What holds of every format, whatever stands in the fields.
@Suite struct SafetyTests {
  static let formats = ReportFormat.all.map { $0.name }

  /// Markup, terminal escapes in both forms, a title change, line ends, a right-to-left override, a zero-width space, a
  /// quotation mark that a combining accent turns into another `Character`, and a template's own syntax.
  static let evil =
    "<script>alert(1)</script>\u{1B}[31m\u{9B}31m\u{1B}]0;x\u{7}\r\n\u{202E}\u{200B}\u{2028}\"\u{301} onload='x'\u{0}\u{7F} {{verdict}}"

  @Test(arguments: formats) func nothingInvisibleGetsThrough(format: String) throws {
    let text = try render(format, Self.filled(with: Self.evil))
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || Printable.isShown($0) })
  }

  @Test func coloursAreAllOurs() throws {
    let report = try Self.filled(with: Self.evil)
    let plain = try TerminalReport.render(report, options: RenderOptions())
    let coloured = try TerminalReport.render(report, options: RenderOptions(hasColour: true))
    let stripped = String(decoding: coloured, as: UTF8.self).replacing(/\u{1B}\[[0-9;]+m/, with: "")
    #expect(stripped == String(decoding: plain, as: UTF8.self))
    #expect(coloured != plain)
  }

  @Test func htmlHoldsNoMarkupButTheTemplates() throws {
    let harmless = try render("html", Self.filled(with: "x"))
    let html = try render("html", Self.filled(with: Self.evil))
    for mark in ["<", ">", "\"", "'"] as [Unicode.Scalar] {
      #expect(html.unicodeScalars.count { $0 == mark } == harmless.unicodeScalars.count { $0 == mark })
    }
    #expect(html.contains("{{verdict}}"))
    #expect(!harmless.contains("{{"))
  }

  @Test func asciiMeansASCII() throws {
    let report = try Self.filled(with: "ação \u{1F600}")
    let bytes = try TerminalReport.render(report, options: RenderOptions(isUnicode: false))
    #expect(bytes.allSatisfy { $0 < 0x80 })
    #expect(Printable.escaped("‹a#1f2e› ç", isUnicode: false) == "<a#1f2e> \\u{E7}")
  }

  @Test(arguments: formats) func theOrderOfDiscoveryDoesNotShow(format: String) throws {
    var shuffled = Samples.fail
    shuffled.findings.reverse()
    shuffled.coverage.reverse()
    shuffled.engines.reverse()
    #expect(try render(format, shuffled) == render(format, Samples.fail))
  }

  @Test(arguments: [60, 80, 120]) func noLineIsWiderThanTheTerminal(width: Int) throws {
    for report in [Samples.pass, Samples.fail, Samples.incomplete, try Self.filled(with: Self.evil)] {
      let bytes = try TerminalReport.render(report, options: RenderOptions(width: width, reports: "reports/x"))
      #expect(String(decoding: bytes, as: UTF8.self).split(separator: "\n").allSatisfy { $0.count <= width })
    }
  }

  /// One rule with a finding a skeleton, as a leaking log makes them: said once, whatever their number.
  @Test func manyFindingsLeaveReportsThatAreRead() throws {
    var report = Samples.fail
    report.findings = (0..<1500).map { number in
      var finding = Samples.exposure
      finding.fingerprint = String(number, radix: 16)
      finding.sink = Sink(.exporter, "litellm\(number % 30)")
      return finding
    }
    let html = try render("html", report)
    #expect(html.components(separatedBy: "<article").count == 2)
    #expect(html.contains("And 10 more in findings.json."))
    #expect(html.contains("And 1,480 more in findings.json."))
    let terminal = try render("terminal", report)
    #expect(terminal.components(separatedBy: Samples.exposure.message).count == 2)
    #expect(terminal.components(separatedBy: "50 findings)").count == 4)
    #expect(terminal.contains("and 27 more sinks in findings.json"))
  }

  /// Where findings of one rule say different things, each is said where it belongs.
  @Test func differingMessagesAndRemediesStandWithTheirPlaces() throws {
    var report = Samples.fail
    report.findings = (1...2).map { number in
      var finding = Samples.exposure
      finding.fingerprint = "\(number)"
      finding.message = "message \(number)"
      finding.remedy = "remedy \(number)"
      finding.locations = []
      return finding
    }
    let terminal = try render("terminal", report)
    #expect(
      terminal.contains(
        """
          • unbounded-label:
            · exporter:litellm (3 sightings)
              message 1
              → remedy 1
            · exporter:litellm (3 sightings)
              message 2
              → remedy 2

        """))
    let html = try render("html", report)
    for text in ["message 1", "message 2", "remedy 1", "remedy 2"] {
      #expect(html.components(separatedBy: text).count == 2)
    }
  }

  /// Configuration has a long pointer for each finding; its line is what an editor jumps to.
  @Test func aLineStandsForThePointer() throws {
    var report = Samples.pass
    report.gate = .hygiene
    let terminal = try render("terminal", report)
    #expect(terminal.contains("my alerts: old.yaml:23:15\n"))
    #expect(!terminal.contains("/groups/0"))
  }

  /// Forty rules at the gate do not push the verdict off the screen.
  @Test func manyRulesAreSummarised() throws {
    var report = Samples.fail
    report.findings = (10..<50).map { number in
      var finding = Samples.exposure
      finding.rule = "rule-\(number)"
      return finding
    }
    let terminal = try render("terminal", report)
    #expect(terminal.components(separatedBy: "→").count == TerminalReport.maximumRules + 1)
    #expect(terminal.contains("and 20 more rules in findings.json"))
  }

  @Test func aNumberThatJSONCannotHoldIsOneClearFault() {
    var report = Samples.fail
    report.findings[0].score = .infinity
    #expect(throws: Fault.self) { try FindingsJSON.render(report, options: RenderOptions()) }
  }

  private func render(_ format: String, _ report: RunReport) throws -> String {
    String(decoding: try ReportFormat.named(format).render(report, options: RenderOptions()), as: UTF8.self)
  }

  /// The failing sample with every free text replaced; words of closed sets stay, else it would not decode.
  static func filled(with text: String) throws -> RunReport {
    let closed: Set<String> = ["severity", "kind", "surface", "outcome", "verdict", "gate", "without"]
    func replace(_ value: Any) -> Any {
      switch value {
      case let object as [String: Any]:
        Dictionary(uniqueKeysWithValues: object.map { ($0, closed.contains($0) ? $1 : replace($1)) })
      case let array as [Any]: array.map(replace)
      case is String: text
      default: value
      }
    }
    var sample = Samples.fail
    sample.bundle = Samples.pass.bundle
    let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(sample))
    return try JSONDecoder().decode(RunReport.self, from: JSONSerialization.data(withJSONObject: replace(object)))
  }
}
