/// Something of a template's data that its output can hold.
public enum TemplateSource: Sendable, Hashable {
  /// The entry of a map under a name that the template writes out: `$labels.job`, `index .Labels "job"`.
  case entry(TemplateMap, String)
  /// Values of a map whichever their names: the map is printed, walked, or asked for a name that is known only when it runs.
  case entries(TemplateMap)
  /// Names of a map's entries.
  case names(TemplateMap)
  /// The alert's value.
  case value
  /// Another field of the data by its name: `Receiver`, `Status`, `ExternalURL`, `GeneratorURL`, `Fingerprint`, `StartsAt`, …
  case field(String)
  /// The log line (`__line__`, Promtail's `.Entry`).
  case line
  /// A label, written out, of a series that the function `query` returns; by the query's number in `TemplateFlow.queries`.
  case queryLabel(Int, String)
  /// Any label of such a series.
  case queryLabels(Int)
  /// The value of such a series.
  case queryValue(Int)
  /// Anything of the data: something in the template is not understood.
  case anything
}

/// A map in a template's data.
public enum TemplateMap: String, Sendable, Hashable, CaseIterable {
  /// The alert's labels (`$labels`, `.Labels`), or those of every alert of a notification.
  case labels
  case annotations
  case externalLabels
  case groupLabels
  case commonLabels
  case commonAnnotations
  case routeLabels
  /// Grafana's values by their query's letter.
  case values
  /// Labels of Grafana's values (`$values.A.Labels`): of what each query and expression returned, which the alert need not carry.
  case valueLabels
  /// Grafana's variables of a webhook.
  case variables
  /// Loki: all labels of the entry, extracted ones and metadata included. Promtail: what was extracted (`.Value` is its source's).
  case fields
}

/// What a template lets out of its data, and what decides in it.
///
/// Nothing can come out that is not named here: what is not understood counts as anything of the data.
public struct TemplateFlow: Sendable, Hashable {
  /// What the output can hold, sorted by place.
  public var output: [Reach] = []
  /// What is only compared, counted, hashed, used as a key or in a condition, and so shapes the output without being in it.
  public var control: [Reach] = []
  /// The calls of `query`, in the order of their places.
  public var queries: [Query] = []
  /// Templates that are called and that nobody defined, sorted; their output counts as anything.
  public var missing: [String] = []

  public struct Reach: Sendable, Hashable {
    public var source: TemplateSource
    /// UTF-8 offset, in the text itself, of the action through which it comes; that may be one that calls another template.
    public var offset: Int
    /// The action that prints it; nil within a template that the program brings along.
    public var place: Place?
  }

  /// An action's place.
  public struct Place: Sendable, Hashable {
    /// The number of the library's file; nil for the text itself.
    public var file: Int?
    public var offset: Int
  }

  /// A call of `query`.
  public struct Query: Sendable, Hashable {
    public var place: Place
    /// The expressions that it can be given, where all of them are written out; sorted. Nil where one is made when it runs.
    public var texts: [String]?
    /// Formats of `printf` that make an expression, sorted.
    public var formats: [String]
    /// Whether these formats make every expression.
    public var isFormatted: Bool
    /// What of the data goes into the expression, and so to the server that is queried.
    public var uses: Set<TemplateSource>
  }
}
