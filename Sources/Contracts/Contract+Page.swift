/// The languages in which a contract's page is written.
public enum Language: String, Sendable, CaseIterable {
  case english = "en"
  case portuguese = "pt-BR"
}

extension Contract {
  /// What may leave the source, in plain words, as Markdown.
  public func page(in language: Language) -> String {
    let words = PageWords(language)
    var lines = ["# \(title.text(in: language))", ""]
    if !metrics.isEmpty || !logs.isEmpty || !store.isEmpty { lines += [words.opening, ""] }
    lines += [
      "- \(words.versions): \(versions)", "- \(words.facts): \(facts.joined(separator: " "))", "",
    ]
    if !metrics.isEmpty {
      lines += ["## \(words.metrics)", ""]
      for clause in metrics { lines += clause.page(words) }
    }
    if !forbiddenLabels.isEmpty {
      lines += ["## \(words.forbiddenLabels)", ""]
      for label in forbiddenLabels {
        lines.append("- `\(label.name)\(label.isPrefix ? "…" : "")`: \(label.why.text(in: language))")
      }
      lines.append("")
    }
    if !logs.isEmpty {
      lines += ["## \(words.logs)", ""]
      for clause in logs { lines += clause.page(words) }
    }
    if !settings.isEmpty {
      lines += ["## \(words.settings)", "", words.settingsOpening, ""]
      for clause in settings { lines += clause.page(words) }
    }
    if !undecided.isEmpty {
      lines += ["## \(words.undecided)", ""] + undecided.map { $0.page(words) } + [""]
    }
    if let json {
      lines += ["## \(words.json)", "", "- `\(json.line)`: \(words.aLine)"] + json.fields.map { $0.page(words) } + [""]
    }
    for entry in StoredEntry.allCases {
      guard let labels = store[entry] else { continue }
      lines += ["## \(words.added(to: entry))", ""] + labels.map { $0.page(words) } + [""]
    }
    if slotNames.isEmpty { return lines.joined(separator: "\n") }
    lines += ["## \(words.slots)", ""]
    for (name, meaning) in words.meanings(of: slotNames) { lines.append("- `{\(name)}`: \(meaning)") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Names of the types that clauses use.
  private var slotNames: Set<String> {
    let labels = metrics.flatMap(\.labels) + store.values.joined() + (json?.fields ?? [])
    let templates = labels.flatMap(\.values) + logs.flatMap { $0.lines + $0.continuations }
    return Set(templates.flatMap(\.slots).map { String($0.text.prefix { $0 != ":" }) })
  }
}

extension BilingualText {
  func text(in language: Language) -> String { language == .english ? english : portuguese }
}

extension Undecided {
  fileprivate func page(_ words: PageWords) -> String {
    switch subject {
    case .line(let template): "- `\(PageWords.visible(template))`"
    case .label(let name, let families): "- `\(name)`: \(families.map { "`\($0)`" }.joined(separator: ", "))"
    }
  }
}

extension MetricClause {
  fileprivate func page(_ words: PageWords) -> [String] {
    var lines = ["### \(id): \(title.text(in: words.language))", ""]
    lines += words.lines(on: standing)
    lines.append("\(words.families) (\(kind.rawValue)): \(families.map { "`\($0)`" }.joined(separator: ", "))")
    lines.append("")
    lines += labels.map { $0.page(words) }
    if !labels.isEmpty { lines.append("") }
    return lines
  }
}

extension LabelClause {
  fileprivate func page(_ words: PageWords) -> String {
    let values = values.map { $0.text.isEmpty ? words.nothing : "`\($0.text)`" }.joined(separator: words.or)
    let why = why.map { ". \($0.text(in: words.language))" } ?? ""
    let writer = isClients ? "; \(words.chosenByClients)" : ""
    return "- `\(name)`: \(values) (\(words.atMost(distinct))\(writer))\(why)"
  }
}

extension LogClause {
  fileprivate func page(_ words: PageWords) -> [String] {
    var head = ["### \(id): \(title.text(in: words.language))", ""]
    head += words.lines(on: standing)
    let lines = self.lines.map { "- `\(PageWords.visible($0.text))`" }
    let following = continuations.map { "- \(words.followedBy) `\(PageWords.visible($0.text))`" }
    return head + lines + following + [""]
  }
}
