/// A version of Prometheus, as far as its query language differs.
public struct PromQLVersion: Sendable, Hashable, Comparable {
  public var major: Int
  public var minor: Int

  public init(_ major: Int, _ minor: Int) {
    self.major = major
    self.minor = minor
  }

  public static func < (left: Self, right: Self) -> Bool { (left.major, left.minor) < (right.major, right.minor) }

  /// The oldest and the newest whose language is known.
  public static let oldest = PromQLVersion(2, 42)
  public static let newest = PromQLVersion(3, 14)
}

/// What Prometheus takes only where a feature flag says so, and what it took once.
public struct PromQLFeatures: OptionSet, Sendable, Hashable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// `promql-experimental-functions`: since 2.49; also the aggregations `limitk` and `limit_ratio`.
  public static let experimentalFunctions = PromQLFeatures(rawValue: 1)
  /// `promql-duration-expr`: since 3.4.
  public static let durationExpressions = PromQLFeatures(rawValue: 2)
  /// `promql-extended-range-selectors`: since 3.7.
  public static let extendedRangeSelectors = PromQLFeatures(rawValue: 4)
  /// `promql-binop-fill-modifiers`: since 3.10.
  public static let fillModifiers = PromQLFeatures(rawValue: 8)

  /// Functions of earlier versions (`holt_winters`, gone in 3.0), for texts whose version is not known.
  public static let removedFunctions = PromQLFeatures(rawValue: 16)

  public static let all: PromQLFeatures = [
    .experimentalFunctions, .durationExpressions, .extendedRangeSelectors, .fillModifiers, .removedFunctions,
  ]
}

/// Whose text it is.
public enum PromQLDialect: Sendable, Hashable {
  case prometheus
  /// With Grafana's variables (`$job`, `${job:regex}`, `[[job]]`), wherever it would put text.
  case grafana
}

/// Which PromQL a text is read as.
public struct PromQLOptions: Sendable, Hashable {
  public var version: PromQLVersion
  public var features: PromQLFeatures
  public var dialect: PromQLDialect

  public init(
    version: PromQLVersion = .newest, features: PromQLFeatures = .all, dialect: PromQLDialect = .prometheus
  ) {
    self.version = version
    self.features = features
    self.dialect = dialect
  }

  public static let grafana = PromQLOptions(dialect: .grafana)
}
