import Syntax

/// What functions make of what they are given.
///
/// A function that is not named here is taken to yield a text with all that its arguments could print.
extension FlowAnalysis {
  /// - Parameter site: where the function's name stands.
  func call(_ name: String, _ arguments: [Value], at site: TemplateFlow.Place) -> Value {
    if Self.verdicts.contains(name) { return .text([], control: printed(arguments).union(decided(arguments))) }
    if Self.writers.contains(name) { write(Array(arguments.dropFirst())) }
    if Self.builders.contains(name) {
      var result = shared(union(arguments))
      result.shapes.insert(.container)
      result.literals = .unknown
      return result
    }
    if Self.choices.contains(name) {
      var result = union(arguments)
      result.control.formUnion(printed(arguments))
      return result
    }
    switch name {
    case "index", "get":
      guard var value = arguments.first else { return .plain }
      for key in arguments.dropFirst() { value = DataModel.element(of: value, at: key, in: dialect) }
      return value
    case "slice", "mustSlice", "rest", "mustRest", "initial", "mustInitial", "reverse", "mustReverse", "uniq",
      "mustUniq",
      "filterLabelsRe", "removeLabels", "removeLabelsRe":
      return kept(arguments.first, arguments.dropFirst())
    case "sortByLabel": return kept(arguments.last, arguments.dropLast())
    case "safeHtml", "safeUrl": return arguments.last ?? .plain
    case "first", "mustFirst", "last", "mustLast":
      return arguments.first.map { DataModel.element(of: $0).value } ?? .plain
    case "query": return query(arguments, at: site)
    case "label": return label(arguments.first, of: arguments.dropFirst().first)
    case "value": return sample(arguments.last) { [.queryValue($0)] }
    case "strvalue": return sample(arguments.last) { [.queryLabel($0, "__value__")] }
    case "printf": return formatted(arguments)
    case "filterLabels":
      guard let map = arguments.first, let name = arguments.dropFirst().first else { return .plain }
      var result = DataModel.element(of: map, at: name, in: dialect)
      result.shapes.insert(.container)
      return result
    case "mergeLabelValues": return .map(.valueLabels).union(.text([], control: decided(arguments)))
    case "__line__": return .text([.line])
    case "__timestamp__": return .text([.field("Timestamp")])
    case "externalURL", "pathPrefix": return .text([.field("ExternalURL")])
    case "coll", "data", "tmpl", "time": return .shape(.namespace(name))
    case "tmpl.Exec": return executed(arguments)
    // They read what is not in the data, or run a text that is made when the template runs.
    case "env", "expandenv", "getHostByName", "tmpl.Inline", "call": return union(arguments + [.anything])
    case "routeLabels": return union([.text(printed(arguments), control: decided(arguments)), .anything])
    case "fromJson", "mustFromJson", "data.JSON":
      return shared(DataModel.texts(printed(arguments))).union(.text([], control: decided(arguments)))
    default: return .text(printed(arguments), control: decided(arguments))
    }
  }

  /// Functions that only say something about their arguments, or make of them what can't be read back.
  private static let verdicts: Set<String> = [
    "eq", "ne", "lt", "le", "gt", "ge", "not", "len", "match", "contains", "hasPrefix", "hasSuffix", "count", "empty",
    "has",
    "mustHas", "hasKey", "all", "any", "kindIs", "kindOf", "typeOf", "typeIs", "typeIsLike", "deepEqual",
    "semverCompare",
    "regexMatch", "mustRegexMatch", "isAbs", "osIsAbs", "Hash", "Sha2Hash", "sha1sum", "sha256sum", "sha512sum",
    "adler32sum",
    "bcrypt",
    "htpasswd", "derivePassword",
  ]

  /// Functions that make a list or map of their arguments.
  private static let builders: Set<String> = [
    "args", "list", "tuple", "dict", "stringSlice", "append", "mustAppend", "push", "mustPush", "prepend",
    "mustPrepend",
    "concat", "chunk", "mustChunk", "without", "mustWithout", "compact", "mustCompact", "set", "unset", "pick", "omit",
    "merge",
    "mergeOverwrite", "mustMerge", "mustMergeOverwrite", "pluck", "values", "keys", "dig", "deepCopy", "mustDeepCopy",
    "coll.Dict", "coll.Slice", "coll.Append",
  ]

