import Syntax

/// A stage of one of Promtail's pipelines, where it stands, and what stands before it.
///
/// Source: grafana/loki clients/pkg/logentry/stages (3.6).
struct PipelineStage {
  var name: String
  var value: PositionedValue
  /// Of the value.
  var pointer: String
  /// Names of the stages before it, those around its `match` among them.
  var before: [String]

  /// Every stage of every pipeline of a configuration.
  static func all(in file: CheckedFile) -> [PipelineStage] {
    guard file.role == .promtailConfig else { return [] }
    return file.documents.flatMap { document in
      (document["scrape_configs"]?.array ?? []).enumerated().flatMap { index, job in
        stages(job["pipeline_stages"], "/scrape_configs/\(index)/pipeline_stages", before: [], depth: 0)
      }
    }
  }

  private static func stages(
    _ list: PositionedValue?, _ pointer: String, before: [String], depth: Int
  ) -> [PipelineStage] {
    guard depth < 32 else { return [] }
    var before = before
    var stages: [PipelineStage] = []
    for (index, entry) in (list?.array ?? []).enumerated() {
      for part in entry.mapping ?? [] {
        guard let name = part.key.string else { continue }
        let place = "\(pointer)/\(index)/\(JSONPointer.escaped(name))"
        stages.append(PipelineStage(name: name, value: part.value, pointer: place, before: before))
        if name == "match" {
          stages += Self.stages(part.value["stages"], "\(place)/stages", before: before, depth: depth + 1)
        }
        before.append(name)
      }
    }
    return stages
  }
}
