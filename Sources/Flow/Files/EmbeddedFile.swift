import Foundation
import Syntax

/// A file that stands as a text inside another one: an entry of a ConfigMap or Secret that a container is given as a file.
///
/// Sources: Kubernetes' core/v1 `ConfigMap` (`data`, `binaryData`) and `Secret` (`data` in base64, `stringData`), alone, in lists and
/// in streams of documents; grafana-operator's `GrafanaDashboard` (`spec.json`).
struct EmbeddedFile: Sendable {
  /// Its path is that of the outer file, `#`, the offset of the text in it and the pointer.
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

  /// Those of the documents of a manifest.
  static func all(in documents: [PositionedValue], of file: ConfigFile) -> [EmbeddedFile] {
    documents.flatMap(Manifest.resources).flatMap(entries).compactMap { EmbeddedFile($0, in: file) }
  }

  private struct Entry {
    var name: String
    var text: PlacedValue
    var isBase64 = false
  }

  private static func entries(of manifest: PlacedValue) -> [Entry] {
    func all(_ key: String, isBase64: Bool = false) -> [Entry] {
      (manifest[key]?.members ?? []).map { Entry(name: $0.key, text: $0.value, isBase64: isBase64) }
    }
    switch manifest["kind"]?.string {
    case "ConfigMap": return all("data") + all("binaryData", isBase64: true)
    case "Secret": return all("stringData") + all("data", isBase64: true)
    case "GrafanaDashboard": return manifest["spec"]?["json"].map { [Entry(name: "json", text: $0)] } ?? []
    default: return []
    }
  }

  private init?(_ entry: Entry, in file: ConfigFile) {
    let (value, pointer) = (entry.text.value, entry.text.pointer)
    guard let text = value.string, text.utf8.count <= Self.maximumText else { return nil }
    let bytes =
      entry.isBase64 ? Data(base64Encoded: text, options: .ignoreUnknownCharacters).map(Array.init) : Array(text.utf8)
    // What has one line is a value for the environment, unless it is a list or a mapping, as dashboards are that a program wrote.
    guard let bytes, bytes.contains(0x0A) || bytes.first == UInt8(ascii: "{") || bytes.first == UInt8(ascii: "[") else {
      return nil
    }
    self.file = ConfigFile(
      // In a stream of documents the pointer alone may be that of another text.
      path: "\(file.path)#\(value.offset)\(pointer)", role: FileRole.recognise(path: entry.name, bytes: bytes),
      bytes: bytes)
    place = Place(
      path: file.path, pointer: pointer, line: value.line, column: value.column, isVerbatim: false, indentation: 0)
    guard !entry.isBase64 else { return }
    file.bytes.withUnsafeBytes { source in
      guard let found = ScalarSource(of: value, in: source), found.isVerbatim, let start = found.start else {
        return
      }
      var counter = PositionCounter()
      counter.move(to: start, in: source)
      (place.line, place.column) = (counter.line, counter.column)
      (place.isVerbatim, place.indentation) = (true, found.indentation)
    }
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
