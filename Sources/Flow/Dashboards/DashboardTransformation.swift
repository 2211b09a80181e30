import Syntax

/// A step between the answers of a panel's queries and what it shows.
///
/// Source: grafana/grafana packages/grafana-data/src/transformations/transformers/labelsToFields.ts, reduce.ts, joinByLabels.ts,
/// prepareTimeSeries (public/app/features/transformers); in resources apps/dashboard/kinds/v2*/dashboard_spec.cue
/// (`TransformationKind`).
struct DashboardTransformation {
  let place: PlacedValue
  var id: String
  private let options: PlacedValue?
  private let isDisabled: Bool

  /// - Parameter place: `{id, options}`; in a resource `{kind: ID, spec: {id, options}}`, or from version 2 on `{group: ID, spec}`.
  init(_ place: PlacedValue) {
    self.place = place
    let inner = place["spec"] ?? place
    id = (inner["id"] ?? place["group"] ?? place["kind"])?.text ?? ""
    options = inner["options"]
    isDisabled = inner["disabled"]?.isTrue ?? false
  }

  /// The labels that it makes fields of, which are then seen whatever the legend names; nil for all.
  var shownLabels: [String]? {
    guard !isDisabled else { return [] }
    switch id {
    case "labelsToFields":
      let kept = (options?["keepLabels"]?.elements ?? []).compactMap(\.text)
      return kept.isEmpty ? nil : kept + [options?["valueLabel"]?.text].compactMap { $0 }
    case "reduce": return options?["labelsToFields"]?.isTrue == true ? nil : []
    case "prepareTimeSeries": return options?["format"]?.text == "long" ? nil : []
    case "timeSeriesTable", "joinByLabels": return nil
    default: return []
    }
  }
}
