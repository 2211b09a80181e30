import Vocabulary

/// One rule over configuration files. It lives in one file with its examples, which tests run.
protocol ConfigCheck: Sendable {
  /// Rule id, in lower case with hyphens.
  static var rule: String { get }
  /// What holds where it finds nothing.
  static var title: String { get }
  /// Why that matters.
  static var why: String { get }
  /// Texts that must be reported at each `↓`, and nowhere else.
  static var examples: [CheckExample] { get }
  /// Texts in which this rule must find nothing.
  static var counterExamples: [CheckExample] { get }

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding]
}

/// A file of a tree as an example; `beside` are other files of the same tree.
struct CheckExample: Sendable {
  var role: FileRole
  var text: String
  var beside: [ConfigFile]
  var line: Int

  init(_ role: FileRole, _ text: String, beside: [ConfigFile] = [], line: Int = #line) {
    self.role = role
    self.text = text
    self.beside = beside
    self.line = line
  }
}

/// Checks of what is written in configuration files, without running anything.
public enum ConfigChecks {
  static let all: [any ConfigCheck.Type] = [
    AlertVanishes.self, ClientLabelInAlert.self, ClientLabelInAnnotation.self, ClientLabelInPanel.self,
    ClientLabelInVariable.self, DashboardLogsPanel.self, DeadMetric.self, LibraryPanelUnread.self, LogLineInLabel.self,
    MissingSeverityOrAction.self, ReceiverOutsideSite.self, ReplaceWithoutGroup.self, SecretInConfig.self,
    TelemetryOutsideSite.self, ThresholdOutOfRange.self, TooFewSamples.self, UnanchoredDrop.self,
    UnreadableExpression.self,
  ]

  /// All findings of a tree, in order of path, line, column and rule.
  ///
  /// A file that does not parse has none: whoever reads it reports that.
  public static func check(_ files: ConfigFiles, _ facts: ContractFacts) -> [ConfigFinding] {
    var builder = CheckedTree.Builder(facts)
    for file in files.files { builder.add(file) }
    let tree = builder.tree()
    return files.files.flatMap(tree.findings(in:))
  }

  /// The findings of a file by itself.
  public static func check(_ file: ConfigFile, _ facts: ContractFacts) -> [ConfigFinding] {
    check(ConfigFiles([file]), facts)
  }
}
