package import Engines
import Foundation

/// The real programs that tests ask.
package enum Program {
  /// Where they are installed, and where `SIGILO_REQUIRE` lists one of them or its package, so that a missing one is then a failure.
  package static func isWanted(_ names: EngineName...) -> Bool {
    let required = (ProcessInfo.processInfo.environment["SIGILO_REQUIRE"] ?? "").split(separator: ",").map(String.init)
    return names.contains { required.contains($0.rawValue) || required.contains(debianPackage(of: $0)) }
      || names.allSatisfy { (try? Engine.find($0)) != nil }
  }

  private static func debianPackage(of name: EngineName) -> String {
    switch name {
    case .promtool: "prometheus"
    case .amtool: "alertmanager"
    default: name.rawValue
    }
  }
}
