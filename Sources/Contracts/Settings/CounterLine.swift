/// A line of the DCGM exporter's counters file: `FIELD, type, help` (source: its default-counters.csv).
struct CounterLine {
  var field: String
  /// `gauge`, `counter` or `label`.
  var kind: String
  var offset: Int

  static func all(in bytes: [UInt8]) -> [CounterLine] {
    var lines: [CounterLine] = []
    var start = 0
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      defer { start += line.count + 1 }
      let parts = String(decoding: line, as: UTF8.self).split(separator: ",", maxSplits: 2)
        .map { $0.filter { !$0.isWhitespace } }
      guard parts.count == 3, !parts[0].hasPrefix("#") else { continue }
      let indent = line.prefix { $0 == 0x20 || $0 == 0x09 }.count
      lines.append(CounterLine(field: parts[0], kind: parts[1], offset: start + indent))
    }
    return lines
  }
}

extension Contract {
  /// Whether a clause on metrics claims the field: as a family of that type, or as a label.
  func claims(_ counter: CounterLine) -> Bool {
    if counter.kind == "label" {
      return metrics.contains { $0.labels.contains { $0.name == counter.field } }
    }
    return metrics.contains { clause in
      if case .forbidden = clause.standing { return false }
      return clause.kind.rawValue == counter.kind && clause.families.contains(counter.field)
    }
  }
}
