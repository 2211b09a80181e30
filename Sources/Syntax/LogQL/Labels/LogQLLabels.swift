/// Which streams a LogQL expression reads, which labels its result can carry, and where the text of each comes from.
///
/// What it says is an upper bound: a label that it does not name never comes out, and no text but that of an origin reaches one.
/// Where a parser makes labels of whatever a line holds (`| json`), their names are not known before the line is.
///
/// Source: grafana/loki pkg/logql/log (labels.go, parser.go, fmt.go, metrics_extraction.go) and pkg/logql/evaluator.go of 3.6,
/// to which tests hold it.
public struct LogQLLabels: Sendable, Hashable {
  /// In the order of the text. An origin names one by its index.
  public internal(set) var selectors: [Selector]
  /// The labels of the lines, or of the series.
  public internal(set) var carried: Carried
  /// What the text of the lines that are returned can hold; nil for a query that returns series.
  public internal(set) var line: Set<Origin>?

  public init(_ expression: LogQLExpression) {
    var analysis = LogQLLabelAnalysis()
    (carried, line) = analysis.result(of: expression)
    selectors = analysis.selectors
  }

  /// Whether the query returns lines, as opposed to series.
  public var returnsLines: Bool { line != nil }

  /// The names of labels that are told one by one, sorted; further ones may pass (`everyOrigin`).
  public var names: [String] { carried.named.keys.sorted() }

  /// Where the text of a label of the result can come from; empty where the result never carries it.
  public func origins(of label: String) -> Set<Origin> { carried.label(label) }

  /// Where anything that the whole label set shows can come from: `{{ $labels }}`.
  ///
  /// - Parameter names: labels that are not shown.
  public func everyOrigin(except names: Set<String> = []) -> Set<Origin> { carried.everyOrigin(except: names) }

  /// Lines that an expression reads.
  public struct Selector: Sendable, Hashable {
    /// The selector and the stages behind it.
    public var pipeline: LogQLPipeline

    /// UTF-8 offsets of the selector in the text.
    public var range: Range<Int> { pipeline.selectorRange }
  }
}

extension LogQLLabels {
  public typealias Passage = PromQLLabels.Passage

  /// Where a text comes from, and how much of it arrives.
  public struct Origin: Sendable, Hashable {
    public var source: Source
    public var passage: Passage

    public init(_ source: Source, _ passage: Passage = .whole) {
      self.source = source
      self.passage = passage
    }

    func passing(_ next: Passage) -> Origin { Origin(source, passage.then(next)) }
  }

  public enum Source: Sendable, Hashable {
    /// A label of the streams that a selector reads or, where they have none of that name, of their entries' structured metadata.
    case label(selector: Int, name: String)
    /// Any of these but for some.
    case everyLabel(selector: Int, except: Set<String>)
    /// The text of the lines that a selector reads.
    case line(selector: Int)
    /// What a parser cuts out of these lines under a name.
    case field(selector: Int, Parser, name: String)
    /// Whatever a parser cuts out of these lines.
    case everyField(selector: Int, Parser, except: Set<String>)
    /// Text of the expression: a matcher's value, a part of a template, a replacement.
    case literal(String)
    /// Words of Loki about what it could not read.
    case error
    /// A number of Loki's: the time of an entry, the index of a variant.
    case number
    /// What a variable of Grafana stands for.
    case unknown

    /// Whether it is text of a line, all or some.
    public var isLine: Bool {
      switch self {
      case .line, .field, .everyField: true
      case .label, .everyLabel, .literal, .error, .number, .unknown: false
      }
    }
  }

  /// What cuts labels out of lines.
  public enum Parser: String, Sendable, Hashable, CaseIterable {
    case json, logfmt, regexp, pattern, unpack
  }
}

extension LogQLExpression {
  /// Which labels its result can carry; see `LogQLLabels`.
  public func labels() -> LogQLLabels { LogQLLabels(self) }
}
