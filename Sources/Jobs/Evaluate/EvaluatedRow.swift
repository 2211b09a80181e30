import Labelled
import Vocabulary

/// What the judge made of a labelled text, without the text.
struct EvaluatedRow: Sendable {
  var id: String
  var surface: Surface
  var isContent: Bool
  var isVeryShort: Bool
  var kind: String
  var language: String
  var carrier: String?
  /// Sum of the evidence less the surface's threshold.
  var margin: Double
  /// What the judge says.
  var isFound: Bool
  /// Detectors and their weights, in the order of rules.
  var evidence: [(detector: String, weight: Double)]

  init(_ row: LabelledText, _ judgement: (sum: Double, isContent: Bool), threshold: Double, evidence: [Evidence]) {
    id = row.id
    surface = row.surface
    isContent = row.isContent
    isVeryShort = row.isVeryShort
    kind = row.kind
    language = row.lang
    carrier = row.carrier
    margin = judgement.sum - threshold
    isFound = judgement.isContent
    self.evidence = evidence.map { ($0.detector, $0.weight) }
  }

  /// Where no carrier helps to tell: the text stands alone, is the value of a label, or is cut out of a sentence.
  var alone: [String] {
    guard isContent else { return [] }
    var names: [String] = []
    if carrier == "bare" { names.append("bare \(surface.rawValue) lines") }
    if carrier == "label_value" { names.append("label values") }
    if kind == "mid_fragment" { names.append("fragments") }
    return names
  }
}
