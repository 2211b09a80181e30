import Fleet
import Foundation
import Syntax
import Testing

@testable import Platform

/// Our expositions against captures of the real programs.
struct FidelityTests {
  /// A source and its capture, with the families that differ on purpose.
  struct Source: Sendable, CustomTestStringConvertible {
    var job: ScrapeJob
    var capture: String
    /// Families of the capture that we do not expose.
    var missing: Set<String> = []
    /// Families whose labels or buckets depend on a site's settings, not on the program.
    var configured: Set<String> = []
    var testDescription: String { job.rawValue }
  }

  static let sources = [
    // The bounds of the token histograms follow --max-model-len, which was tiny in the capture.
    Source(
      job: .vllm, capture: "vllm_0.33.0_realfrontend_with_http.prom",
      configured: [
        "vllm:request_prompt_tokens", "vllm:request_generation_tokens", "vllm:request_max_num_generation_tokens",
        "vllm:request_params_max_tokens", "vllm:request_prefill_kv_computed_tokens",
      ]),
    Source(job: .vllm, capture: "vllm_0.33.0_busy_server.prom"),
    Source(job: .litellm, capture: "litellm_1.106.2_default.prom"),
    Source(job: .dcgmExporter, capture: "dcgm_exporter_4gpu_default_counters.prom"),
    // A text file that someone had put there, and where it lay.
    Source(
      job: .nodeExporter, capture: "node_exporter_1.5.0.prom",
      missing: ["carcara_backup_last_run_timestamp_seconds", "node_textfile_mtime_seconds"]),
  ]

  /// A family's identity: what must be as the program has it.
  struct Shape: Equatable {
    var kind: MetricFamily.Kind
    var help: String?
    /// Label names in the order of the line, per name of sample; `le` and `quantile` too.
    var labels: [String: Set<[String]>]
    var buckets: Set<String>
  }

  private static func shapes(_ families: [MetricFamily]) -> [String: Shape] {
    var shapes: [String: Shape] = [:]
    for family in families {
      var shape = Shape(kind: family.kind, help: family.help, labels: [:], buckets: [])
      for sample in family.samples {
        shape.labels[sample.name, default: []].insert(sample.labels.map(\.name))
        if let bound = sample["le"] { shape.buckets.insert(bound) }
      }
      shapes[family.name] = shape
    }
    return shapes
  }

  /// A model in which everything that can happen has happened.
  private static let model = Result {
    var model = try PlatformModel(fleet: .default, seed: 4, course: .nodeDown, logs: false)
    model.advance(by: model.course.duration)
    return model
  }

  private static func families(_ job: ScrapeJob) throws -> [MetricFamily] {
    let model = try model.get()
    let target = try #require(model.targets.first { $0.job == job })
    // Through the bytes, so that what is compared is what a scrape sees.
    return try MetricFamily.parse(model.exposition(of: target))
  }

  @Test(.enabled(if: Shared.isThere, "needs the captured samples"), arguments: sources)
  func familiesAreThoseOfTheProgram(_ source: Source) throws {
    let capture = try Data(contentsOf: Shared.samples.appending(path: source.capture))
    let real = Self.shapes(try MetricFamily.parse(Array(capture)))
    let families = try Self.families(source.job)
    let ours = Self.shapes(families)

    let absent = Set(real.keys).subtracting(ours.keys).subtracting(source.missing)
    #expect(absent.isEmpty)
    if source.capture != "vllm_0.33.0_busy_server.prom" {  // scraped without the HTTP front end
      #expect(Set(ours.keys).subtracting(real.keys).isEmpty)
    }
    for (name, shape) in ours {
      guard let actual = real[name] else { continue }
      #expect(shape.kind == actual.kind, "\(name)")
      #expect(shape.help == actual.help, "\(name)")
      // A family may stand without series on either side.
      if !shape.labels.isEmpty, !actual.labels.isEmpty { #expect(shape.labels == actual.labels, "\(name)") }
      if !shape.buckets.isEmpty, !actual.buckets.isEmpty, !source.configured.contains(name) {
        #expect(shape.buckets == actual.buckets, "\(name)")
      }
    }
  }

  @Test(.enabled(if: Shared.isThere, "needs the captured samples"), arguments: sources)
  func familiesStandInTheOrderOfTheProgram(_ source: Source) throws {
    let capture = try Data(contentsOf: Shared.samples.appending(path: source.capture))
    let real = try MetricFamily.parse(Array(capture)).map(\.name)
    let ours = try Self.families(source.job).map(\.name)
    let both = Set(real).intersection(ours)
    #expect(ours.filter(both.contains) == real.filter(both.contains))
  }

  @Test func theTemplatesOfTheRepositoryAreWhole() {
    #expect(Catalogue.vllm.families.count == 54)
    #expect(Catalogue.litellm.families.count == 94)
    #expect(Catalogue.dcgm.families.count == 25)
    for family in [Catalogue.vllm, .litellm, .dcgm].flatMap(\.families) {
      #expect(!family.bounds.contains(where: \.isNaN) && family.bounds == family.bounds.sorted(), "\(family.name)")
    }
  }

  @Test func histogramsAreCumulativeAndAgreeWithTheirCounts() throws {
    for job in [ScrapeJob.vllm, .litellm] {
      for family in try Self.families(job) where family.kind == .histogram {
        let series = Dictionary(grouping: family.samples) { sample in
          sample.labels.filter { $0.name != "le" }
        }
        for samples in series.values {
          let counts = samples.filter { $0.name.hasSuffix("_bucket") }.map(\.value)
          #expect(counts == counts.sorted(), "\(family.name)")
          #expect(counts.last == samples.first { $0.name.hasSuffix("_count") }?.value, "\(family.name)")
        }
      }
    }
  }

  @Test func embeddedFilesAreThoseOfTheRepository() throws {
    var files: [String: String] = [:]
    for folder in ["conversations", "platform"] {
      let path = Repository.root.appending(path: "Corpora/\(folder)")
      for file in try FileManager.default.contentsOfDirectory(atPath: path.path) {
        files["\(folder)/\(file)"] = try String(contentsOf: path.appending(path: file), encoding: .utf8)
      }
    }
    let names = files.keys.sorted()
    #expect(names == EmbeddedCorpora.files.keys.sorted(), "run make generate")
    #expect(names.filter { files[$0] != EmbeddedCorpora.files[$0] }.isEmpty, "run make generate")
  }
}
