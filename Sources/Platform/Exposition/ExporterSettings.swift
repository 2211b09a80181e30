public import Syntax
public import Vocabulary

/// What a site's own files make the programs expose and log. Without them they do so as by default.
public struct ExporterSettings: Sendable {
  /// Metrics (without `_total`) that LiteLLM exports, with the labels it keeps; a nil set keeps all. Nil exports everything.
  var litellm: [String: Set<String>?]?
  /// Fields that DCGM exporter reads, in the order of its CSV. Nil is its default CSV.
  var dcgm: [Counter]?
  /// LiteLLM logs nothing below CRITICAL; by default it logs warnings, and errors with the upstream's text.
  var litellmLogsCriticalOnly = false

  struct Counter: Sendable {
    var field: String
    var kind: Catalogue.Kind?
    var help: String
  }

  /// Everything, as the programs do by default.
  public init() {}

  /// Reads what bears on expositions from a site's files.
  ///
  /// - Parameters:
  ///   - litellmConfig: LiteLLM's `config.yaml`; only `litellm_settings.prometheus_metrics_config` is looked at.
  ///   - litellmEnvironment: files of `NAME=value`; only `LITELLM_LOG` is looked at.
  ///   - dcgmCounters: DCGM exporter's CSV of `FIELD, type, help`, `#` for comments.
  /// - Throws: `usage` with line where the CSV is one that the exporter would refuse to start with.
  public init(
    litellmConfig: PositionedValue?, litellmEnvironment: [[UInt8]] = [], dcgmCounters: [UInt8]?
  ) throws(Fault) {
    litellmLogsCriticalOnly = litellmEnvironment.contains { file in
      file.split(separator: 0x0A).contains { $0.elementsEqual("LITELLM_LOG=CRITICAL".utf8) }
    }
    if let groups = litellmConfig?["litellm_settings"]?["prometheus_metrics_config"]?.array {
      var exported: [String: Set<String>?] = [:]
      for group in groups {
        let labels = group["include_labels"]?.array.map { Set($0.compactMap(\.string)) }
        for metric in group["metrics"]?.array ?? [] {
          if let name = metric.string { exported.updateValue(labels, forKey: name) }
        }
      }
      litellm = exported
    }
    if let dcgmCounters { dcgm = try Self.counters(String(decoding: dcgmCounters, as: UTF8.self)) }
  }

  private static func counters(_ text: String) throws(Fault) -> [Counter] {
    var counters: [Counter] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let line = line.trimmingSpaces
      if line.isEmpty || line.hasPrefix("#") { continue }
      // A comma in the help needs quotes, and then the help is the last field all the same.
      let fields = line.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false).map(\.trimmingSpaces)
      let isQuoted = fields.count == 3 && fields[2].hasPrefix("\"")
      guard fields.count == 3, isQuoted || !fields[2].contains(",") else {
        throw Fault(
          .usage, "a DCGM counter needs exactly three fields", at: Location(line: index + 1),
          remedy: "write `FIELD, gauge|counter|label, help`")
      }
      guard fields[1] == "label" || Catalogue.Kind(rawValue: fields[1]) != nil else {
        throw Fault(
          .usage, "unknown type of a DCGM counter", at: Location(line: index + 1),
          remedy: "use gauge, counter or label")
      }
      let help = isQuoted ? String(fields[2].dropFirst().prefix { $0 != "\"" }) : fields[2]
      counters.append(Counter(field: fields[0], kind: Catalogue.Kind(rawValue: fields[1]), help: help))
    }
    return counters
  }
}

extension StringProtocol {
  /// Without blanks at either end.
  fileprivate var trimmingSpaces: String {
    let isBlank = { (character: Character) in character == " " || character == "\t" || character == "\r" }
    let tail = drop(while: isBlank)
    return String(tail.prefix(tail.count - tail.reversed().prefix(while: isBlank).count))
  }
}
