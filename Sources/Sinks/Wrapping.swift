import Compression
import Syntax
import Vocabulary

/// A file whose content is another: compressed, or text in UTF-16. Its lines and columns, bytes and records are those of what
/// is inside.
struct Wrapping {
  /// A file may be wrapped so many times.
  static let maximum = 2

  private let source: ByteSource
  private let content: Content

  private enum Content {
    case compressed(Compression)
    case utf16

    var name: String {
      switch self {
      case .compressed(let compression): compression.rawValue
      case .utf16: "utf-16"
      }
    }
  }

  /// Nil for a file that is its own content, and for what is compressed in a way that is not read here.
  init?(_ source: ByteSource, _ format: Format) {
    switch format {
    case .utf16: content = .utf16
    case .gzip, .compressed:
      guard let compression = source.beginning.withUnsafeBytes({ Compression($0) }) else { return nil }
      content = .compressed(compression)
    default: return nil
    }
    self.source = source
  }

  func read(
    _ name: String, _ surface: Surface?, _ limits: ReadLimits, _ receiver: any BatchReceiver, inside outer: [String]
  ) throws(Fault) -> PartReading {
    switch content {
    case .utf16: return try read(UTF16Stream(source), name, surface, limits, receiver, inside: outer)
    case .compressed(let compression):
      let stream = DecompressedStream(source, compression)
      defer { stream.close() }
      var reading = try read(stream, name, surface, limits, receiver, inside: outer)
      if let problem = stream.problem {
        reading.coverage?.outcome = .incomplete
        reading.coverage?.notes.append(problem)
      }
      return reading
    }
  }

  private func read(
    _ stream: any ByteStream, _ name: String, _ surface: Surface?, _ limits: ReadLimits,
    _ receiver: any BatchReceiver, inside outer: [String]
  ) throws(Fault) -> PartReading {
    let inner = ByteSource(stream: stream)
    let (all, format) = try FileSink.recognised(inner, hint: Self.inner(name), limits)
    return try FileSink.read(
      all, format, name, surface, limits, receiver, wrappings: outer + [content.name])
  }

  /// The name without what says how it is compressed.
  private static func inner(_ name: String) -> String {
    for ending in [".gz", ".zst"] where name.hasSuffix(ending) { return String(name.dropLast(ending.count)) }
    return name
  }
}
