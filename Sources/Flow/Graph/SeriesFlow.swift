import Syntax

/// Follows what clients choose from the labels of exported metrics to those of the series that expressions read: through the scrape
/// jobs' relabelling and the recording rules of the tree.
///
/// It goes backwards, from what somebody reads to where it came from: that a label is asked for is rarer than that one exists.
struct SeriesFlow: Sendable {
  /// Most recording rules one behind the other.
  private static let maximumDepth = 64
  /// Of a selector that names no metric, how many metrics are traced.
  private static let maximumMetrics = 8

  let exported: ExportedLabels
  private let recorded: [String: [RecordingRule]]
  let jobs: [ScrapeConfiguration]
  private let relabelled: RelabelledLabels

  init(_ exported: ExportedLabels, recorded: [RecordingRule], jobs: [ScrapeConfiguration]) {
    self.exported = exported
    self.recorded = Dictionary(grouping: recorded, by: \.name)
    self.jobs = jobs
    relabelled = RelabelledLabels(jobs)
  }

  /// Ways to one label of an expression's result.
  func traces(to label: String, of labels: PromQLLabels) -> [Trace] {
    var walk = Walk()
    return traces(to: label, of: labels, &walk)
  }

  /// Ways to any label of an expression's result.
  func traces(toAnyOf labels: PromQLLabels, except names: Set<String> = []) -> [Trace] {
    var walk = Walk()
    return traces(toAnyOf: labels, except: names, &walk)
  }

  /// Ways into the series that the jobs of a Prometheus scrape.
  ///
  /// - Parameters:
  ///   - paths: of the files that name its jobs.
  ///   - isWanted: asked of each label in which a client's words arrive, with what else is known of the series.
  func traces(scrapedAt paths: Set<String>, where isWanted: (_ label: String, _ series: [String: String]) -> Bool)
    -> [Trace]
  {
    let own = jobs.indices.filter { paths.contains(jobs[$0].path) }
    return unique(
      exported.open.flatMap { metric -> [Trace] in
        guard let source = exported.source(of: metric) else { return [] }
        let scraping = own.filter { gets(metric, of: source, job: $0) }
        guard !scraping.isEmpty else { return [] }
        return exported.clientLabels(of: metric).flatMap { label in
          traces(from: label, on: metric, scrapedBy: scraping) { destination, job in
            isWanted(destination, job.map { jobs[$0].labels(of: metric) } ?? [:])
          }
        }
      })
  }

  /// Ways into the series that recording rules make.
  func traces(
    recordedBy isTaken: (RecordingRule) -> Bool, where isWanted: (_ label: String, _ series: [String: String]) -> Bool
  ) -> [Trace] {
    var walk = Walk()
    var found: [Trace] = []
    for rule in recorded.values.joined().filter(isTaken).sorted(by: { $0.name < $1.name }) {
      found += traces(toAnyOf: rule, [], &walk).filter { isWanted($0.arrival, ["__name__": rule.name]) }
    }
    return unique(found)
  }

  /// The rules that record a metric; none where a program exports it, too.
  func recordings(of metric: String) -> [RecordingRule] {
    exported.source(of: metric) == nil ? recorded[metric] ?? [] : []
  }

  /// One search. What a recording rule's labels come from is found once, however many read it, and a rule that reads itself is
  /// not gone through again.
  private struct Walk {
    struct Question: Hashable {
      var place: FlowPlace
      var rule: String
      /// Nil for any label but those of `except`.
      var label: String?
      var except: Set<String>
    }

    var answers: [Question: [Trace]] = [:]
    var open: Set<Question> = []
  }

  private func traces(to label: String, of labels: PromQLLabels, _ walk: inout Walk) -> [Trace] {
    var found: [Trace] = []
    for origin in labels.origins(of: label) { found += traces(to: origin, of: labels, &walk) }
    return unique(found.map { $0.arriving(in: label) })
  }

