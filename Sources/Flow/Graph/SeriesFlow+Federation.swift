import Syntax

/// Which jobs get a metric, be it by way of another Prometheus.
extension SeriesFlow {
  /// The jobs that scrape a program itself.
  private func direct(_ source: String) -> [Int] {
    jobs.indices.filter { jobs[$0].federation == nil && jobs[$0].scrapes(source) }
  }

  /// Whether a job gets a metric of a program, from it or from another Prometheus.
  func gets(_ metric: String, of source: String, job: Int) -> Bool {
    guard let federation = jobs[job].federation else { return jobs[job].scrapes(source) }
    return federation.mayTake(metric) { matchers in
      let names = direct(source).map { jobs[$0].name }
      return names.isEmpty
        ? !matchers.contains { $0.op == .equal && exported.isOther($0.value, than: source) }
        : names.contains { name in matchers.allSatisfy { $0.accepts(name) } }
    }
  }

  /// What a job gets of a label: what the program exports or, where it pulls from another Prometheus, what that one stored.
  func pulled(_ source: Trace, by job: Int) -> [Trace] {
    guard jobs[job].federation != nil else { return [source] }
    let others = exported.source(of: source.metric).map(direct) ?? []
    let stored = others.isEmpty ? [source] : others.flatMap { passing(source, through: $0) }
    return stored.map {
      $0.appending(FlowStep(["federation by job ", .name(jobs[job].name)], path: jobs[job].path, line: jobs[job].line))
    }
  }
}
