import Expressions

extension LogQLLabelAnalysis {
  /// Lines on their way through the stages.
  struct Lines {
    var carried = Carried()
    var line: Set<Origin>
    /// Labels that every stream has which is read.
    var certain: Set<String> = []
  }

  mutating func lines(of pipeline: LogQLPipeline) -> Lines {
    let index = selectors.count
    selectors.append(LogQLLabels.Selector(pipeline: pipeline))
    var lines = Lines(line: [Origin(.line(selector: index))])
    lines.carried.others = [
      .init(names: .labels(selector: index), origins: [Origin(.everyLabel(selector: index, except: []))])
    ]
    for (name, matchers) in Dictionary(grouping: pipeline.matchers.filter { !$0.hasVariable }, by: \.name) {
      if matchers.contains(where: { !$0.accepts("") }) { lines.certain.insert(name) }
      guard let values = matchers.lazy.compactMap(\.values).first, !values.contains("") else { continue }
      lines.carried.set(name, Set(values.map { Origin(.literal($0)) }))
    }
    for stage in pipeline.stages { lines.pass(stage.node) }
    return lines
  }
}

extension LogQLLabelAnalysis.Lines {
  typealias Origin = LogQLLabels.Origin

  /// Source: pkg/logql/log/parser.go, fmt.go, drop_labels.go, keep_labels.go, label_filter.go.
  fileprivate mutating func pass(_ stage: LogQLStage.Node) {
    switch stage {
    case .lineFilter, .decolorize: break
    case .json(let extractions):
      fail(about: line)
      cut(extractions, by: .json)
    case .logfmt(let logfmt):
      if logfmt.isStrict { fail(about: line) }
      cut(logfmt.extractions, by: .logfmt)
    case .unpack:
      fail(about: line)
      cutAnything(by: .unpack)
      line.formUnion(line.map { $0.passing(.part) })
    case .regexp(let expression):
      guard !isUnknown(expression), let regex = try? RE2(expression.value) else { return cutAnything(by: .regexp) }
      for name in regex.groupNames { if let name { cut(name, by: .regexp) } }
    case .pattern(let pattern):
      guard !isUnknown(pattern) else { return cutAnything(by: .pattern) }
      for name in LogQLPattern.labels(pattern.value) { cut(name, by: .pattern) }
    case .labelFilter(let filter): self.filter(filter)
    case .lineFormat(let template): format(line: template)
    case .labelFormat(let formats): format(labels: formats)
    case .drop(let choices):
      for choice in choices { if case .name(let name) = choice, !isUnknown(name) { carried.remove(name.value) } }
    case .keep(let choices): keep(choices)
    case .variable:
      carried = carried.union(.unknown)
      line.insert(Origin(.unknown))
    }
  }

  private func isUnknown(_ text: LogQLText) -> Bool { text.isVariable || GrafanaVariable.occurs(in: text.value) }

  // MARK: - Parsers

  private mutating func cut(_ extractions: [LogQLExtraction], by parser: LogQLLabels.Parser) {
    if extractions.isEmpty { return cutAnything(by: parser) }
    for extraction in extractions {
      if isUnknown(extraction.label) { cutAnything(by: parser) } else { cut(extraction.label.value, by: parser) }
    }
  }

  private mutating func cut(_ name: String, by parser: LogQLLabels.Parser) {
    let parts = Set(
      line.map { origin in
        guard case .line(let selector) = origin.source else { return origin.passing(.part) }
        return Origin(.field(selector: selector, parser, name: name), .part)
      })
    // Whether the stream has a label of that name is known of some.
    if !certain.contains(name) { carried.add(name, parts) }
    carried.add(name + LogQLLabelAnalysis.suffix, parts)
  }

  private mutating func cutAnything(by parser: LogQLLabels.Parser) {
    var names = LogQLLabels.Others.Names.unknown
    if line.count == 1, case .line(let selector)? = line.first?.source { names = .fields(selector: selector) }
    let parts = Set(
      line.map { origin in
        guard case .line(let selector) = origin.source else { return origin.passing(.part) }
        return Origin(.everyField(selector: selector, parser, except: []), .part)
      })
    carried.pass(.init(names: names, origins: parts, except: certain))
  }

  /// Loki says in labels what it could not read, and quotes it.
  mutating func fail(about origins: Set<Origin>) {
    carried.add("__error__", [Origin(.error)])
    carried.add("__error_details__", Set(origins.map { $0.passing(.part) }).union([Origin(.error)]))
  }

  // MARK: - Filters

