import Synchronization

/// What scrape jobs make of the labels of what they scrape, each asked once.
final class RelabelledLabels: Sendable {
  private struct Key: Hashable {
    var job: Int
    var metric: String
    var label: String
  }

  private let jobs: [ScrapeConfiguration]
  private let known = Mutex<[Key: [String]]>([:])

  init(_ jobs: [ScrapeConfiguration]) { self.jobs = jobs }

  /// The labels in which text of a label of a metric is after the relabelling of a job.
  func destinations(of label: String, on metric: String, job: Int) -> [String] {
    guard jobs[job].relabelling != nil else { return [label] }
    let key = Key(job: job, metric: metric, label: label)
    if let answer = known.withLock({ $0[key] }) { return answer }
    let answer = jobs[job].destinations(of: label, on: metric)
    known.withLock { $0[key] = answer }
    return answer
  }
}
