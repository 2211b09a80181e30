import Foundation
public import Vocabulary

/// One installed program.
public struct Engine: Sendable, Hashable {
  public var name: EngineName
  /// Absolute path of the executable file.
  public var path: String

  public init(name: EngineName, path: String) {
    self.name = name
    self.path = path
  }

  /// Finds a program: the file that `SIGILO_<NAME>` names, else the first match on PATH (absolute directories only).
  ///
  /// - Parameter environment: This process's own where nil.
  /// - Throws: `Fault(.incomplete)` where it is not installed; `Fault(.usage)` where the variable names no executable file.
  public static func find(
    _ name: EngineName, environment: [String: String]? = nil
  ) throws(Fault) -> Engine {
    let environment = environment ?? ProcessInfo.processInfo.environment
    if let path = environment[name.variable], !path.isEmpty {
      guard path.hasPrefix("/"), isExecutable(path) else {
        throw Fault(
          .usage, "\(name.variable) names no executable file",
          remedy: "set it to the absolute path of \(name.rawValue), or unset it")
      }
      return Engine(name: name, path: path)
    }
    let folders = (environment["PATH"] ?? "").split(separator: ":").filter { $0.hasPrefix("/") }
    for binary in name.binaries {
      for folder in folders where isExecutable("\(folder)/\(binary)") {
        return Engine(name: name, path: "\(folder)/\(binary)")
      }
    }
    let remedy =
      name.package.map { "apt-get install \($0)" } ?? "put \(name.rawValue) on PATH, or name it in \(name.variable)"
    throw Fault(.incomplete, "\(name.rawValue) is not installed", remedy: remedy)
  }

  /// The version it reports, without build metadata, e.g. `2.42.0`.
  ///
  /// - Throws: `Fault(.incomplete)` where it does not run or reports none.
  public func version() async throws(Fault) -> String {
    let result = try await Command(self, ["--version"], deadline: .seconds(20)).run()
    // Older releases print it to standard error.
    guard let version = Engine.version(in: result.stdoutText) ?? Engine.version(in: result.stderrText) else {
      throw Fault(.incomplete, "\(name.rawValue) reports no version", at: Location(path: path))
    }
    return version
  }

  /// Name and version as reports name a subject, e.g. `promtool 2.42.0`.
  public func subject() async throws(Fault) -> String {
    "\(name.rawValue) \(try await version())"
  }

  /// The version in a line such as `promtool, version 2.42.0+ds (branch: …)`.
  static func version(in text: String) -> String? {
    guard let range = text.range(of: "version ") else { return nil }
    let version = text[range.upperBound...].prefix { $0.isNumber || $0 == "." }
    return version.isEmpty ? nil : String(version)
  }

  private static func isExecutable(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
      && FileManager.default.isExecutableFile(atPath: path)
  }
}
