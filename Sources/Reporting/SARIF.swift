public import Vocabulary

/// `findings.sarif`: the findings in SARIF 2.1.0, as code scanning tools read them.
///
/// Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0, and its schema.
public enum SARIF: Renderer {
  public static let name = "sarif"
  public static let fileName: String? = "findings.sarif"

  /// The base that relative paths start from.
  static let base = "SRCROOT"

  private static func baseMeaning(_ report: RunReport) -> String {
    report.job == "audit" ? "The root of the configuration tree." : "The folder in which Sigilo ran."
  }

  public static func render(_ report: RunReport, options: RenderOptions) throws(Fault) -> [UInt8] {
    let findings = report.sortedFindings
    let rules = rules(of: findings, in: report)
    let passing = Set(report.coverage.filter { $0.subject == "simulated" }.map(\.sink))
    let index = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($0.element.id, $0.offset) })
    let log = SARIFLog(
      runs: [
        SARIFLog.Run(
          tool: .init(driver: .init(version: report.toolVersion, rules: rules)),
          automationDetails: .init(id: "sigilo/\(report.job)/\(report.run)"),
          invocations: [invocation(of: report)],
          originalUriBaseIds: [base: .init(description: .init(baseMeaning(report)))],
          results: findings.map { finding in
            result(
              of: finding, ruleIndex: index[finding.rule] ?? -1, isFile: !passing.contains(finding.sink), in: report)
          },
          properties: .init(
            subject: report.subject, policy: report.policy, gate: report.gate, verdict: report.verdict,
            complete: report.isComplete, seed: report.seed, created: report.createdText))
      ])
    return try JSONText.encode(log)
  }

  static func level(of severity: Severity) -> String {
    switch severity {
    case .content: "error"
    case .exposure: "warning"
    case .hygiene: "note"
    }
  }

  /// One entry for each rule that found something, by id; its level is that of its gravest finding.
  private static func rules(of findings: [Finding], in report: RunReport) -> [SARIFLog.Rule] {
    var seen: Set<String> = []
    return findings.filter { seen.insert($0.rule).inserted }.sorted { $0.rule < $1.rule }.map { finding in
      let help = report.help(for: finding)
      let text = [help.rationale, help.remedy].filter { !$0.isEmpty }.joined(separator: "\n\n")
      return SARIFLog.Rule(
        id: help.id, shortDescription: .init(help.title), fullDescription: .init(help.rationale), help: .init(text),
        defaultConfiguration: .init(level: level(of: finding.severity)))
    }
  }

  /// - Parameter isFile: false for telemetry of the synthetic platform, whose files are gone when the run ends: a path in it
  ///   is no artifact that a viewer could open.
  private static func result(
    of finding: Finding, ruleIndex: Int, isFile: Bool, in report: RunReport
  ) -> SARIFLog.Result {
    // A group is one result at its first place. `locations` with several entries would mean that all of them must be
    // changed (3.27.12), so the others are related ones.
    let locations = finding.locations.map { location(of: $0, sink: finding.sink, isFile: isFile) }
    let first = locations.first ?? location(of: Location(), sink: finding.sink, isFile: isFile)
    let related = locations.dropFirst().enumerated().map { offset, location in
      var location = location
      location.id = offset + 1
      location.message = .init("Also here.")
      return location
    }
    let suppression = finding.accepted.map { accepted in
      SARIFLog.Suppression(
        kind: accepted.kind == .comment ? "inSource" : "external", justification: accepted.justification,
        location: accepted.kind == .comment
          ? accepted.place.map { location(of: $0, sink: finding.sink, isFile: isFile) } : nil)
    }
    return SARIFLog.Result(
      ruleId: finding.rule, ruleIndex: ruleIndex, level: level(of: finding.severity),
      message: .init([finding.message, report.remedy(for: finding)].compactMap(\.self).joined(separator: " ")),
      locations: [first],
      relatedLocations: related.isEmpty ? nil : related, occurrenceCount: finding.count,
      partialFingerprints: ["sigilo/v1": finding.fingerprint],
      codeFlows: finding.flow.map { [codeFlow(of: $0, sink: finding.sink, isFile: isFile)] },
      suppressions: suppression.map { [$0] } ?? [],
      properties: .init(
        sink: finding.sink.description, surface: finding.surface, severity: finding.severity, shape: finding.shape,
        length: finding.length, score: finding.score, detectors: finding.evidence.map(\.detector), paste: finding.paste)
    )
  }

  private static func codeFlow(of steps: [FindingStep], sink: Sink, isFile: Bool) -> SARIFLog.CodeFlow {
    let stations = steps.map { step in
      var location = location(of: step.location ?? Location(), sink: sink, isFile: isFile)
      location.message = .init(step.text)
      return SARIFLog.CodeFlow.Station(location: location)
    }
    return SARIFLog.CodeFlow(threadFlows: [.init(locations: stations)])
  }

  private static func location(of location: Location, sink: Sink, isFile: Bool) -> SARIFLog.Location {
    let physical = (isFile ? location.path : nil).map { path in
      SARIFLog.PhysicalLocation(
        artifactLocation: artifact(path),
        region: location.line.flatMap { $0 >= 1 ? .init(startLine: $0, startColumn: location.column) : nil })
    }
    // What stands in no file, or deeper in one than a line says, is named as the telemetry names it.
    var detail = location
    detail.path = nil
    if physical != nil { (detail.line, detail.column) = (nil, nil) }
    let inner = detail.description
    let logical = SARIFLog.LogicalLocation(
      name: location.label ?? location.series ?? location.stream ?? sink.name,
      fullyQualifiedName: inner.isEmpty ? sink.description : "\(sink) \(inner)",
      kind: location.pointer == nil ? "resource" : "value")
    return SARIFLog.Location(physicalLocation: physical, logicalLocations: [logical])
  }

  private static func artifact(_ path: String) -> SARIFLog.ArtifactLocation {
    let encoded = percentEncoded(path)
    return path.hasPrefix("/") ? .init(uri: "file://\(encoded)") : .init(uri: encoded, uriBaseId: base)
  }

  /// A path as a URI reference (RFC 3986): all but unreserved characters and slashes is encoded, also the colon, which
  /// would make a scheme of the first segment.
  static func percentEncoded(_ path: String) -> String {
    let digits = Array("0123456789ABCDEF")
    var result = ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default: result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
    return result
  }

  private static func invocation(of report: RunReport) -> SARIFLog.Invocation {
    var notifications = (report.sinks(.unreachable) + report.sinks(.incomplete)).map { coverage in
      let why = coverage.notes.isEmpty ? "" : ": \(coverage.notes.joined(separator: "; "))"
      return SARIFLog.Notification(
        descriptor: .init(id: "coverage"), level: "error",
        message: .init("\(coverage.sink) is \(coverage.outcome.rawValue)\(why)"))
    }
    if report.uncounted > 0 {
      notifications.append(
        .init(
          descriptor: .init(id: "limit"), level: "error",
          message: .init("\(Figures.count(report.uncounted, "sighting")) of further findings counted but not kept")))
    }
    for check in report.checks where check.outcome == .failed {
      notifications.append(
        .init(
          descriptor: .init(id: "check"), level: "error",
          message: .init(["\(check.stage): \(check.name)", check.detail].compactMap(\.self).joined(separator: ": "))))
    }
    let ranThrough = report.isComplete && (report.status == .clean || report.status == .findings)
    return SARIFLog.Invocation(
      executionSuccessful: ranThrough, exitCode: report.status.rawValue, exitCodeDescription: report.conclusion,
      toolExecutionNotifications: notifications)
  }
}
