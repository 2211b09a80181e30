public import Vocabulary

/// promtool's checks, each one run of the real program.
public struct Promtool: Sendable {
  public var engine: Engine

  public init(_ engine: Engine) { self.engine = engine }

  /// - Throws: `Fault(.incomplete)` where it is not installed.
  public static func find() throws(Fault) -> Promtool { Promtool(try Engine.find(.promtool)) }

  /// `promtool check config`; also checks the rule files and service discovery files that the config names.
  public func checkConfig(_ path: String) async throws(Fault) -> CommandResult {
    try await Command(engine, ["check", "config", path]).run()
  }

  /// `promtool check rules`.
  public func checkRules(_ paths: [String]) async throws(Fault) -> CommandResult {
    try await Command(engine, ["check", "rules"] + paths).run()
  }

  /// `promtool test rules`; exit 1 and `FAILED:` on standard error where a test fails.
  public func testRules(_ paths: [String], folder: String? = nil) async throws(Fault) -> CommandResult {
    try await Command(engine, ["test", "rules"] + paths, folder: folder, deadline: .seconds(120)).run()
  }
}

/// amtool's check, a run of the real program.
public struct Amtool: Sendable {
  public var engine: Engine

  public init(_ engine: Engine) { self.engine = engine }

  /// - Throws: `Fault(.incomplete)` where it is not installed.
  public static func find() throws(Fault) -> Amtool { Amtool(try Engine.find(.amtool)) }

  /// `amtool check-config`.
  public func checkConfig(_ path: String) async throws(Fault) -> CommandResult {
    try await Command(engine, ["check-config", path]).run()
  }
}
