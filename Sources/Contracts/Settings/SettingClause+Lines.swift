extension SettingClause {
  /// The value that a configuration file must give it, as YAML; nil where the clause allows several or none.
  private var wantedValue: String? {
    switch condition {
    case .oneOf(let values) where values.count == 1: vetted ?? values.first
    case .off: vetted ?? "false"
    case .on, .only, .noneOf, .oneOf: vetted
    case .nonexistent, .absent, .atMost, .claimed: nil
    }
  }

  /// The entry of a configuration file in place of one that breaks the clause.
  ///
  /// - Parameter pointer: to that entry.
  func lines(inPlaceOf pointer: String) -> [String] {
    guard let key = pointer.split(separator: "/").last.map(String.init), let value = wantedValue,
      carriers.keys.contains(where: { $0.split(separator: ".").last.map(String.init) == key })
    else { return [] }
    return Self.entry([key], value)
  }

  /// The entry of a configuration file that lacks it, from the outermost key on; nothing where its place depends on the file.
  var missingLines: [String] {
    guard let path = carriers.keys.first?.split(separator: ".").map(String.init), let value = wantedValue,
      !path.contains(where: { $0.hasPrefix("*") })
    else { return [] }
    return Self.entry(path, value)
  }

  private static func entry(_ path: [String], _ value: String) -> [String] {
    let lines = value.split(separator: "\n").map(String.init)
    var text: [String] = []
    for (depth, key) in path.enumerated() {
      let isLast = depth == path.count - 1
      text.append(String(repeating: "  ", count: depth) + key + (isLast && lines.count == 1 ? ": \(lines[0])" : ":"))
    }
    return lines.count == 1 ? text : text + lines.map { String(repeating: "  ", count: path.count) + $0 }
  }
}