  /// Those of them that change their first argument.
  private static let writers: Set<String> = ["set", "merge", "mergeOverwrite", "mustMerge", "mustMergeOverwrite"]

  /// Functions that return one of their arguments.
  private static let choices: Set<String> = ["and", "or", "default", "coalesce", "ternary"]

  private func union(_ values: [Value]) -> Value { values.reduce(into: Value()) { $0.formUnion($1) } }

  private func printed(_ values: some Sequence<Value>) -> Set<TemplateSource> {
    values.reduce(into: []) { $0.formUnion($1.printed) }
  }

  private func decided(_ values: some Sequence<Value>) -> Set<TemplateSource> {
    values.reduce(into: []) { $0.formUnion($1.control) }
  }

  /// A part of a value, which the others choose.
  private func kept(_ value: Value?, _ others: ArraySlice<Value>) -> Value {
    var result = value ?? .plain
    result.literals = .unknown
    result.control.formUnion(printed(others).union(decided(others)))
    return result
  }

  // MARK: Queries

  private func query(_ arguments: [Value], at site: TemplateFlow.Place) -> Value {
    // Grafana's rules have the function, and it returns nothing.
    guard dialect == .prometheus else { return .plain }
    var query = queries[site] ?? Query(number: queries.count)
    for argument in arguments {
      query.literals.formUnion(argument.literals)
      query.uses.formUnion(argument.printed)
      query.uses.formUnion(argument.control)
    }
    queries[site] = query
    return .shape(.samples(query.number))
  }

  private func label(_ name: Value?, of sample: Value?) -> Value {
    let names = name?.onlyTexts
    var result = self.sample(sample) { number in
      guard let names else { return [.queryLabels(number)] }
      return Set(names.map { .queryLabel(number, String(decoding: $0, as: UTF8.self)) })
    }
    result.control.formUnion(decided([name].compactMap { $0 }))
    if names == nil { result.control.formUnion(name?.printed ?? []) }
    return result
  }

  private func sample(_ value: Value?, _ sources: (Int) -> Set<TemplateSource>) -> Value {
    guard let value else { return .plain }
    var result = Value.text(value.text, control: value.control)
    for shape in value.shapes {
      switch shape {
      case .sample(let number): result.text.formUnion(sources(number))
      case .container: break
      default: result.text.formUnion(DataModel.printed(shape))
      }
    }
    return result
  }

  // MARK: Texts

  private func formatted(_ arguments: [Value]) -> Value {
    var result = Value.text(printed(arguments), control: decided(arguments))
    guard let formats = arguments.first?.onlyTexts else {
      return deep(arguments, result)
    }
    // `%#v` prints what a value's own method would not.
    if formats.contains(where: { String(decoding: $0, as: UTF8.self).contains("#") }) {
      result = deep(arguments, result)
    }
    if arguments.count == 1, !formats.contains(where: { $0.contains(UInt8(ascii: "%")) }) {
      result.literals.texts = formats
      result.literals.isComplete = true
    } else {
      result.literals.formats = formats
      result.literals.isFormatted = true
    }
    return result
  }

  private func deep(_ arguments: [Value], _ result: Value) -> Value {
    let grafana: Set<AbstractValue.Shape> = [.object(.grafanaValue), .object(.grafanaValues)]
    guard arguments.contains(where: { !$0.shapes.isDisjoint(with: grafana) }) else { return result }
    return result.union(.text([.entries(.valueLabels), .names(.valueLabels)]))
  }

  private func executed(_ arguments: [Value]) -> Value {
    guard let names = arguments.first?.onlyTexts else { return .anything }
    let dot = arguments.dropFirst().first ?? Value()
    return names.sorted { $0.lexicographicallyPrecedes($1) }.reduce(.plain) {
      $0.union(captured(String(decoding: $1, as: UTF8.self), dot: dot))
    }
  }
}
