import Syntax

/// Families of expositions that a contract does not claim yet, and labels that it does not.
struct MetricMiner {
  static let maximumFamilies = 5_000
  static let maximumLabels = 20_000

  struct Family {
    var kind: MetricClause.Kind
    var first: LearningPlace
    /// By label name.
    var labels: [String: LabelValues] = [:]
  }

  /// Told by `# TYPE`, by family.
  private(set) var kinds: [String: MetricClause.Kind] = [:]
  /// What no clause claims, by family.
  private(set) var families: [String: Family] = [:]
  /// Labels, or values of labels, that the clause of their family does not claim: by label, then family.
  private(set) var openLabels: [String: [String: LabelValues]] = [:]
  /// How often a value stood under a label of that name, in all families.
  private(set) var seen: [String: [[UInt8]: Int]] = [:]
  private var labels = 0
  /// Families and labels beyond the number that is told apart.
  private(set) var overflow = 0

  mutating func type(_ family: String, _ kind: String) {
    guard kinds.count < Self.maximumFamilies else { return }
    kinds[family] = MetricClause.Kind(rawValue: kind) ?? .untyped
  }

  /// The family of a sample, and the label that only its part of the family bears.
  func family(of sample: String) -> (name: String, kind: MetricClause.Kind, ownLabel: String?) {
    // Clients write the time of making as a gauge of its own; it belongs to what was made.
    if sample.hasSuffix("_created") {
      let base = String(sample.dropLast(8))
      if kinds[base + "_total"] == .counter { return (base + "_total", .counter, nil) }
      if let kind = kinds[base], kind == .histogram || kind == .summary || kind == .counter {
        return (kind == .counter ? base + "_total" : base, kind, nil)
      }
    }
    if let kind = kinds[sample] { return (sample, kind, kind == .summary ? "quantile" : nil) }
    for (ending, ownLabel) in [("_bucket", "le"), ("_sum", nil), ("_count", nil)] as [(String, String?)]
    where sample.hasSuffix(ending) {
      let base = String(sample.dropLast(ending.count))
      if let kind = kinds[base], kind == .histogram || kind == .summary { return (base, kind, ownLabel) }
    }
    // OpenMetrics names the family without the ending.
    if sample.hasSuffix("_total"), kinds[String(sample.dropLast(6))] == .counter { return (sample, .counter, nil) }
    if sample.hasSuffix("_info"), kinds[String(sample.dropLast(5))] == .info {
      return (String(sample.dropLast(5)), .info, nil)
    }
    return (sample, .untyped, nil)
  }

  /// - Returns: whether there was room for it.
  mutating func meet(_ family: String, _ kind: MetricClause.Kind, at place: LearningPlace) -> Bool {
    if families[family] != nil { return true }
    guard families.count < Self.maximumFamilies else {
      overflow += 1
      return false
    }
    families[family] = Family(kind: kind, first: place)
    return true
  }

  mutating func add(
    _ label: String, _ value: UnsafeRawBufferPointer, of family: String, isClaimed: Bool,
    _ tokenizer: inout LineTokenizer,
    at place: LearningPlace
  ) {
    let known = isClaimed ? openLabels[label]?[family] : families[family]?.labels[label]
    guard known != nil || labels < Self.maximumLabels else {
      overflow += 1
      return
    }
    var values = known ?? LabelValues(label, at: place)
    if known == nil { labels += 1 }
    values.add(value, &tokenizer)
    if isClaimed { openLabels[label, default: [:]][family] = values } else { families[family]?.labels[label] = values }
    guard value.count <= 40, KnownWords.programLabels.contains(label), seen[label, default: [:]].count < 64 else {
      return
    }
    seen[label, default: [:]][Array(value), default: 0] += 1
  }

  /// A value that is the program's own: under a label that programs fill, an identifier that stands there often.
  func isProgramWord(_ value: [UInt8], under label: String) -> Bool {
    if let text = String(validating: value, as: UTF8.self),
      KnownWords.asValues[text] != nil || KnownWords.methods[text] != nil
    {
      return true
    }
    guard KnownWords.programLabels.contains(label), let seen = seen[label], seen.count <= LabelValues.maximumKept,
      seen[value, default: 0] >= Vocabulary.leastLines, value.count <= 32, let first = value.first,
      ByteClass.letterOrUnderscore.contains(first), value.allSatisfy({ ByteClass.identifier.contains($0) })
    else { return false }
    let words = value.split { !ByteClass.letterOrUnderscore.contains($0) }
    return words.count <= 4 && words.allSatisfy { Vocabulary.isPossible(Array($0)) }
  }
}
