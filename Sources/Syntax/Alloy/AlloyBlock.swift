/// A block of a configuration in Alloy's language: `loki.write "default" { endpoint { url = "http://loki:3100/loki/api/v1/push" } }`.
///
/// Source: grafana/alloy syntax/parser and syntax/scanner.
public struct AlloyBlock: Sendable {
  /// With its points.
  public var name: String
  public var label: String?
  /// UTF-8 offset of the name.
  public var offset: Int
  /// Attributes whose value is a text or a truth value, and nothing computed, in the order of the file.
  public var texts: [(name: String, value: PositionedValue)] = []
  public var blocks: [AlloyBlock] = []

  /// The blocks of a file, in order. What is no block of the language is passed over; blocks in more than 64 others are left out.
  public static func all(in bytes: [UInt8]) -> [AlloyBlock] {
    var reader = AlloyReader(bytes)
    return reader.read()
  }

  /// Itself and every block in it.
  public var everyBlock: [AlloyBlock] { [self] + blocks.flatMap(\.everyBlock) }
}
