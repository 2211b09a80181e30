import Syntax

/// One entry of `metric_relabel_configs`.
///
/// Prometheus anchors `regex` at both ends and knows no negation (RE2), so "anything but these" takes a mark and a second
/// step; see `Enforcement.bounded`.
struct RelabelStep {
  enum Action: String { case keep, drop, replace, labelkeep, labeldrop, hashmod }

  var comment: String?
  var action: Action
  var sources: [String] = []
  var separator: String?
  var regex: String?
  var target: String?
  var replacement: String?
  var modulus: Int?

  var yaml: String {
    var lines: [String] = []
    if !sources.isEmpty { lines.append("source_labels: \(YAMLText.list(sources))") }
    if let separator { lines.append("separator: \(Quoting.yaml(separator))") }
    if let regex { lines.append("regex: \(YAMLText.alternatives(regex, indent: 4))") }
    if let modulus { lines.append("modulus: \(modulus)") }
    if let target { lines.append("target_label: \(target)") }
    if let replacement { lines.append("replacement: \(Quoting.yaml(replacement))") }
    if action != .replace { lines.append("action: \(action.rawValue)") }
    let entry = lines.enumerated().map { ($0.offset == 0 ? "- " : "  ") + $0.element + "\n" }.joined()
    return (comment.map { YAMLText.comment($0) } ?? "") + entry
  }
}
