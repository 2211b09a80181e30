extension LabelAnalysis {
  /// Source: functions.go and info.go; engine.go, `eval` of a call.
  mutating func branches(of call: PromQLCall) -> [Branch] {
    let arguments = call.arguments
    switch call.function {
    case "absent", "absent_over_time":
      for argument in arguments { _ = branches(of: argument) }
      return [arguments.first.map(absent) ?? Branch()]
    case "label_replace" where arguments.count == 5: return replaced(arguments)
    case "label_join" where arguments.count >= 3: return joined(arguments)
    case "info" where arguments.count == 1 || arguments.count == 2: return informed(arguments)
    default:
      let series = self.series(of: arguments)
      return Branch.unique(shapes(of: call, series))
    }
  }

  /// The shapes of those arguments that are series.
  private mutating func series(of arguments: [PromQLExpression]) -> [Branch] {
    let found = arguments.map { (side: side($0), branches: branches(of: $0)) }
    // Beside series a variable stands for a number: `histogram_quantile($q, …)`.
    let wanted: Side = found.contains { $0.side == .vector } ? .vector : .either
    return found.flatMap { $0.side == wanted ? $0.branches : [] }
  }

  private func shapes(of call: PromQLCall, _ series: [Branch]) -> [Branch] {
    switch call.function {
    case "sort", "sort_desc", "sort_by_label", "sort_by_label_desc", "last_over_time", "first_over_time": series
    case "histogram_quantile", "histogram_fraction": series.flatMap(ofHistograms)
    case "histogram_quantiles":
      series.flatMap(ofHistograms).map { $0.setting(call.arguments.dropFirst().first?.constantText, Label(.number)) }
    case "histogram_avg", "histogram_count", "histogram_sum", "histogram_stddev", "histogram_stdvar":
      // These leave type and unit where names are removed at once.
      series.map { rules.delaysNameRemoval ? $0.naming(.removed) : $0.removing("__name__") }
    case "vector": [Branch()]
    case let name:
      switch PromQLFunction.named(name)?.result {
      case .scalar, .string: [Branch()]
      // The functions of dates take the time of evaluation where they have no argument.
      case .vector, .matrix: series.isEmpty ? [Branch()] : series.map(withoutName)
      // A function of another time: it may carry whatever it is given.
      case nil: series.map { $0.weakened() } + [.unknown]
      }
    }
  }

  /// Buckets lose `le`; a native histogram keeps what labels it has.
  private func ofHistograms(_ branch: Branch) -> [Branch] {
    let branch = withoutName(branch)
    return branch.label("le") == nil ? [branch] : [branch.removing("le"), branch]
  }

  /// The labels that the matchers of a plain selector fix, each once (functions.go, `createLabelsForAbsentFunction`).
  private func absent(_ argument: PromQLExpression) -> Branch {
    var branch = Branch()
    switch argument.node {
    case .parentheses(let inner): return absent(inner)
    case .selector(let selector):
      var seen: Set<String> = []
      for matcher in selector.matchers where matcher.name != "__name__" {
        guard matcher.op == .equal, seen.insert(matcher.name).inserted else {
          branch.remove(matcher.name)
          continue
        }
        let label =
          matcher.hasVariable
          ? Label(.unknown, .possible) : matcher.value.isEmpty ? nil : Label(.literal(matcher.value))
        branch.set(matcher.name, label)
      }
    default: break
    }
    return branch
  }

  /// Labels of info series that the series itself has not (info.go, `combineWithInfoVector`).
  private mutating func informed(_ arguments: [PromQLExpression]) -> [Branch] {
    let bases = branches(of: arguments[0])
    var selector = PromQLSelector(name: "target_info")
    var range = arguments[0].range
    if arguments.count == 2, case .selector(let data) = arguments[1].node {
      let names = data.matchers.filter { $0.name == "__name__" }
      selector = PromQLSelector(name: data.name, matchers: data.matchers)
      if data.name == nil, names.isEmpty {
        selector.name = "target_info"
      } else if data.name == nil, !names.contains(where: { $0.op == .equal || $0.op == .matches }) {
        selector.matchers.append(LabelMatcher(name: "__name__", op: .matches, value: ".+_info"))
      }
      range = arguments[1].range
    }
    var info = read(selector, range, isInfo: true)
    let wanted = Set(selector.matchers.map(\.name)).subtracting(["__name__"])
    if !wanted.isEmpty, !wanted.contains(where: { GrafanaVariable.occurs(in: $0) }) { info.keep(wanted.sorted()) }
    for name in ["__name__", "instance", "job"] { info.remove(name) }
    info = info.weakened()
    return Branch.unique(bases.map { $0.completed(by: info) })
  }
}

extension PromQLLabels.Branch {
  func removing(_ name: String) -> Self { setting(name, nil) }

  /// - Parameter name: nil where nobody knows it.
  func setting(_ name: String?, _ label: PromQLLabels.Label?) -> Self {
    var branch = self
    guard let name else {
      branch.others.append(.init(selector: nil, isCertain: false))
      return branch.weakened()
    }
    branch.set(name, label)
    return branch
  }

  /// With labels of another series where there are none.
  fileprivate func completed(by info: Self) -> Self {
    var out = self
    let fixed = Set(named.keys).union(info.named.keys).union(info.others.flatMap(\.except))
    for name in fixed where named[name]?.presence != .certain {
      guard let added = info.label(name) else { continue }
      out.set(name, label(name).map { $0.or(added) } ?? added)
    }
    out.others += info.others.map { other in
      var other = other
      other.except.formUnion(out.named.keys)
      return other
    }
    return out
  }
}
