import Foundation
import Syntax

/// Every expression of the evaluation data, with the file it stands in; the texts themselves are never printed.
enum PromQLCorpus {
  struct Item: Sendable {
    var file: String
    var text: String
  }

  /// Panels, annotations and variables of dashboards that are not asked of another data source than Prometheus.
  static let dashboards: [Item] = Shared.files("corpora/real/dashboards").flatMap { path -> [Item] in
    guard let root = try? JSONSerialization.jsonObject(with: Data(Shared.bytes(path))) else { return [] }
    var items: [Item] = []
    func walk(_ value: Any, _ source: String) {
      if let object = value as? [String: Any] {
        let own = object["datasource"].map { String(describing: $0).lowercased() } ?? source
        let isForeign = ["loki", "logs", "influx", "tempo"].contains { own.contains($0) && !own.contains("prom") }
        if let text = object["expr"] as? String, !isForeign { items.append(Item(file: path, text: text)) }
        for key in object.keys.sorted() { walk(object[key]!, own) }
      } else if let list = value as? [Any] {
        for element in list { walk(element, source) }
      }
    }
    walk(root, "")
    return items
  }

  static let rules: [Item] = Shared.files("corpora/real/rules").flatMap { path -> [Item] in
    guard let documents = try? YAMLDocument.parseAll(Shared.bytes(path), path: nil) else { return [] }
    var items: [Item] = []
    func walk(_ value: PositionedValue) {
      if value["alert"] != nil || value["record"] != nil, let text = value["expr"]?.string {
        items.append(Item(file: path, text: text))
      }
      for entry in value.mapping ?? [] { walk(entry.value) }
      for element in value.array ?? [] { walk(element) }
    }
    for document in documents { walk(document) }
    return items
  }

  /// What Prometheus's own test scripts evaluate.
  static let scripts: [Item] = Shared.files("corpora/promql").flatMap { path -> [Item] in
    let lines = ((try? Shared.bytes(path)) ?? []).split(separator: 0x0A)
    return lines.compactMap { line -> Item? in
      var words = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace)[...]
      guard words.popFirst()?.hasPrefix("eval") == true, let kind = words.popFirst() else { return nil }
      // `instant at 5m`, `range from 0 to 5m step 1m`
      for word in kind == "instant" ? ["at"] : ["from", "to", "step"] where words.first == Substring(word) {
        words = words.dropFirst(2)
      }
      return words.first.map { Item(file: path, text: String(decoding: line[line.index(of: $0)...], as: UTF8.self)) }
    }
  }

  /// With each of Grafana's variables replaced by one text.
  static func filled(_ text: String, by value: String = "5m") -> String {
    text.replacing(/\$\{[A-Za-z_]\w*[^}]*\}|\$[A-Za-z_]\w*|\[\[[A-Za-z_]\w*(:\w+)?\]\]/, with: value)
  }
}

extension ArraySlice<UInt8> {
  /// Where the word of a line starts.
  fileprivate func index(of word: Substring) -> Int {
    startIndex + word.utf8.distance(from: word.base.utf8.startIndex, to: word.utf8.startIndex)
  }
}
