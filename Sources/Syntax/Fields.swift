public import Vocabulary

/// A mapping of a configuration file whose keys are all known. Every error names file, line and column.
public struct Fields: Sendable {
  public let path: String
  public let value: PositionedValue

  /// - Throws: `usage` where `value` is no mapping, or holds a key that is not in `known` or stands twice.
  public init(_ value: PositionedValue, known: [String], path: String) throws(Fault) {
    self.path = path
    self.value = value
    guard let entries = value.mapping else { throw self.fault("a mapping is expected here", at: value) }
    var seen: Set<String> = []
    for entry in entries {
      let key = entry.key.string ?? ""
      guard known.contains(key) else {
        throw fault(
          "unknown key \(Self.quoted(key))", at: entry.key, remedy: "Known here: \(known.joined(separator: ", ")).")
      }
      guard seen.insert(key).inserted else { throw fault("\(key) stands here twice", at: entry.key) }
    }
  }

  public func fault(_ problem: String, at value: PositionedValue, remedy: String? = nil) -> Fault {
    Fault(.usage, problem, at: place(of: value), remedy: remedy)
  }

  public func place(of value: PositionedValue) -> Location {
    Location(path: path, line: value.line, column: value.column)
  }

  /// The value of a key that is present and not null.
  public func optional(_ key: String) -> PositionedValue? { value[key].flatMap { $0.isNull ? nil : $0 } }

  public func required(_ key: String) throws(Fault) -> PositionedValue {
    guard let found = optional(key) else { throw fault("\(key) is missing", at: value) }
    return found
  }

  public func text(_ key: String) throws(Fault) -> String {
    let found = try required(key)
    guard let text = found.string, !text.isEmpty else { throw fault("\(key) is not a text", at: found) }
    return text
  }

  public func texts(_ key: String) throws(Fault) -> [String] {
    guard let found = optional(key) else { return [] }
    guard let array = found.array else { throw fault("\(key) is not a list", at: found) }
    var texts: [String] = []
    for element in array {
      guard let text = element.string, !text.isEmpty else {
        throw fault("\(key) holds something other than a text", at: element)
      }
      texts.append(text)
    }
    return texts
  }

  public func integer(_ key: String, in range: ClosedRange<Int>) throws(Fault) -> Int? {
    guard let found = optional(key) else { return nil }
    guard let number = found.int, range.contains(number) else {
      throw fault("\(key) is not a whole number from \(range.lowerBound) to \(range.upperBound)", at: found)
    }
    return number
  }

  public func number(_ found: PositionedValue, _ name: String) throws(Fault) -> Double {
    guard let number = found.double, number.isFinite, abs(number) <= 100 else {
      throw fault("\(name) is not a number from -100 to 100", at: found)
    }
    return number
  }

  public func flag(_ key: String) throws(Fault) -> Bool? {
    guard let found = optional(key) else { return nil }
    guard let flag = found.bool else { throw fault("\(key) is neither true nor false", at: found) }
    return flag
  }

  /// A value that is one of an enumeration's.
  public func choice<Choice: RawRepresentable & CaseIterable>(
    _ found: PositionedValue, _ type: Choice.Type = Choice.self
  ) throws(Fault) -> Choice where Choice.RawValue == String {
    guard let text = found.string, let choice = Choice(rawValue: text) else {
      let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw fault(
        "\(Self.quoted(found.string ?? "")) is none of the values known here", at: found, remedy: "Known: \(known).")
    }
    return choice
  }

  public func choices<Choice: RawRepresentable & CaseIterable>(
    _ key: String, _ type: Choice.Type = Choice.self
  ) throws(Fault) -> [Choice]? where Choice.RawValue == String {
    guard let found = optional(key) else { return nil }
    guard let array = found.array, !array.isEmpty else { throw fault("\(key) is not a list", at: found) }
    var choices: [Choice] = []
    for element in array { choices.append(try choice(element, type)) }
    return choices
  }

  /// - Throws: `usage` unless `version` stands there with that number.
  public func checkVersion(_ known: Int) throws(Fault) {
    let found = try required("version")
    guard found.int == known else { throw fault("version is not \(known), the only one known", at: found) }
  }

  private static func quoted(_ text: String) -> String { "`\(text.prefix(60))`" }
}
