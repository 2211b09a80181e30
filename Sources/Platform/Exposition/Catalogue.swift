import Foundation

/// The metric families of a source as its own program exposes them: names, types, labels, buckets, help, in its order.
///
/// The tables stand in `Corpora/platform/` and were taken from expositions of the unmodified programs.
struct Catalogue: Sendable {
  enum Kind: String, Sendable { case counter, gauge, histogram, summary }

  struct Family: Sendable {
    let name: String
    let type: Kind
    /// True where the Python client adds a `_created` gauge.
    let hasCreated: Bool
    /// In the order of the exposition, without `le`.
    let labels: [String]
    /// Upper bounds as the program writes them.
    let buckets: [String]
    let bounds: [Double]
    let help: String

    /// The name without a counter's `_total`.
    var base: String { type == .counter && name.hasSuffix("_total") ? String(name.dropLast(6)) : name }
  }

  let families: [Family]

  static let vllm = Catalogue("vllm.tsv")
  static let litellm = Catalogue("litellm.tsv")
  static let dcgm = Catalogue("dcgm.tsv")

  private init(_ file: String) {
    let text = EmbeddedCorpora.files["platform/\(file)"] ?? ""
    families = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard columns.count == 6, let type = Kind(rawValue: columns[1]) else { return nil }
      func list(_ column: String) -> [String] { column == "-" ? [] : column.split(separator: ",").map(String.init) }
      let buckets = list(columns[4])
      return Family(
        name: columns[0], type: type, hasCreated: columns[2] == "created", labels: list(columns[3]), buckets: buckets,
        bounds: buckets.map { $0 == "+Inf" ? .infinity : Double($0) ?? .nan }, help: columns[5])
    }
  }
}