  private func traces(
    toAnyOf labels: PromQLLabels, except names: Set<String>, _ walk: inout Walk
  ) -> [Trace] {
    var found: [Trace] = []
    for name in labels.names where !names.contains(name) { found += traces(to: name, of: labels, &walk) }
    for origin in labels.everyOrigin(except: names) {
      if case .everyLabel = origin.source { found += traces(to: origin, of: labels, &walk) }
    }
    return unique(found)
  }

  private func traces(to origin: PromQLLabels.Origin, of labels: PromQLLabels, _ walk: inout Walk) -> [Trace] {
    switch origin.source {
    case .literal, .number, .unknown: []
    case .label(let index, let name): traces(to: name, on: labels.selectors[index], &walk)
    case .everyLabel(let index, let except): traces(toAnyOf: labels.selectors[index], except, &walk)
    }
  }

  private func traces(to label: String, on selector: PromQLLabels.Selector, _ walk: inout Walk) -> [Trace] {
    let sources = metrics(of: selector)
    var found = sources.exported.flatMap { metric in
      candidates(label, on: metric).flatMap { traces(from: $0, to: { $0 == label }, on: metric, selector) }
    }
    for rule in sources.recorded where !rule.setLabels.contains(label) {
      found += follow(rule, label: label, except: [], &walk) { walk in
        switch rule.labels {
        case .ofSeries(let labels): traces(to: label, of: labels, &walk)
        case .ofLines(let labels): LineFlow.traces(to: label, of: labels)
        }
      }
    }
    return found
  }

  private func traces(
    toAnyOf selector: PromQLLabels.Selector, _ except: Set<String>, _ walk: inout Walk
  ) -> [Trace] {
    let sources = metrics(of: selector)
    var found = sources.exported.flatMap { metric in
      exported.clientLabels(of: metric).flatMap {
        traces(from: $0, to: { !except.contains($0) }, on: metric, selector)
      }
    }
    for rule in sources.recorded { found += traces(toAnyOf: rule, except, &walk) }
    return found
  }

  private func traces(toAnyOf rule: RecordingRule, _ except: Set<String>, _ walk: inout Walk) -> [Trace] {
    let except = except.union(rule.setLabels)
    return follow(rule, label: nil, except: except, &walk) { walk in
      switch rule.labels {
      case .ofSeries(let labels): traces(toAnyOf: labels, except: except, &walk)
      case .ofLines(let labels): LineFlow.traces(toAnyOf: labels, except: except)
      }
    }
  }

  private func follow(
    _ rule: RecordingRule, label: String?, except: Set<String>, _ walk: inout Walk,
    _ traces: (inout Walk) -> [Trace]
  ) -> [Trace] {
    let question = Walk.Question(place: rule.place, rule: rule.name, label: label, except: except)
    if let answer = walk.answers[question] { return answer }
    guard walk.open.count < Self.maximumDepth, walk.open.insert(question).inserted else { return [] }
    let answer = traces(&walk).map { $0.appending(rule.step) }
    walk.open.remove(question)
    walk.answers[question] = answer
    return answer
  }

  /// The label itself, and whatever relabelling might put into it.
  private func candidates(_ label: String, on metric: String) -> [String] {
    [label] + exported.clientLabels(of: metric).filter { $0 != label }
  }

  /// Ways of a label of an exported metric into one of the stored series.
  private func traces(
    from label: String, to isWanted: (String) -> Bool, on metric: String, _ selector: PromQLLabels.Selector
  ) -> [Trace] {
    traces(from: label, on: metric, scrapedBy: scraping(metric, selector)) { destination, _ in isWanted(destination) }
  }

