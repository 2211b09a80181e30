import Syntax

/// How a comment begins in a file of some format.
struct CommentMark: Sendable {
  let opener: [UInt8]
  /// What ends it within its line; nil where it goes to the line's end.
  var closers: [[UInt8]] = []
  /// It is one only where nothing but white space stands before it.
  var startsLine = false

  private static let hash = CommentMark(opener: Array("#".utf8))
  private static let hashLine = CommentMark(opener: Array("#".utf8), startsLine: true)
  private static let semicolon = CommentMark(opener: Array(";".utf8))
  private static let semicolonLine = CommentMark(opener: Array(";".utf8), startsLine: true)
  private static let slashes = CommentMark(opener: Array("//".utf8))
  /// text/template: `{{/* a comment */}}`, and `{{- /* a comment */ -}}` with white space trimmed.
  private static let template = ["{{/*", "{{- /*"].map {
    CommentMark(opener: Array($0.utf8), closers: ["*/}}", "*/ -}}"].map { Array($0.utf8) })
  }

  var isTemplate: Bool { !closers.isEmpty }

  /// Nil for what has no comments, or is no configuration.
  ///
  /// Units (systemd.syntax(7)), environment files (systemd.exec(5), Docker), Dockerfiles and the DCGM exporter's counters have
  /// comments on lines of their own alone.
  static func marks(of format: Format) -> [CommentMark]? {
    switch format {
    // Templates stand in the rules' annotations, and where Helm makes the file.
    case .prometheusRules, .prometheusRuleResource, .prometheusConfig, .alertmanagerConfig, .promtailConfig,
      .lokiConfig,
      .litellmConfig, .grafanaProvisioning, .yaml:
      [hash] + template
    case .shellScript: [hash]
    case .grafanaConfig: [hash, semicolon]
    case .systemdUnit: [hashLine, semicolonLine]
    case .environmentFile, .csv, .dockerfile: [hashLine]
    case .goTemplate: template
    case .alloyConfig: [slashes]
    case .grafanaDashboard, .json, .exposition, .lokiPush, .lokiQuery, .prometheusAPI, .alertmanagerWebhook,
      .alertmanagerAlerts, .jsonLines, .log, .text, .utf16, .gzip, .compressed, .binary:
      nil
    }
  }
}
