import Expressions

/// What `label_replace` makes of a value.
struct Replacement {
  typealias Label = PromQLLabels.Label
  typealias Origin = PromQLLabels.Origin

  enum Match { case always, sometimes, never }

  struct Outcome {
    /// Nil where the target is removed, or was never there.
    var label: Label?
    /// Whether the expression matches, so that the replacement takes place.
    var match: Match
  }

  /// Which values an expression matches, where that can be told from its form.
  private enum Reach { case everything, everythingButNothing, something }

  private let template: RE2.Template?
  private let expression: RE2?
  private let reach: Reach
  /// Groups that hold the whole value.
  private let wholeGroups: Set<Int>

  /// - Parameters: nil, or with a variable in it, for text that nobody knows.
  init(_ replacement: String?, _ pattern: String?, rules: PromQLLabels.Rules) {
    let pattern = pattern.flatMap { GrafanaVariable.occurs(in: $0) ? nil : $0 }
    let expression = pattern.flatMap {
      try? RE2($0, anchored: rules.dotMatchesNewline ? .prometheus3 : .prometheus2)
    }
    self.expression = expression
    template = replacement.flatMap { text in
      let template = RE2.Template(text)
      let names = template.parts.compactMap { if case .name(let name) = $0 { name } else { nil } }
      let isKnown =
        !GrafanaVariable.occurs(in: text) || names.allSatisfy { expression?.groupNames.contains($0) == true }
      return isKnown ? template : nil
    }
    switch rules.dotMatchesNewline ? pattern : nil {
    case ".*", "^.*$": (reach, wholeGroups) = (.everything, [0])
    case "(.*)", "^(.*)$": (reach, wholeGroups) = (.everything, [0, 1])
    case ".+", "^.+$": (reach, wholeGroups) = (.everythingButNothing, [0])
    case "(.+)", "^(.+)$": (reach, wholeGroups) = (.everythingButNothing, [0, 1])
    default: (reach, wholeGroups) = (.something, [0])
    }
  }

  /// - Parameters:
  ///   - value: the source; nil where no series has it.
  ///   - old: the target as it was.
  func outcome(of value: Label?, in old: Label?) -> Outcome {
    guard let template else {
      let unknown = Label(.unknown, .possible)
      return Outcome(label: old.map { $0.or(unknown).possible } ?? unknown, match: .sometimes)
    }
    if let expression, let texts = value?.texts ?? (value == nil ? [""] : nil) {
      return outcome(of: texts, in: old, expression, template)
    }
    guard let value else { return Outcome(label: old?.possible, match: .sometimes) }
    let new = expanded(template, value)
    let isThere = value.presence == .certain
    switch reach {
    case .everything: return Outcome(label: new, match: .always)
    case .everythingButNothing:
      if isThere { return Outcome(label: new, match: .always) }
      guard var new else { return Outcome(label: old?.possible, match: .sometimes) }
      // With fixed text too, it is there exactly where it matches.
      new.presence = value.presence
      return Outcome(label: old.map { $0.or(new) } ?? new, match: .sometimes)
    case .something:
      guard var new else { return Outcome(label: old?.possible, match: .sometimes) }
      new.presence = new.presence == .certain && old?.presence == .certain ? .certain : .possible
      new.origins.formUnion(old?.origins ?? [])
      return Outcome(label: new, match: .sometimes)
    }
  }

  /// Where the source has one of few texts, each is tried.
  private func outcome(
    of texts: Set<String>, in old: Label?, _ expression: RE2, _ template: RE2.Template
  ) -> Outcome {
    let matcher = RE2Matcher(expression)
    var made: Set<String> = []
    var isKept = false
    for text in texts {
      let bytes = Array(text.utf8)
      if let match = matcher.firstMatch(in: bytes) {
        let out = bytes.withUnsafeBytes { template.expanded(match, of: $0, names: expression.groupNames) }
        made.insert(String(decoding: out, as: UTF8.self))
      } else {
        isKept = true
      }
    }
    if made.isEmpty { return Outcome(label: old, match: .never) }
    let match: Match = isKept ? .sometimes : .always
    let literals = Set(made.subtracting([""]).map { Origin(.literal($0)) })
    let isThere = !made.contains("") && (!isKept || old?.presence == .certain)
    let origins = literals.union(isKept ? old?.origins ?? [] : [])
    return Outcome(
      label: origins.isEmpty ? nil : Label(origins: origins, presence: isThere ? .certain : .possible), match: match)
  }

  /// What a match gives; nil for nothing.
  private func expanded(_ template: RE2.Template, _ value: Label) -> Label? {
    enum Piece {
      case text(String)
      case value(PromQLLabels.Passage)
    }
    let pieces: [Piece] = template.parts.compactMap { part in
      switch part {
      case .text(let bytes): return .text(String(decoding: bytes, as: UTF8.self))
      case .number(let group):
        guard wholeGroups.contains(group) || expression.map({ group < $0.groupNames.count }) ?? true else { return nil }
        return .value(wholeGroups.contains(group) ? .whole : .part)
      case .name(let name): return expression?.groupNames.contains(name) == false ? nil : .value(.part)
      }
    }
    if pieces.isEmpty { return nil }
    var origins: Set<Origin> = []
    var presence = PromQLLabels.Presence.possible
    for piece in pieces {
      switch piece {
      case .text(let text):
        origins.insert(Origin(.literal(text), pieces.count > 1 ? .combined : .whole))
        presence = .certain
      case .value(let passage):
        origins.formUnion(value.origins.map { $0.passing(pieces.count > 1 ? passage.then(.combined) : passage) })
        if passage == .whole, presence != .certain { presence = value.presence }
      }
    }
    return Label(origins: origins, presence: presence)
  }
}

extension PromQLLabels.Label {
  /// The texts it can have where all are texts of the expression, the empty one where it may be absent.
  fileprivate var texts: Set<String>? {
    var texts: Set<String> = presence == .certain ? [] : [""]
    for origin in origins {
      guard case .literal(let text) = origin.source, origin.passage == .whole else { return nil }
      texts.insert(text)
    }
    return texts
  }

  fileprivate var possible: Self {
    var label = self
    label.presence = .possible
    return label
  }
}
