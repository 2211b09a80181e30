import Foundation
import Syntax

/// What a file is checked as. A manifest may be many files: its resources have roles of their own, and some hold texts that
/// programs are given as files.
struct FileParts {
  /// The file itself, and once more in each other role that resources in it have.
  let faces: [ConfigFile]
  let embedded: [EmbeddedFile]

  /// All of them.
  var files: [ConfigFile] { faces + embedded.map(\.file) }

  init(_ file: ConfigFile) {
    guard Self.mayBeManifest(file.bytes), let documents = Self.documents(file.bytes) else {
      (faces, embedded) = ([file], [])
      return
    }
    let roles = Manifest.roles(in: documents).subtracting([file.role]).sorted { $0.rawValue < $1.rawValue }
    faces = [file] + roles.map { ConfigFile(path: file.path, role: $0, bytes: file.bytes) }
    embedded = EmbeddedFile.all(in: documents, of: file)
  }

  /// A look at the bytes, before anything is parsed: what the kinds have in common that matter here.
  private static func mayBeManifest(_ bytes: [UInt8]) -> Bool {
    let text = Data(bytes)
    func holds(_ word: String) -> Bool { text.range(of: Data(word.utf8)) != nil }
    return holds("kind") && ["ConfigMap", "Secret", "Rule", "Grafana", "dashboard.grafana.app/"].contains(where: holds)
  }

  private static func documents(_ bytes: [UInt8]) -> [PositionedValue]? {
    (try? [JSONDocument.parse(bytes)]) ?? (try? YAMLDocument.parseAll(bytes))
  }
}
