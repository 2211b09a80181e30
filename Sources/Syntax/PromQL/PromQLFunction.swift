/// What an expression yields.
public enum PromQLType: String, Sendable, Hashable {
  case scalar
  case vector = "instant vector"
  case matrix = "range vector"
  case string
}

/// A function of PromQL: what it takes, and since when.
///
/// Source: prometheus/promql/parser/functions.go, each release from 2.42 to 3.14.
public struct PromQLFunction: Sendable, Hashable {
  public var name: String
  public var arguments: [PromQLType]
  /// How often the last argument may be given beyond the first time, where it may also be left out; nil stands for any number.
  public var optional: Int?
  public var result: PromQLType
  public var since: PromQLVersion
  /// The first version that no longer has it.
  public var until: PromQLVersion?
  public var isExperimental: Bool

  /// The function of that very name, upper and lower case apart, where the version has it; also one that it no longer has.
  public static func named(_ name: String, in version: PromQLVersion = .newest) -> PromQLFunction? {
    guard var function = byName[name], function.since <= version else { return nil }
    // Stable since 3.14.
    if name == "first_over_time", version < PromQLVersion(3, 14) { function.isExperimental = true }
    return function
  }

  /// Those of every version, by name.
  public static let all: [PromQLFunction] = byName.values.sorted { $0.name < $1.name }

  private static let byName = Dictionary(uniqueKeysWithValues: (stable + experimental).map { ($0.name, $0) })

  private static let stable: [PromQLFunction] =
    ofVectors + ofRanges
    + [
      one("absent", .vector), one("absent_over_time", .matrix),
      one("clamp", .vector, .scalar, .scalar), one("clamp_max", .vector, .scalar), one("clamp_min", .vector, .scalar),
      one("histogram_avg", .vector, since: PromQLVersion(2, 51)),
      one("histogram_fraction", .scalar, .scalar, .vector), one("histogram_quantile", .scalar, .vector),
      one("histogram_stddev", .vector, since: PromQLVersion(2, 47)),
      one("histogram_stdvar", .vector, since: PromQLVersion(2, 47)),
      one("holt_winters", .matrix, .scalar, .scalar, until: PromQLVersion(3, 0)),
      one("label_join", .vector, .string, .string, .string, optional: nil),
      one("label_replace", .vector, .string, .string, .string, .string),
      one("pi", result: .scalar), one("predict_linear", .matrix, .scalar), one("quantile_over_time", .scalar, .matrix),
      one("round", .vector, .scalar, optional: 1), one("scalar", .vector, result: .scalar),
      one("time", result: .scalar), one("vector", .scalar),
      one("first_over_time", .matrix, since: PromQLVersion(3, 7)),
    ]
    + ["day_of_month", "day_of_week", "day_of_year", "days_in_month", "hour", "minute", "month", "year"]
    .map { one($0, .vector, optional: 1) }

  private static let ofVectors = [
    "abs", "acos", "acosh", "asin", "asinh", "atan", "atanh", "ceil", "cos", "cosh", "deg", "exp", "floor",
    "histogram_count", "histogram_sum", "ln", "log10", "log2", "rad", "sgn", "sin", "sinh", "sort", "sort_desc", "sqrt",
    "tan", "tanh", "timestamp",
  ].map { one($0, .vector) }

  private static let ofRanges = [
    "avg_over_time", "changes", "count_over_time", "delta", "deriv", "idelta", "increase", "irate", "last_over_time",
    "max_over_time", "min_over_time", "present_over_time", "rate", "resets", "stddev_over_time", "stdvar_over_time",
    "sum_over_time",
  ].map { one($0, .matrix) }

  private static let experimental: [PromQLFunction] = [
    one("double_exponential_smoothing", .matrix, .scalar, .scalar, since: PromQLVersion(3, 0)),
    one("end", result: .scalar, since: PromQLVersion(3, 12)),
    one("histogram_quantiles", .vector, .string, .scalar, .scalar, optional: 9, since: PromQLVersion(3, 11)),
    one("info", .vector, .vector, optional: 1, since: PromQLVersion(2, 55)),
    one("mad_over_time", .matrix, since: PromQLVersion(2, 49)),
    one("max_of", .scalar, .scalar, result: .scalar, since: PromQLVersion(3, 13)),
    one("min_of", .scalar, .scalar, result: .scalar, since: PromQLVersion(3, 13)),
    one("range", result: .scalar, since: PromQLVersion(3, 12)),
    one("sort_by_label", .vector, .string, optional: nil, since: PromQLVersion(2, 49)),
    one("sort_by_label_desc", .vector, .string, optional: nil, since: PromQLVersion(2, 49)),
    one("start", result: .scalar, since: PromQLVersion(3, 12)),
    one("start_timestamp", .vector, since: PromQLVersion(3, 14)),
    one("step", result: .scalar, since: PromQLVersion(3, 12)),
    one("ts_of_first_over_time", .matrix, since: PromQLVersion(3, 7)),
    one("ts_of_last_over_time", .matrix, since: PromQLVersion(3, 5)),
    one("ts_of_max_over_time", .matrix, since: PromQLVersion(3, 5)),
    one("ts_of_min_over_time", .matrix, since: PromQLVersion(3, 5)),
  ].map {
    var function = $0
    function.isExperimental = true
    return function
  }

  private static func one(
    _ name: String, _ arguments: PromQLType..., optional: Int? = 0, result: PromQLType = .vector,
    since: PromQLVersion = .oldest, until: PromQLVersion? = nil
  ) -> PromQLFunction {
    PromQLFunction(
      name: name, arguments: arguments, optional: optional, result: result, since: since, until: until,
      isExperimental: false)
  }
}
