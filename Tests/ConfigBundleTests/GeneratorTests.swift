import Contracts
import Expressions
import Fleet
import Foundation
import Pipelines
import Policy
import Syntax
import Testing
import Vocabulary

@testable import ConfigBundle

@Suite struct GeneratorTests {
  static let contracts = (try? PolicySet.embedded().contracts) ?? [:]
  static let bundle = (try? generate(.default)) ?? BundleFiles([])

  static func generate(_ fleet: Fleet) throws -> BundleFiles {
    try BundleGenerator.generate(fleet, contracts: contracts)
  }

  @Test func writesTheWholePlatform() {
    #expect(
      Self.bundle.files.map { String($0.path.dropFirst("configs/base/".count)) } == [
        "alertmanager.yaml", "dcgm/counters.csv", "grafana/dashboards/litellm.json", "grafana/dashboards/system.json",
        "grafana/dashboards/vllm.json", "litellm/config.yaml", "litellm/litellm.env", "loki/loki.yaml",
        "prometheus.yaml", "promtail-config.yaml", "rules/alerts.yaml", "vllm/gpu-node1.args", "vllm/gpu-node2.args",
      ])
  }

  @Test func rolesAreWhatTheContentSays() {
    for file in Self.bundle.files { #expect(FileRole.recognise(path: file.path, bytes: file.bytes) == file.role) }
  }

  @Test func aNewNodeIsScrapedServedAndShipped() throws {
    let fleet = try Fleet.adding(node: "gpu-node3", to: Fleet.defaultText).fleet
    let bundle = try Self.generate(fleet)
    let jobs = try document("prometheus.yaml", in: bundle)["scrape_configs"]?.array ?? []
    for job in [ScrapeJob.vllm, .nodeExporter, .dcgmExporter] {
      let targets = jobs.first { $0["job_name"]?.string == job.rawValue }?["static_configs"]?[0]?["targets"]?.array
      #expect(targets?.contains { $0.string == "gpu-node3:\(job.port)" } == true)
    }
    let deployments = try document("litellm/config.yaml", in: bundle)["model_list"]?.array ?? []
    #expect(deployments.contains { $0["litellm_params"]?["api_base"]?.string == "http://gpu-node3:8000/v1" })
    #expect(bundle["configs/base/vllm/gpu-node3.args"] != nil)
  }

  /// Texts with every character that the grammars admit must come out as they went in.
  @Test func textsOfTheFleetSurviveYAML() throws {
    let url = "https://hook.example/a?b=c&d=$x!*()[];%20#~+,:-"
    let model = "org/model_1.0:fp8-a"
    var fleet = Fleet.default
    fleet.receivers = [Receiver(name: "hook", kind: .webhook, target: url)]
    fleet.models = [Model(name: model, weights: "/m/a_b.c", maxModelLength: 1, maxSequences: 1, memoryUtilization: 0.5)]
    for index in fleet.nodes.indices { fleet.nodes[index].gpus?.serves = model }
    let bundle = try Self.generate(fleet)
    let receiver = try document("alertmanager.yaml", in: bundle)["receivers"]?[0]
    #expect(receiver?["webhook_configs"]?[0]?["url"]?.string == url)
    #expect(try document("litellm/config.yaml", in: bundle)["model_list"]?[0]?["model_name"]?.string == model)
    let sample = ["__name__": "vllm:num_requests_running", "job": "vllm", "model_name": model]
    #expect(try Self.relabelling(of: .vllm, in: bundle).apply(to: sample) == .kept(sample))
  }

  static func relabelling(of job: ScrapeJob, in bundle: BundleFiles) throws -> Relabelling {
    let file = try #require(bundle["configs/base/prometheus.yaml"])
    let jobs = try YAMLDocument.parse(file.bytes)["scrape_configs"]?.array ?? []
    let config = try #require(jobs.first { $0["job_name"]?.string == job.rawValue })
    return try Relabelling(try #require(config["metric_relabel_configs"]), version: .prometheus2)
  }

  /// A series that its job's contract does not claim does not pass, whatever its labels.
  @Test(arguments: ScrapeJob.allCases)
  func onlyWhatContractsClaimIsKept(_ job: ScrapeJob) throws {
    let relabelling = try Self.relabelling(of: job, in: Self.bundle)
    #expect(relabelling.apply(to: ["__name__": "made_up", "job": job.rawValue]) == .dropped(rule: 0))
    let others = ["vllm:cache_config_info", "litellm_total_users", "node_load1", "DCGM_FI_DEV_ENC_UTIL"]
    let kept = others.filter { relabelling.apply(to: ["__name__": $0]) != .dropped(rule: 0) }
    let expected: [String] =
      switch job {
      case .vllm: ["vllm:cache_config_info"]
      // Beyond what their contracts claim, these two are configured to export less.
      case .litellm, .dcgmExporter: []
      case .nodeExporter: ["node_load1"]
      }
    #expect(kept == expected)
  }

  @Test func aContractThatIsMissingIsAnError() {
    var contracts = Self.contracts
    contracts["litellm"] = nil
    #expect(throws: Fault.self) { try BundleGenerator.generate(.default, contracts: contracts) }
  }

  /// What alerts and panels read must be exported by the exporters as configured, and kept by Prometheus.
  @Test func queriesReadWhatIsExportedAndKept() throws {
    let relabellings = try ScrapeJob.allCases.map { try Self.relabelling(of: $0, in: Self.bundle) }
    let queries = try queries()
    #expect(queries.count > 40)
    for query in queries {
      let names = PromQLNames(query)
      let metrics = Set(names.metrics).subtracting(["up", "ALERTS"])
      let labels = Set(names.labels).subtracting(["alertstate"])
      #expect(!names.metrics.isEmpty)
      for metric in metrics {
        // What enforcement itself puts there stays wherever the contract claims the label.
        var sample = Dictionary(uniqueKeysWithValues: labels.map { ($0, Contract.replacement) })
        sample["__name__"] = metric
        let kept = relabellings.compactMap { relabelling -> [String: String]? in
          guard case .kept(let kept) = relabelling.apply(to: sample) else { return nil }
          return kept
        }
        #expect(kept.count == 1, "\(metric)")
        let read = metrics.count == 1 ? labels : labels.intersection(["job", "instance"])
        #expect(read.allSatisfy { kept.first?[$0] != nil }, "\(query)")
      }
    }
  }

  /// The config's choice of metrics and labels must cover what is read: the rest LiteLLM does not export.
  @Test func gatewayExportsWhatItsQueriesRead() throws {
    let queries = try queries().map { PromQLNames($0) }.filter { $0.metrics.contains { $0.hasPrefix("litellm_") } }
    #expect(queries.count > 12)
    for query in queries {
      let groups = query.metrics.map { metric in
        LiteLLMExport.groups.first { group in
          group.metrics.contains { metric == $0 || metric == "\($0)_total" || metric == "\($0)_bucket" }
        }
      }
      let labels = Set(groups.flatMap { $0?.labels ?? [] })
      #expect(!groups.contains { $0 == nil }, "\(query.metrics)")
      #expect(labels.isSuperset(of: Set(query.labels).subtracting(["job", "instance", "le"])), "\(query.metrics)")
    }
  }

  @Test func panelsStandSideBySide() throws {
    for file in Self.bundle.files(with: .dashboard) {
      var taken: Set<Int> = []
      let panels = try #require(try JSONDocument.parse(file.bytes)["panels"]?.array)
      for panel in panels {
        let place = try ["x", "y", "w", "h"].map { try #require(panel["gridPos"]?[$0]?.int) }
        #expect(place[0] + place[2] <= 24)
        for y in place[1]..<place[1] + place[3] {
          for x in place[0]..<place[0] + place[2] { #expect(taken.insert(y * 24 + x).inserted) }
        }
      }
      #expect(Set(panels.compactMap { $0["id"]?.int }).count == panels.count)
    }
  }

  @Test func alertsSayWhatToDo() throws {
    let alerts = try document("rules/alerts.yaml", in: Self.bundle)["groups"]?[0]?["rules"]?.array ?? []
    #expect(
      alerts.map { "\($0["alert"]?.string ?? "") \($0["for"]?.string ?? "0")" } == [
        "VLLMDown 2m", "GPUMemoryCritical 0", "GPUTemperatureHigh 0", "ErrorRateHigh 0", "ErrorRatioHigh 5m",
        "QueueSaturation 5m",
      ])
    for alert in alerts {
      #expect(["critical", "warning"].contains(alert["labels"]?["severity"]?.string))
      #expect(alert["annotations"]?["action"] != nil && alert["annotations"]?["summary"] != nil)
      let printed = (alert["annotations"]?.mapping ?? []).flatMap { TemplateActions.uses(in: $0.value.string ?? "") }
      #expect(printed.allSatisfy { [.label("instance"), .label("gpu"), .label("job")].contains($0.use) })
    }
  }

  @Test func countersHaveThreeFields() {
    let lines = DCGMCounters.csv.split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(lines.count == DCGMCounters.exported.count)
    #expect(lines.allSatisfy { $0.split(separator: ",").count == 3 })
    #expect(DCGMCounters.exported.allSatisfy { $0.kind == "label" || MetricCatalogue.defaultDCGM.contains($0.field) })
  }

  private func document(_ name: String, in bundle: BundleFiles) throws -> PositionedValue {
    try YAMLDocument.parse(try #require(bundle["configs/base/\(name)"]).bytes)
  }

  private func queries() throws -> [String] {
    let files = Self.bundle.files(with: .dashboard) + Self.bundle.files(with: .rules)
    return files.flatMap { CheckedFile($0).documents.flatMap { Query.all(in: $0).map(\.text) } }
  }
}

/// The bundle starts and configures programs as their contracts want it.
@Suite struct BundleSettingsTests {
  @Test func vettedSettingsStandInTheBundle() throws {
    let contracts = try PolicySet.embedded().contracts
    let launch = try VettedLaunch(try #require(contracts["vllm"]))
    let arguments = GeneratorTests.bundle.files(with: .vllmArguments).map { String(decoding: $0.bytes, as: UTF8.self) }
    #expect(!arguments.isEmpty)
    for text in arguments { #expect((launch.environment + launch.options).allSatisfy { text.contains($0) }) }
    let vetted = try YAMLDocument.parse(
      Array(try VettedConfiguration(try #require(contracts["litellm"])).yaml.utf8))
    let file = try #require(GeneratorTests.bundle.files(with: .litellmConfig).first)
    let written = try YAMLDocument.parse(file.bytes)
    for section in vetted.mapping ?? [] {
      for entry in section.value.mapping ?? [] {
        let own = written[section.key.string ?? ""]?[entry.key.string ?? ""]
        #expect(own.map(Self.text) == Self.text(entry.value), "\(entry.key.string ?? "")")
      }
    }
  }

  private static func text(_ value: PositionedValue) -> String {
    if let array = value.array { return "[\(array.map(text).joined(separator: ","))]" }
    guard let entries = value.mapping else { return value.string ?? "" }
    return "{\(entries.map { "\(text($0.key)):\(text($0.value))" }.joined(separator: ","))}"
  }
}