  /// - Parameters:
  ///   - scraping: the jobs that scrape it; none where nobody knows of any.
  ///   - isWanted: asked of each label in which it arrives, by which job.
  private func traces(
    from label: String, on metric: String, scrapedBy scraping: [Int], to isWanted: (String, Int?) -> Bool
  ) -> [Trace] {
    let nature = exported.nature(of: label, on: metric)
    guard nature == .client || nature == .unclaimed else { return [] }
    if nature == .unclaimed, jobs.isEmpty || isOfTargets(label, scraping) { return [] }
    let source = Trace(
      label: label, metric: metric, nature: nature, arrival: label, steps: [step(label, metric, nature)])
    guard !scraping.isEmpty else { return isWanted(label, nil) ? [source] : [] }
    return scraping.flatMap { job in
      pulled(source, by: job).flatMap { passing($0, through: job) }.filter { isWanted($0.arrival, job) }
    }
  }

  /// What the relabelling of a job makes of a label.
  func passing(_ trace: Trace, through job: Int) -> [Trace] {
    relabelled.destinations(of: trace.arrival, on: trace.metric, job: job).map { destination in
      guard destination != trace.arrival else { return trace }
      return trace.arriving(in: destination).appending(
        FlowStep(
          ["relabelling of job ", .name(jobs[job].name), " into ", .name(destination)], path: jobs[job].path,
          line: jobs[job].line))
    }
  }

  /// Whether the site itself may have given series a label; discovery brings labels that no file here tells.
  private func isOfTargets(_ label: String, _ scraping: [Int]) -> Bool {
    (scraping.isEmpty ? Array(jobs.indices) : scraping).contains {
      jobs[$0].isDynamic || jobs[$0].targetLabels.contains(label) || jobs[$0].mayMake(label)
    }
  }

  private func step(_ label: String, _ metric: String, _ nature: ExportedLabels.Nature) -> FlowStep {
    let writer: FlowStep.Word = nature == .client ? ", which a client chooses" : ", which no contract states"
    let program = exported.program(of: metric).map { " of \($0)" } ?? ""
    return FlowStep(["label ", .name(label), " of ", .name(metric), .words(program), writer])
  }

  /// The jobs that may scrape a metric for a selector; none where the tree does not tell, and then nothing is relabelled.
  private func scraping(_ metric: String, _ selector: PromQLLabels.Selector) -> [Int] {
    guard let source = exported.source(of: metric) else { return [] }
    let wanted = selector.selector.matchers.filter { $0.name == "job" }
    let fitting = jobs.indices.filter { index in
      // What is pulled bears the names of others' jobs, where those are honoured.
      jobs[index].federation?.honorsLabels == true || wanted.allSatisfy { $0.accepts(jobs[index].name) }
    }
    let named = fitting.filter { gets(metric, of: source, job: $0) }
    return named.isEmpty ? fitting.filter { !wanted.isEmpty && jobs[$0].federation == nil } : named
  }

  private func metrics(of selector: PromQLLabels.Selector) -> (exported: [String], recorded: [RecordingRule]) {
    if let metric = selector.metric {
      let rules = recorded[metric] ?? []
      return (rules.isEmpty || exported.source(of: metric) != nil ? [metric] : [], rules)
    }
    let jobs = selector.selector.matchers.filter { $0.name == "job" }
    let open = exported.open.filter { metric in
      guard selector.mayRead(metric), let source = exported.source(of: metric) else { return false }
      // A job that bears the name of another program does not export it.
      return jobs.allSatisfy { matcher in
        matcher.op != .equal || !exported.isOther(matcher.value, than: source)
      }
    }
    let rules = recorded.values.joined().filter { selector.mayRead($0.name) }.sorted { $0.name < $1.name }
    return (Array(open.prefix(Self.maximumMetrics)), rules)
  }

  /// The shortest way from each label of each program, sorted.
  private func unique(_ traces: [Trace]) -> [Trace] {
    let groups = Dictionary(grouping: traces) {
      [$0.label, $0.arrival, exported.program(of: $0.metric) ?? $0.metric]
    }
    return groups.values.compactMap { group in
      group.min { ($0.steps.count, $0.metric) < ($1.steps.count, $1.metric) }
    }.sorted {
      ($0.nature == .client ? 0 : 1, $0.label, $0.metric) < ($1.nature == .client ? 0 : 1, $1.label, $1.metric)
    }
  }
}
