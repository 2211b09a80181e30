public import Vocabulary

/// The part of a program's YAML configuration that the clauses on settings want to see written down.
public struct VettedConfiguration: Sendable, Hashable {
  public struct Entry: Sendable, Hashable {
    public var section: String
    public var key: String
    /// As YAML; of several lines where it is a block.
    public var value: String
    /// What holds where it is set, as a sentence without a full stop.
    public var title: String?

    public init(section: String, key: String, value: String, title: String? = nil) {
      self.section = section
      self.key = key
      self.value = value
      self.title = title
    }
  }

  /// By section, in its order.
  private let entries: [String: [Entry]]
  private let title: String

  /// - Parameter own: what a site sets beside it; where the contract sets the same key, the contract's value stands.
  /// - Throws: `usage` where the contract says nothing about a configuration file.
  public init(_ contract: Contract, beside own: [Entry] = []) throws(Fault) {
    var vetted: [Entry] = []
    for clause in contract.settings {
      guard let value = clause.vetted, let path = clause.carriers.keys.first?.split(separator: "."), path.count == 2
      else { continue }
      vetted.append(
        Entry(section: String(path[0]), key: String(path[1]), value: value, title: clause.title.english))
    }
    guard !vetted.isEmpty else {
      throw Fault(
        .usage, "the contract of \(contract.source) does not say how its program must be configured", at: contract.place
      )
    }
    let further = own.filter { entry in !vetted.contains { $0.section == entry.section && $0.key == entry.key } }
    entries = Dictionary(grouping: further + vetted, by: \.section)
    title = "\(contract.title.english) \(contract.versions)"
  }

  public var yaml: String { "# \(title): what its configuration must hold.\n" + sections }

  /// The same without its heading, to stand among other sections.
  public var sections: String {
    entries.sorted { $0.key < $1.key }.map { "\($0.key):\n" + $0.value.map(Self.text).joined() }.joined()
  }

  private static func text(_ entry: Entry) -> String {
    let lines = entry.value.split(separator: "\n")
    let value = lines.count > 1 ? "\n" + lines.map { "    \($0)" }.joined(separator: "\n") : " \(entry.value)"
    return (entry.title.map { "  # \($0.oneLine).\n" } ?? "") + "  \(entry.key):\(value)\n"
  }
}
