/// One metric family of an exporter, by the name its samples bear.
struct MetricFamilyName: Sendable, Hashable {
  enum Kind: Sendable { case counter, gauge, histogram, summary }

  /// With `_total` for counters; without `_bucket`, `_sum` and `_count` for histograms.
  var name: String
  var kind: Kind

  /// Names that its samples may bear. Counters, histograms and summaries also have a `_created` gauge (Python client).
  var sampleNames: [String] {
    switch kind {
    case .gauge: [name]
    case .counter: [name, (name.hasSuffix("_total") ? String(name.dropLast(6)) : name) + "_created"]
    case .histogram: ["_bucket", "_sum", "_count", "_created"].map { name + $0 }
    case .summary: [name] + ["_sum", "_count", "_created"].map { name + $0 }
    }
  }

  /// RE2 that matches its samples but for `_created`, which nothing reads.
  var pattern: String {
    switch kind {
    case .gauge, .counter: name
    case .histogram: "\(name)_(?:bucket|sum|count)"
    case .summary: "\(name)(?:_sum|_count)?"
    }
  }
}

func named(_ kind: MetricFamilyName.Kind, _ names: [String]) -> [MetricFamilyName] {
  names.map { MetricFamilyName(name: $0, kind: kind) }
}
