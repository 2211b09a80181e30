import Expressions
import Syntax
import Vocabulary

/// Makes a stage of its entry in the configuration.
struct StageReading {
  let place: StagePlace
  let value: PositionedValue
  let key: PositionedValue
  let path: String?

  func stage() throws(Fault) -> any Stage {
    switch place.name {
    case "docker": return DockerStage(place: place)
    case "cri": return try CRIStage(self)
    case "regex": return try RegexStage(self)
    case "json": return try JSONStage(self)
    case "logfmt": return try LogfmtStage(self)
    case "template": return try TemplateStage(self)
    case "match": return try MatchStage(self)
    case "output": return try OutputStage(self)
    case "labels": return try LabelsStage(self)
    case "labeldrop", "labelallow": return try LabelFilterStage(self)
    case "static_labels": return try StaticLabelsStage(self)
    case "structured_metadata", "non_indexed_labels": return try MetadataStage(self)
    case "tenant": return try TenantStage(self)
    case "replace": return try ReplaceStage(self)
    case "drop": return try DropStage(self)
    case "sampling": return try SamplingStage(self)
    case "multiline": return try MultilineStage(self)
    case "decolorize": return DecolorizeStage(place: place)
    case "pack": return try PackStage(self)
    case "eventlogmessage": return try EventLogStage(self)
    case "timestamp": return try InertStage(self, required: ["source", "format"])
    case "limit": return try InertStage(self, required: ["rate", "burst"])
    case "metrics": return try InertStage(self, required: [])
    case "geoip":
      throw Fields.fault(
        "stage geoip is not evaluated, since it needs its database", at: key, path: path,
        remedy: "it adds labels from an address; take it out of a copy of the configuration and trace that")
    default:
      throw Fields.fault("there is no stage of that name in Promtail", at: key, path: path)
    }
  }

  func notes(of stage: any Stage) -> [String] {
    let name = "stage \(place.number) (\(place.name))"
    switch stage {
    case let stage as DropStage where stage.hasAge: return ["\(name): older_than is taken for never met"]
    case let stage as SamplingStage where stage.rate > 0 && stage.rate < 1:
      return ["\(name): keeps every line here, a part of them in Promtail"]
    case let stage as MatchStage: return stage.pipeline?.notes ?? []
    case is MultilineStage: return ["\(name): max_wait_time is taken for never reached"]
    case is InertStage where place.name == "limit": return ["\(name): is taken for never reached"]
    default: return []
    }
  }

  /// Stricter than Promtail, since a key that is misspelt may be the one that was to drop lines.
  func fields(_ known: [String]) throws(Fault) -> Fields {
    try Fields(value, path: path, known: known, unknown: "a key that Promtail skips without a word")
  }

  func fault(_ problem: String, remedy: String? = nil) -> Fault {
    Fields.fault(problem, at: value, path: path, remedy: remedy)
  }

  /// A list of label names that is the stage's whole value.
  func names() throws(Fault) -> [String] {
    guard let elements = value.array, !elements.isEmpty else {
      throw fault("stage \(place.name) needs a list of label names")
    }
    return try elements.map { (element) throws(Fault) -> String in
      guard let text = element.string else { throw Fields.fault("expected a text", at: element, path: path) }
      return text
    }
  }

  /// A mapping of names to sources that is the stage's whole value; a name without a source is its own.
  func sources(legacyNames: Bool = true) throws(Fault) -> [(name: String, source: String)] {
    try Self.pairs(value, path: path, legacyNames: legacyNames)
  }

  static func pairs(_ value: PositionedValue, path: String?, legacyNames: Bool) throws(Fault) -> [(
    name: String, source: String
  )] {
    guard let entries = value.mapping, !entries.isEmpty else {
      throw Fields.fault("expected a mapping of names to sources", at: value, path: path)
    }
    var pairs: [(name: String, source: String)] = []
    for entry in entries {
      guard let name = entry.key.string, !legacyNames || LabelName.isLegacy(name) else {
        throw Fields.fault("not a label name", at: entry.key, path: path)
      }
      let source = entry.value.isNull ? "" : entry.value.string
      guard let source else { throw Fields.fault("expected a text", at: entry.value, path: path) }
      pairs.append((name, source.isEmpty ? name : source))
    }
    return pairs.sorted { $0.name < $1.name }
  }
}
