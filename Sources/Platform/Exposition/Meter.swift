import Syntax

/// The readings of one family, before they become samples.
enum Meter {
  typealias Labels = [MetricFamily.Label]

  /// Counters and gauges.
  case values([(Labels, Double)])
  case histograms([(Labels, Histogram)])
  /// Count and sum.
  case summaries([(Labels, count: Double, sum: Double)])

  /// A family without series: its HELP and TYPE lines stand all the same.
  static let none = Meter.values([])
}

extension Catalogue.Family {
  /// The family as the program exposes it, with the Python client's `_created` gauge where it has one.
  ///
  /// - Parameter created: seconds since 1970 of each series, in the order of the readings.
  func exposed(_ meter: Meter, created: (Int) -> Double) -> [MetricFamily] {
    var samples: [MetricFamily.Sample] = []
    var labelled: [Meter.Labels] = []
    switch meter {
    case .values(let series):
      for (labels, value) in series {
        samples.append(.init(name, labels, value))
        labelled.append(labels)
      }
    case .histograms(let series):
      for (labels, histogram) in series {
        let cumulative = histogram.cumulative
        for (bound, count) in zip(buckets, cumulative) {
          samples.append(.init("\(name)_bucket", labels + [.init("le", bound)], count))
        }
        samples.append(.init("\(name)_count", labels, cumulative.last ?? 0))
        samples.append(.init("\(name)_sum", labels, histogram.sum))
        labelled.append(labels)
      }
    case .summaries(let series):
      for (labels, count, sum) in series {
        samples.append(.init("\(name)_count", labels, count))
        samples.append(.init("\(name)_sum", labels, sum))
        labelled.append(labels)
      }
    }
    let kind = MetricFamily.Kind(rawValue: type.rawValue) ?? .untyped
    let family = MetricFamily(name, kind, help: help, samples: samples)
    guard hasCreated, !labelled.isEmpty else { return [family] }
    let births = labelled.enumerated().map { MetricFamily.Sample("\(base)_created", $1, created($0)) }
    return [family, MetricFamily("\(base)_created", .gauge, help: help, samples: births)]
  }

  /// True where `names` holds a series of this family; nil asks for everything.
  func isAsked(in names: Set<String>?) -> Bool {
    guard let names else { return true }
    return names.contains(name)
      || ["_bucket", "_count", "_sum"].contains { names.contains(name + $0) }
      || hasCreated && names.contains("\(base)_created")
  }
}
