import Syntax

/// What a job pulls from another Prometheus: its path ends in `/federate`, and `match[]` says which series.
///
/// Source: prometheus/web/federate.go and prometheus/config/config.go (2.42 to 3.14).
struct Federation: Sendable, Hashable {
  /// Nil where one of them can't be read, which then may be any.
  private var selectors: [PromQLLabels.Selector]?
  /// Whether the series keep the names of the jobs that scraped them.
  var honorsLabels: Bool

  /// - Returns: nil for a job that scrapes programs themselves.
  init?(_ job: PositionedValue) {
    guard job["metrics_path"]?.string?.hasSuffix("/federate") == true else { return nil }
    honorsLabels = job["honor_labels"]?.bool ?? false
    let texts = job["params"]?["match[]"]?.array?.map { $0.string ?? "" } ?? []
    let read = texts.compactMap { text -> PromQLLabels.Selector? in
      guard let expression = try? PromQLExpression.parse(text), case .selector = expression.node else { return nil }
      return expression.labels().selectors.first
    }
    selectors = read.count == texts.count ? read : nil
  }

  /// Whether it may pull a metric, as far as names tell.
  ///
  /// - Parameter isJob: whether a program's job may have a name that these matchers accept.
  func mayTake(_ metric: String, where isJob: ([LabelMatcher]) -> Bool) -> Bool {
    selectors?.contains { selector in
      selector.mayRead(metric) && isJob(selector.selector.matchers.filter { $0.name == "job" })
    } ?? true
  }
}
