import Syntax

/// One log entry on its way through a pipeline.
public struct PipelineEntry: Sendable {
  /// Bytes, since logs need not be valid UTF-8.
  public var line: [UInt8]
  public var labels: [String: String]
  /// Structured metadata, name by name; a name may come twice.
  public var metadata: [Metadata] = []
  /// Numbers of the lines that went into it, as the caller counts them.
  public var origins: [Int]
  /// Stages that changed the line, in order.
  public var changes: [StagePlace] = []
  /// What stages took out of the line for later stages; it goes nowhere by itself.
  var extracted: [String: Extracted] = [:]

  /// The label by which a stage names the tenant; the client takes it away when it sends.
  public static let tenantLabel = "__tenant_id__"

  public struct Metadata: Sendable, Hashable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  public init(line: [UInt8], labels: [String: String], number: Int) {
    self.line = line
    self.labels = labels
    origins = [number]
  }

  /// The text that a stage works on: the line, or what was extracted under that name. Nil where there is no such text.
  func input(_ source: String?) -> [UInt8]? {
    guard let source else { return line }
    return extracted[source]?.text
  }
}

/// A value in the extracted map.
enum Extracted: Sendable, Hashable {
  case bytes([UInt8])
  case number(Double)
  case bool(Bool)
  /// JSON's null: there, and yet nothing that could be written.
  case null

  init(_ text: String) { self = .bytes(Array(text.utf8)) }

  var text: [UInt8]? {
    switch self {
    case .bytes(let bytes): bytes
    case .number(let number): Array(GoNumber.text(number).utf8)
    case .bool(let flag): Array((flag ? "true" : "false").utf8)
    case .null: nil
    }
  }
}

/// Which stage: its number from 1, below a `match` with the numbers above it (`4.2`), its name, and where it stands.
public struct StagePlace: Sendable, Hashable {
  public var number: String
  public var name: String
  /// Line in the configuration.
  public var line: Int
}
