public import Vocabulary

/// A group of metric families that share their type and labels.
public struct MetricClause: Sendable, Hashable {
  /// Type as `# TYPE` gives it.
  public enum Kind: String, Sendable, CaseIterable, Hashable { case counter, gauge, histogram, summary, untyped, info }

  public var id: String
  public var title: BilingualText
  /// Family names as the source's `# TYPE` lines write them.
  public var families: [String]
  public var kind: Kind
  public var labels: [LabelClause]
  public var standing: Standing
  /// Lines of an exposition that the clause claims.
  public var examples: [String]
  /// Lines that no clause of the contract claims.
  public var counterExamples: [String]
  public var place: Location?
}

/// What one label of a metric clause may hold.
public struct LabelClause: Sendable, Hashable {
  /// Most values that one family may show under the label, where the clause names no number.
  public static let usualDistinct = 1_000

  public var name: String
  /// The value is one of these; none is empty of meaning: `''` claims the empty value.
  public var values: [Template]
  /// Most different values in one family.
  public var distinct: Int
  /// Why it holds no more than that, where the clause says so.
  public var why: BilingualText?
  /// The program puts there what a client sent, unless it is configured or its series are relabelled so as not to: what the clause
  /// claims is what is left then.
  public var isClients = false
}

/// A kind of log record: its line, and the lines that may follow it as parts of the same record.
public struct LogClause: Sendable, Hashable {
  public var id: String
  public var title: BilingualText
  public var lines: [Template]
  /// Lines that may follow; a line that follows and is neither one of these nor claimed by itself is unclaimed.
  public var continuations: [Template]
  public var standing: Standing
  /// Whole records that the clause claims; a line feed parts the lines.
  public var examples: [String]
  /// Records of which at least one line is unclaimed.
  public var counterExamples: [String]
  public var place: Location?
}

/// When what a clause names is there.
public enum Standing: Sendable, Hashable {
  case always
  /// Only under some configuration or version; the text says under which.
  case optional(BilingualText)
  /// Named so that a finding can say why it must be off.
  case forbidden(BilingualText)
}
