/// What a template can ask for beside its data.
public struct TemplateEnvironment: Sendable {
  /// The release of the program, where what it prints changed: Alertmanager's maps print themselves since 0.26, and titles keep
  /// other letters as they are or not. Nil for the newest.
  public var release: Release?
  /// What an entry that is not there is worth; nil for the program's own way.
  public var missing: Missing?
  public var limits = Limits()
  /// The time at which a rule is evaluated, or a notification sent.
  public var now = TemplateTime(seconds: 0)
  public var externalURL = ""
  /// Prometheus's `query`: the series of an expression.
  public var query: (@Sendable (String) throws -> [Sample])?
  /// Loki's log line and its time.
  public var line: [UInt8] = []
  public var timestamp = TemplateTime(seconds: 0)

  public init() {}

  public struct Release: Sendable, Hashable, Comparable {
    public var major: Int
    public var minor: Int

    public init(_ major: Int, _ minor: Int) {
      self.major = major
      self.minor = minor
    }

    public static func < (left: Self, right: Self) -> Bool { (left.major, left.minor) < (right.major, right.minor) }
  }

  /// `missingkey`
  public enum Missing: Sendable, Hashable {
    /// Nothing, printed as `<no value>`.
    case nothing
    /// The zero value: an empty text in a map of texts.
    case zero
  }

  public struct Limits: Sendable, Hashable {
    /// Bytes of output, and of any text on the way to it.
    public var output = 10 << 20
    /// Nodes and operands that are evaluated.
    public var steps = 2_000_000
    /// Templates that call one another.
    public var depth = 60

    public init() {}
  }

  public struct Sample: Sendable {
    public var labels: [String: String]
    public var value: Double

    public init(labels: [String: String], value: Double) {
      self.labels = labels
      self.value = value
    }
  }

  /// Whether the program is at least that release.
  func isSince(_ major: Int, _ minor: Int) -> Bool { release.map { $0 >= Release(major, minor) } ?? true }
}
