/// Where a finding was seen. Only the parts that make sense for the sink are set.
///
/// Every part is printable as it stands: whoever makes a location has replaced parts that a source chose (label names,
/// JSON keys, stream selectors, file names) by their shape and a keyed hash unless they are known names.
public struct Location: Sendable, Codable, Hashable {
  /// File path as the user gave or the walk found it.
  public var path: String?
  /// Line, from 1.
  public var line: Int?
  /// Column in code points, from 1.
  public var column: Int?
  /// JSON pointer into a document (RFC 6901).
  public var pointer: String?
  /// Metric family.
  public var series: String?
  /// Label, key or metadata name.
  public var label: String?
  /// Log stream.
  public var stream: String?
  /// Nanoseconds since 1970 of a log entry.
  public var time: Int64?
  /// Place among entries of equal time, from 0.
  public var ordinal: Int?

  public init(
    path: String? = nil, line: Int? = nil, column: Int? = nil, pointer: String? = nil, series: String? = nil,
    label: String? = nil, stream: String? = nil, time: Int64? = nil, ordinal: Int? = nil
  ) {
    self.path = path
    self.line = line
    self.column = column
    self.pointer = pointer
    self.series = series
    self.label = label
    self.stream = stream
    self.time = time
    self.ordinal = ordinal
  }
}

extension Location: CustomStringConvertible {
  /// `path:line:column` first, as editors and CI logs make it clickable, then what else is known.
  public var description: String {
    var parts: [String] = []
    if let path {
      parts.append([path, line.map(String.init), column.map(String.init)].compactMap(\.self).joined(separator: ":"))
    }
    if path == nil, let line { parts.append("line \(line)" + (column.map { ":\($0)" } ?? "")) }
    if let pointer, !pointer.isEmpty { parts.append(pointer) }
    if let series { parts.append(label.map { "\(series){\($0)}" } ?? series) } else if let label { parts.append(label) }
    if let stream { parts.append(stream) }
    if let time { parts.append("t=\(time)" + (ordinal.map { "#\($0)" } ?? "")) }
    return parts.joined(separator: " ")
  }
}