  /// Lines that pass have labels whose text the filter tells, where it lists them.
  mutating func filter(_ filter: LogQLLabelFilter) {
    switch filter.node {
    case .matcher(let matcher):
      guard !matcher.hasVariable, let values = matcher.values else { return }
      let texts = values.subtracting([""])
      if texts.isEmpty {
        carried.remove(matcher.name)
      } else if !carried.label(matcher.name).isEmpty {
        carried.set(matcher.name, Set(texts.map { Origin(.literal($0)) }))
      }
    case .comparison(let comparison): fail(about: carried.label(comparison.label.value))
    case .address: break
    case .and(let left, let right):
      self.filter(left)
      self.filter(right)
    case .or(let left, let right):
      var other = self
      self.filter(left)
      other.filter(right)
      carried = carried.union(other.carried)
    }
  }

  private mutating func keep(_ choices: [LogQLLabelChoice]) {
    var kept: [String: Set<Origin>] = [:]
    for choice in choices {
      switch choice {
      case .name(let name):
        if isUnknown(name) { return }
        kept[name.value, default: []].formUnion(carried.label(name.value))
      case .matcher(let matcher):
        let values = matcher.hasVariable ? nil : matcher.values
        let origins = values.map { Set($0.map { Origin(.literal($0)) }) } ?? carried.label(matcher.name)
        if !carried.label(matcher.name).isEmpty { kept[matcher.name, default: []].formUnion(origins) }
      }
    }
    for name in ["__error__", "__error_details__", "__preserve_error__"] { kept[name] = carried.named[name] }
    carried = .init(named: kept.filter { !$0.value.isEmpty })
  }

  // MARK: - Templates

  private mutating func format(line template: LogQLText) {
    let reads = LogQLTemplateReads(template, isUnknown: isUnknown(template))
    let made = origins(of: reads, in: carried)
    if reads.canFail {
      fail(about: made)
      line.formUnion(made)
    } else {
      line = made
    }
  }

  private mutating func format(labels formats: [LogQLLabelFormat]) {
    // All templates see the labels as the first one found them.
    var seen: LogQLLabels.Carried?
    for format in formats {
      let name = format.label.value
      if isUnknown(format.label) { carried = carried.union(.unknown) }
      switch format.source {
      case .rename(let source):
        if isUnknown(source) { carried = carried.union(.unknown) }
        let moved = carried.label(source.value)
        let isThere = certain.contains(source.value)
        carried.remove(source.value)
        if isThere { carried.set(name, moved) } else { carried.add(name, moved) }
        certain.remove(source.value)
      case .template(let template):
        let before = seen ?? carried
        seen = before
        let reads = LogQLTemplateReads(template, isUnknown: isUnknown(template))
        let made = origins(of: reads, in: before)
        if reads.canFail {
          fail(about: made)
          carried.add(name, made)
        } else {
          carried.set(name, made)
        }
      }
    }
  }

  private func origins(of reads: LogQLTemplateReads, in carried: LogQLLabels.Carried) -> Set<Origin> {
    var origins: Set<Origin> = []
    for name in reads.labels { origins.formUnion(carried.label(name)) }
    if reads.readsEveryLabel { origins.formUnion(carried.everyOrigin()) }
    if reads.readsLine { origins.formUnion(line) }
    if reads.readsTime { origins.insert(Origin(.number)) }
    if reads.isUnknown { origins.insert(Origin(.unknown)) }
    origins.formUnion(reads.texts.map { Origin(.literal($0)) })
    return reads.isAlone ? origins : Set(origins.map { $0.passing(.combined) })
  }
}

extension LogQLStage {
  /// Whether it asks for a label by its name.
  func reads(_ name: String) -> Bool {
    switch node {
    case .labelFilter(let filter): filter.reads(name)
    case .labelFormat(let formats):
      formats.contains { format in
        switch format.source {
        case .rename(let source): source.value == name
        case .template(let template): LogQLTemplateReads(template, isUnknown: false).labels.contains(name)
        }
      }
    case .lineFormat(let template): LogQLTemplateReads(template, isUnknown: false).labels.contains(name)
    default: false
    }
  }
}

extension LogQLLabelFilter {
  func reads(_ name: String) -> Bool {
    switch node {
    case .matcher(let matcher): matcher.name == name
    case .comparison(let comparison): comparison.label.value == name
    case .address(let label, _, _): label.value == name
    case .and(let left, let right), .or(let left, let right): left.reads(name) || right.reads(name)
    }
  }
}
