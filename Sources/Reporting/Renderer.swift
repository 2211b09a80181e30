public import Vocabulary

/// A report format: one file, one type, listed once in `ReportFormat.all`.
public protocol Renderer: SendableMetatype {
  /// What `--format` calls it.
  static var name: String { get }
  /// The file it is written to below the output folder; nil where it only goes to the terminal.
  static var fileName: String? { get }
  /// The whole report; the same bytes for the same arguments.
  static func render(_ report: RunReport, options: RenderOptions) throws(Fault) -> [UInt8]
}

/// How and where a report is shown; only the terminal looks at the first three.
public struct RenderOptions: Sendable, Hashable {
  /// Columns; the terminal summary is laid out between 60 and 120.
  public var width: Int
  public var hasColour: Bool
  /// False for a terminal that can't show UTF-8: everything else is then printed as ASCII.
  public var isUnicode: Bool
  /// Folder that holds the reports, where they were written.
  public var reports: String?
  /// The terminal summary also says of each finding why it was made.
  public var explains: Bool

  public init(
    width: Int = 100, hasColour: Bool = false, isUnicode: Bool = true, reports: String? = nil, explains: Bool = false
  ) {
    self.width = width
    self.hasColour = hasColour
    self.isUnicode = isUnicode
    self.reports = reports
    self.explains = explains
  }
}

/// The formats there are.
public enum ReportFormat {
  public static let all: [any Renderer.Type] = [
    TerminalReport.self, FindingsJSON.self, CoverageJSON.self, SARIF.self, HTMLReport.self,
  ]

  /// - Throws: a usage fault for an unknown name.
  public static func named(_ name: String) throws(Fault) -> any Renderer.Type {
    if let format = all.first(where: { $0.name == name }) { return format }
    throw Fault(
      .usage, "unknown report format", remedy: "Use one of \(all.map { $0.name }.joined(separator: ", ")).")
  }
}
