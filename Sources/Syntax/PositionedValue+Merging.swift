extension PositionedValue {
  /// The pairs of a mapping with those that its merge keys bring in, each where it stands in the source: own keys count before merged
  /// ones, of a list of mappings the earlier.
  ///
  /// Source: yaml.org/type/merge.html, as Go's yaml.v2 and yaml.v3 and PyYAML follow it.
  public var merged: [Entry]? {
    guard let entries = mapping, entries.contains(where: \.isMerge) else { return mapping }
    var all = entries.filter { !$0.isMerge }
    var seen = Set(all.compactMap(\.key.string))
    for source in mergedMappings {
      all += (source.merged ?? []).filter { seen.insert($0.key.string ?? "").inserted }
    }
    return all
  }

  /// What the merge keys bring in of that key.
  func mergedValue(of key: String) -> PositionedValue? {
    mergedMappings.lazy.compactMap { $0[key] }.first
  }

  private var mergedMappings: [PositionedValue] {
    (mapping ?? []).filter(\.isMerge).flatMap { $0.value.array ?? [$0.value] }
  }
}

extension PositionedValue.Entry {
  /// `<<`, which YAML takes for a merge only without quotes, and JSON for a key like any other.
  fileprivate var isMerge: Bool { key.content == .scalar("<<", .plain) }
}
