public import Vocabulary

/// The part of a program's YAML configuration that the clauses on settings want to see written down.
public struct VettedConfiguration: Sendable, Hashable {
  private struct Entry: Hashable {
    var key: String
    var value: String
    var title: String
  }

  private let sections: [String]
  private let entries: [String: [Entry]]
  private let title: String

  /// - Throws: `usage` where the contract says nothing about a configuration file.
  public init(_ contract: Contract) throws(Fault) {
    var sections: [String] = []
    var entries: [String: [Entry]] = [:]
    for clause in contract.settings {
      guard let vetted = clause.vetted, let path = clause.carriers.keys.first?.split(separator: "."), path.count == 2
      else { continue }
      let section = String(path[0])
      if entries[section] == nil { sections.append(section) }
      entries[section, default: []].append(
        Entry(key: String(path[1]), value: vetted, title: clause.title.english))
    }
    guard !sections.isEmpty else {
      throw Fault(.usage, "the contract does not say how its program must be configured")
    }
    self.sections = sections.sorted()
    self.entries = entries
    title = "\(contract.title.english) \(contract.versions)"
  }

  public var yaml: String {
    "# \(title): what its configuration must hold.\n"
      + sections.map { section in
        "\(section):\n" + (entries[section] ?? []).map(Self.text).joined()
      }.joined()
  }

  private static func text(_ entry: Entry) -> String {
    let lines = entry.value.split(separator: "\n")
    let value = lines.count > 1 ? "\n" + lines.map { "    \($0)" }.joined(separator: "\n") : " \(entry.value)"
    return "  # \(entry.title).\n  \(entry.key):\(value)\n"
  }
}
