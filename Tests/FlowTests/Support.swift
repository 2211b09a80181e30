import Contracts
import Foundation
import Policy

@testable import Flow

/// The optional folder of evaluation data.
enum Shared {
  static let root =
    ProcessInfo.processInfo.environment["SIGILO_SHARED"]
    ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared").path
  static let samples = "\(root)/facts/samples"
  static var isThere: Bool { FileManager.default.fileExists(atPath: samples) }

  /// Every regular file below a folder, as a path below it.
  static func files(below folder: String) -> [String] {
    (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).sorted().filter {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: "\(folder)/\($0)", isDirectory: &isFolder) && !isFolder.boolValue
    }
  }
}

/// Files by their paths, with the roles that their content tells.
func configFiles(_ texts: KeyValuePairs<String, String>) -> ConfigFiles {
  ConfigFiles(
    texts.map { path, text in
      let bytes = Array(text.utf8)
      return ConfigFile(path: path, role: FileRole.recognise(path: path, bytes: bytes), bytes: bytes)
    })
}

extension ConfigFinding {
  /// Its way as text, each step with file and line.
  var way: [String] {
    flow.map { step in
      let text = step.text.map { word in
        switch word {
        case .words(let text), .name(let text): text
        }
      }
      return text.joined() + (step.path.map { " \($0):\(step.line ?? 0)" } ?? "")
    }
  }
}

/// What the contracts of the built-in policy say.
let facts = ContractFacts((try? PolicySet.embedded())?.contracts.values.map { $0 } ?? [])
