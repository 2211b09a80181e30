public import Syntax
public import Vocabulary

/// A file as clauses on settings see it.
public struct SettingsFile: Sendable {
  /// Its name; by its extension prose is told from what starts programs.
  public var path: String
  public var bytes: [UInt8]
  /// What it is, where a program reads it as its configuration.
  public var format: Format?
  /// Its documents, where it is YAML or JSON that parses.
  public var documents: [PositionedValue]
  /// Where it is a unit of systemd or a drop-in of one, the other files of the unit in the order in which they are read.
  public var companions: [(bytes: [UInt8], isAfter: Bool)] = []

  public init(path: String, bytes: [UInt8], format: Format?, documents: [PositionedValue]) {
    self.path = path
    self.bytes = bytes
    self.format = format
    self.documents = documents
  }

  /// A file of which only name and content are known.
  public init(path: String, bytes: [UInt8]) {
    let format = bytes.withUnsafeBytes { Format.recognise(path: path, bytes: $0) }
    var documents: [PositionedValue] = []
    switch format.notation {
    case .yaml: documents = (try? YAMLDocument.parseAll(bytes)) ?? []
    case .json: documents = (try? [JSONDocument.parse(bytes)]) ?? []
    case .lines: documents = format == .grafanaConfig ? [INIDocument.parse(bytes)] : []
    case .exposition, .none: break
    }
    self.init(path: path, bytes: bytes, format: format, documents: documents)
  }

  /// Texts for readers mention settings without setting them.
  public var isProse: Bool {
    [".md", ".rst", ".adoc", ".html", ".log"].contains { path.lowercased().hasSuffix($0) }
  }
}

/// A setting that does not obey its clause. It holds words of the contract, never of the file.
public struct SettingFinding: Sendable, Hashable {
  /// Rule of what a file does not tell.
  public static let unknownRule = "settings-unknown"

  public var rule: String
  public var severity: Severity
  public var message: String
  public var remedy: String
  /// Line and column (code points), from 1.
  public var line: Int
  public var column: Int
  /// Where it stands in a document.
  public var pointer: String?
  /// Lines that set it as the clause wants it; empty where the clause does not say how.
  public var paste: [String] = []
}
