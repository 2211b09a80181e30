/// What a rule says, from the rule's own data.
public struct RuleHelp: Sendable, Codable, Hashable {
  public var id: String
  /// One line, e.g. `vLLM logs the prompt of each request`.
  public var title: String
  /// Why it matters.
  public var rationale: String
  /// What to do about it.
  public var remedy: String

  public init(id: String, title: String, rationale: String, remedy: String) {
    self.id = id
    self.title = title
    self.rationale = rationale
    self.remedy = remedy
  }
}

/// Something that the live stage changed in a file before it ran a real program with it.
public struct Substitution: Sendable, Codable, Hashable {
  /// Path in the bundle.
  public var path: String
  /// What was replaced by what, e.g. `scrape_interval 15s -> 500ms`.
  public var what: String

  public init(path: String, what: String) {
    self.path = path
    self.what = what
  }
}

/// A real program that took part.
public struct Engine: Sendable, Codable, Hashable {
  public var name: String
  public var version: String

  public init(name: String, version: String) {
    self.name = name
    self.version = version
  }
}

/// What became of the configuration bundle.
public enum BundleOutcome: Sendable, Codable, Hashable {
  case sealed(SealedBundle)
  /// Why there is none, e.g. `findings at or over the gate`.
  case unsealed(reason: String)
}

/// The summary of a bundle's manifest.
public struct SealedBundle: Sendable, Codable, Hashable {
  /// Folder, as printed.
  public var path: String
  /// `draft` or `vetted`.
  public var state: String
  /// Id of the public key that verifies the signature.
  public var publicKey: String
  public var files: [File]

  public struct File: Sendable, Codable, Hashable {
    public var path: String
    public var role: String
    /// Bytes.
    public var size: Int
    /// Lower-case hex.
    public var sha256: String

    public init(path: String, role: String, size: Int, sha256: String) {
      self.path = path
      self.role = role
      self.size = size
      self.sha256 = sha256
    }
  }

  public init(path: String, state: String, publicKey: String, files: [File]) {
    self.path = path
    self.state = state
    self.publicKey = publicKey
    self.files = files
  }
}

/// What a baseline had to do with a run; numbers of entries.
public struct BaselineUse: Sendable, Codable, Hashable {
  /// As it was read.
  public var known: Int
  /// Findings that it accepts.
  public var seen: Int
  /// Entries that this run shows to be gone.
  public var gone: Int
  /// Nil where nothing was to be added.
  public var added: Int?
  /// Nil where nothing was to be taken away.
  public var removed: Int?

  public init(known: Int, seen: Int, gone: Int, added: Int? = nil, removed: Int? = nil) {
    self.known = known
    self.seen = seen
    self.gone = gone
    self.added = added
    self.removed = removed
  }
}
