import Crypto
public import Flow
import Foundation
import Syntax

/// What a sealed bundle says of itself; `manifest.json`, whose bytes are signed.
public struct Manifest: Sendable, Codable, Hashable {
  /// The one version of the format that is known.
  public static let currentVersion = 1

  public enum State: String, Sendable, Codable, Hashable {
    /// Every check of an audit passed.
    case vetted
    /// Built, not audited.
    case draft
  }

  /// One file of the bundle.
  public struct Entry: Sendable, Codable, Hashable {
    public var path: String
    public var role: FileRole
    public var size: Int
    /// Lower-case hex.
    public var sha256: String
  }

  /// A file outside the bundle that the verdict rests on, e.g. `findings.json`.
  public struct Evidence: Sendable, Codable, Hashable {
    public var name: String
    public var size: Int
    /// Lower-case hex.
    public var sha256: String

    public init(name: String, bytes: [UInt8]) {
      self.name = name
      size = bytes.count
      sha256 = Manifest.sha256(bytes)
    }
  }

  public var version: Int
  public var state: State
  /// Id of the run that made it; nil for a draft.
  public var run: String?
  /// Digest of the policy in force; nil for a draft.
  public var policy: String?
  /// RFC 3339, UTC, from `SOURCE_DATE_EPOCH`; nil where that was not given, so that equal runs seal equal bytes.
  public var created: String?
  /// Programs that judged, e.g. `promtool 2.42.0`, sorted.
  public var engines: [String]
  public var evidence: [Evidence]
  /// In order of their paths' bytes.
  public var files: [Entry]

  /// False where a key is unknown or stands twice: decoding alone would pass over it.
  static func hasKnownKeysOnly(_ tree: PositionedValue) -> Bool {
    func keys(_ value: PositionedValue, are known: Set<String>) -> Bool {
      let keys = value.mapping?.compactMap(\.key.string) ?? []
      return Set(keys).count == keys.count && known.isSuperset(of: keys)
    }
    return keys(
      tree, are: ["version", "state", "run", "policy", "created", "engines", "evidence", "files"])
      && (tree["files"]?.array ?? []).allSatisfy { keys($0, are: ["path", "role", "size", "sha256"]) }
      && (tree["evidence"]?.array ?? []).allSatisfy { keys($0, are: ["name", "size", "sha256"]) }
  }

  static func sha256(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
  }

  /// The bytes that are signed: keys sorted, one line feed at the end.
  func encoded() -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else { preconditionFailure("strings and integers always encode") }
    return Array(data) + [UInt8(ascii: "\n")]
  }
}

/// What a run knows of itself when it seals.
public struct SealedRun: Sendable {
  public var state: Manifest.State
  public var run: String?
  public var policy: String?
  public var engines: [String]
  public var evidence: [Manifest.Evidence]
  /// Seconds since 1970 (`SOURCE_DATE_EPOCH`).
  public var created: Int?

  public init(
    state: Manifest.State, run: String? = nil, policy: String? = nil, engines: [String] = [],
    evidence: [Manifest.Evidence] = [], created: Int? = nil
  ) {
    self.state = state
    self.run = run
    self.policy = policy
    self.engines = engines
    self.evidence = evidence
    self.created = created
  }
}
