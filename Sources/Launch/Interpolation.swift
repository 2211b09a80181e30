/// Puts variables into values of a container's description, as far as files tell them.
///
/// Sources: the Compose specification's interpolation (`$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `$$`); Kubernetes'
/// dependent environment variables (`$(NAME)`, of those that are set before).
struct Interpolation {
  /// Values that are put in by name; any other is unknown, or its default where the place names one.
  private var values: [String: PlacedText] = [:]
  private let budget: ExpansionBudget
  /// Defaults within defaults that are followed.
  private static let maximumDepth = 8

  init(_ assignments: [Assignment], budget: ExpansionBudget) {
    self.budget = budget
    for assignment in assignments { set(assignment) }
  }

  mutating func set(_ assignment: Assignment) { values[assignment.name] = assignment.value }

  func value(of name: String) -> PlacedText? { values[name] }

  func applied(to text: PlacedText) -> PlacedText { applied(to: text, depth: 0) }

  private func applied(to text: PlacedText, depth: Int) -> PlacedText {
    guard text.bytes.contains(UInt8(ascii: "$")) else { return text }
    var out = PlacedText()
    var index = 0
    while index < text.bytes.count {
      let byte = text.bytes[index]
      let next = index + 1 < text.bytes.count ? text.bytes[index + 1] : 0
      if byte != UInt8(ascii: "$")
        || next != byte && next != UInt8(ascii: "{") && next != UInt8(ascii: "(") && !Bytes.isName(next)
      {
        out.append(byte, at: text.offsets[index])
        index += 1
      } else if next == byte {
        // A shell within the container may still put a variable in.
        out.append(byte, at: text.offsets[index])
        index += 2
      } else {
        let (inner, end) = Self.reference(in: text, at: index)
        out.append(value(of: inner, at: text.offsets[index], depth: depth))
        index = end
      }
      if out.bytes.count > ExpansionBudget.maximumWord + text.bytes.count { return Self.unknown(at: text.offsets[0]) }
    }
    return budget.take(out.bytes.count) ? out : Self.unknown(at: text.offsets[0])
  }

  /// What stands between the brackets after a dollar, or the name there, and where it ends.
  private static func reference(in text: PlacedText, at dollar: Int) -> (inner: PlacedText, end: Int) {
    let bytes = text.bytes
    let open = bytes[dollar + 1]
    guard open == UInt8(ascii: "{") || open == UInt8(ascii: "(") else {
      let end = bytes[(dollar + 1)...].firstIndex { !Bytes.isName($0) } ?? bytes.count
      return (text[dollar + 1..<end], end)
    }
    let close = open == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: ")")
    var depth = 0
    for index in (dollar + 1)..<bytes.count {
      if bytes[index] == open { depth += 1 }
      if bytes[index] == close { depth -= 1 }
      if depth == 0 { return (text[dollar + 2..<index], index + 1) }
    }
    return (PlacedText(), bytes.count)
  }

  /// The value stands where the reference to it does.
  private func value(of reference: PlacedText, at offset: Int, depth: Int) -> PlacedText {
    let name = reference.bytes.prefix { Bytes.isName($0) }.count
    let rest = reference.bytes[name...]
    let isDefaultIfEmpty = rest.starts(with: ":-".utf8)
    if let value = values[reference[0..<name].string], !(isDefaultIfEmpty && value.isEmpty),
      rest.first != UInt8(ascii: "+"),
      !rest.starts(with: ":+".utf8)
    {
      return PlacedText(bytes: value.bytes, offsets: Array(repeating: offset, count: value.bytes.count))
    }
    let operation = isDefaultIfEmpty ? 2 : rest.first == UInt8(ascii: "-") ? 1 : 0
    guard operation > 0, name > 0, depth < Self.maximumDepth else { return Self.unknown(at: offset) }
    return applied(to: reference[name + operation..<reference.bytes.count], depth: depth + 1)
  }

  private static func unknown(at offset: Int) -> PlacedText {
    PlacedText(bytes: [PlacedText.unknown], offsets: [offset])
  }
}
