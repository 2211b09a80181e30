import Foundation
import Syntax

/// A file that stands as a text inside another one: an entry of a ConfigMap or Secret that a container is given as a file.
///
/// Sources: Kubernetes' core/v1 `ConfigMap` (`data`, `binaryData`) and `Secret` (`data` in base64, `stringData`), alone, in lists and
/// in streams of documents; grafana-operator's `GrafanaDashboard` (`spec.json`).
struct EmbeddedFile: Sendable {
  /// Its path is that of the outer file, `#` and the pointer of the text in it.
  var file: ConfigFile
  var place: Place

  /// Where its text stands.
  struct Place: Sendable {
    var path: String
    var pointer: String
    var line: Int
    var column: Int
    /// Whether lines and columns of the text can be counted on from there; else everything in it is at its beginning.
    var isVerbatim: Bool
    /// Spaces that each line but the first has lost.
    var indentation: Int

    fileprivate func outer(_ inner: (line: Int?, column: Int?)) -> (line: Int, column: Int) {
      guard isVerbatim, let innerLine = inner.line else { return (line, column) }
      let innerColumn = inner.column ?? 1
      return (line + innerLine - 1, innerLine == 1 ? column + innerColumn - 1 : indentation + innerColumn)
    }
  }

  /// Kubernetes stores no larger ones.
  private static let maximumText = 1 << 20

  /// Those of a manifest; none of any other file.
  static func all(in file: ConfigFile) -> [EmbeddedFile] {
    guard file.role == .other, mayBeManifest(file.bytes), let documents = documents(file.bytes) else { return [] }
    return documents.flatMap { document in
      if let items = document["items"]?.array, document["kind"]?.string?.hasSuffix("List") == true {
        return items.enumerated().flatMap { entries(of: $1, "/items/\($0)") }
      }
      return entries(of: document, "")
    }.compactMap { EmbeddedFile($0, in: file) }
  }

  private struct Entry {
    var name: String
    var pointer: String
    var value: PositionedValue
    var isBase64 = false
  }

  private static func entries(of manifest: PositionedValue, _ pointer: String) -> [Entry] {
    func all(_ key: String, isBase64: Bool = false) -> [Entry] {
      (manifest[key]?.mapping ?? []).map { entry in
        let name = entry.key.string ?? ""
        return Entry(
          name: name, pointer: "\(pointer)/\(key)/\(JSONPointer.escaped(name))", value: entry.value, isBase64: isBase64)
      }
    }
    switch manifest["kind"]?.string {
    case "ConfigMap": return all("data") + all("binaryData", isBase64: true)
    case "Secret": return all("stringData") + all("data", isBase64: true)
    case "GrafanaDashboard":
      return manifest["spec"]?["json"].map { [Entry(name: "json", pointer: "\(pointer)/spec/json", value: $0)] } ?? []
    default: return []
    }
  }

  private init?(_ entry: Entry, in file: ConfigFile) {
    guard let text = entry.value.string, text.utf8.count <= Self.maximumText else { return nil }
    let bytes =
      entry.isBase64 ? Data(base64Encoded: text, options: .ignoreUnknownCharacters).map(Array.init) : Array(text.utf8)
    // What has one line is a value for the environment, not a file.
    guard let bytes, bytes.contains(0x0A) else { return nil }
    self.file = ConfigFile(
      path: "\(file.path)#\(entry.pointer)", role: FileRole.recognise(path: entry.name, bytes: bytes), bytes: bytes)
    place = Place(
      path: file.path, pointer: entry.pointer, line: entry.value.line, column: entry.value.column, isVerbatim: false,
      indentation: 0)
    guard !entry.isBase64 else { return }
    file.bytes.withUnsafeBytes { source in
      guard let found = ScalarSource(of: entry.value, in: source), found.isVerbatim, let start = found.start else {
        return
      }
      var counter = PositionCounter()
      counter.move(to: start, in: source)
      (place.line, place.column) = (counter.line, counter.column)
      (place.isVerbatim, place.indentation) = (true, found.indentation)
    }
  }

  /// A look at the bytes, before anything is parsed.
  private static func mayBeManifest(_ bytes: [UInt8]) -> Bool {
    let text = Data(bytes)
    func holds(_ word: String) -> Bool { text.range(of: Data(word.utf8)) != nil }
    return holds("kind") && (holds("ConfigMap") || holds("Secret") || holds("GrafanaDashboard"))
  }

  private static func documents(_ bytes: [UInt8]) -> [PositionedValue]? {
    (try? [JSONDocument.parse(bytes)]) ?? (try? YAMLDocument.parseAll(bytes))
  }
}

extension [String: EmbeddedFile.Place] {
  /// A finding in a file of the tree, with the places that a person can open.
  func outer(_ finding: ConfigFinding) -> ConfigFinding {
    var finding = finding
    if let place = self[finding.path] {
      (finding.path, finding.pointer) = (place.path, place.pointer + (finding.pointer ?? ""))
      (finding.line, finding.column) = place.outer((finding.line, finding.column))
    }
    finding.flow = finding.flow.map { step in
      guard let place = step.path.flatMap({ self[$0] }) else { return step }
      var step = step
      step.path = place.path
      (step.line, step.column) = place.outer((step.line, step.column))
      return step
    }
    return finding
  }
}
