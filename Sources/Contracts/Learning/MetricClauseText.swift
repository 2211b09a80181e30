import Syntax
import Vocabulary

extension MetricProposals.Clause {
  /// Names the clause by its type and labels.
  var name: String {
    let words = ["learned", kind.rawValue] + labels.prefix(3).map(\.name)
    let letters = words.joined(separator: "-").lowercased().map {
      $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-"
    }
    return String(letters).split(separator: "-").joined(separator: "-")
  }

  /// The lines of the clause in a contract's file.
  ///
  /// - Parameter names: names with which examples are made.
  func lines(id: String, _ names: FleetNames) throws(Fault) -> [String] {
    let scalar = ContractText.scalar
    let labelNames = labels.isEmpty ? "" : labels.map { $0.name }.joined(separator: ", ")
    let english = labels.isEmpty ? "\(kind.rawValue) without labels" : "\(kind.rawValue) by \(labelNames)"
    let portuguese = labels.isEmpty ? "\(kind.rawValue) sem rótulos" : "\(kind.rawValue) por \(labelNames)"
    var lines = [
      "id: \(id)", "title: {en: \(scalar(english)), pt-BR: \(scalar(portuguese))}", "type: \(kind.rawValue)",
      "families:",
    ]
    lines += families.map { "  - \(scalar($0))" }
    if !labels.isEmpty {
      lines.append("labels:")
      for label in labels {
        let values = label.values.map(scalar)
        lines.append(
          "  \(scalar(label.name)): \(values.count == 1 ? values[0] : "[\(values.joined(separator: ", "))]")")
      }
    }
    let usual = try sample(names, value: nil)
    lines.append("examples: [\(scalar(usual))]")
    lines.append("counter_examples: [\(scalar(try sample(names, value: "a pergunta do cliente")))]")
    return lines
  }

  /// A sample of the first family.
  ///
  /// - Parameter value: of a label that is not claimed with it.
  private func sample(_ names: FleetNames, value: String?) throws(Fault) -> String {
    let name = families[0] + (kind == .histogram || kind == .summary ? "_sum" : "")
    var pairs: [(String, String)] = []
    for label in labels {
      let template = Template(
        text: label.values[0], elements: try TemplateParser().elements(label.values[0]), place: nil)
      pairs.append((label.name, template.examples(names).first ?? ""))
    }
    if let value { pairs.append(("note", value)) }
    let text = pairs.map { "\($0)=\"\($1.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\"" }
    return name + (text.isEmpty ? "" : "{\(text.joined(separator: ","))}") + " 1"
  }
}
