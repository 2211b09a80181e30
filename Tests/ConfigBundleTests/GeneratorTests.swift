import Contracts
import Expressions
import Fleet
import Foundation
import Pipelines
import Policy
import Syntax
import Templates
import Testing
import Vocabulary

@testable import ConfigBundle
@testable import Flow

@Suite struct GeneratorTests {
  static let contracts = (try? PolicySet.embedded().contracts) ?? [:]
  static let bundle = (try? generate(.default)) ?? ConfigFiles([])

  static func generate(_ fleet: Fleet) throws -> ConfigFiles {
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

  static func relabelling(of job: ScrapeJob, in bundle: ConfigFiles) throws -> Relabelling {
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
    let others = ["vllm:cache_config_info", "litellm_total_users", "node_load1", "DCGM_FI_DEV_FB_TOTAL"]
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
      let names = PromQLReading(ofAnyText: query)
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
    let queries = try queries().map { PromQLReading(ofAnyText: $0) }
      .filter { $0.metrics.contains { $0.hasPrefix("litellm_") } }
    #expect(queries.count > 12)
    let config = try document("litellm/config.yaml", in: Self.bundle)["litellm_settings"]
    let exported = config?["prometheus_metrics_config"]?.array ?? []
    for query in queries {
      let groups = query.metrics.map { metric in
        exported.first { group in
          let names = (group["metrics"]?.array ?? []).compactMap(\.string)
          return names.contains { metric == $0 || metric == "\($0)_total" || metric == "\($0)_bucket" }
        }
      }
      let labels = Set(groups.flatMap { $0?["include_labels"]?.array ?? [] }.compactMap(\.string))
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
      for annotation in alert["annotations"]?.mapping ?? [] {
        let flow = try Template(annotation.value.string ?? "", dialect: .prometheus).flow()
        #expect(
          Set(flow.output.map(\.source)).isSubset(
            of: [.value] + ["instance", "gpu", "job"].map { .entry(.labels, $0) }))
      }
    }
  }

  /// The exporter's own choice, so that no card is asked for a field that it may not have.
  @Test func countersAreTheExportersOwn() throws {
    let csv = String(decoding: try #require(Self.bundle["configs/base/dcgm/counters.csv"]).bytes, as: UTF8.self)
    let lines = csv.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { $0.split(separator: ",") }
    #expect(lines.allSatisfy { $0.count == 3 })
    let fields = lines.filter { $0[1] != " label" }.map { String($0[0]) }
    #expect(Set(fields) == Set(DCGMFields.help.keys))
  }

  private func document(_ name: String, in bundle: ConfigFiles) throws -> PositionedValue {
    try YAMLDocument.parse(try #require(bundle["configs/base/\(name)"]).bytes)
  }

  private func queries() throws -> [String] {
    let files = Self.bundle.files(with: .dashboard) + Self.bundle.files(with: .rules)
    return files.flatMap { CheckedFile($0).documents.flatMap { Query.all(in: $0).map(\.text) } }
  }

  @Test func theGeneratedBundleHasOneRemark() {
    #expect(
      ConfigChecks.check(Self.bundle, ContractFacts(Self.contracts.values)).map(\.rule) == ["promtail-end-of-life"])
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

  private static func changed(_ source: String, _ change: (inout Contract) -> Void) throws -> ConfigFiles {
    var contracts = GeneratorTests.contracts
    var contract = try #require(contracts[source])
    change(&contract)
    contracts[source] = contract
    return try BundleGenerator.generate(.default, contracts: contracts)
  }

  private static func text(_ name: String, in bundle: ConfigFiles) throws -> String {
    String(decoding: try #require(bundle["configs/base/\(name)"]).bytes, as: UTF8.self)
  }

  /// A clause that goes takes what it vets with it, and one that changes changes it, wherever the bundle writes it.
  @Test(arguments: [
    ("vllm", "vllm-log-requests", "--no-enable-log-requests", "--never-log", "vllm/gpu-node1.args"),
    ("vllm", "vllm-logging-level", "VLLM_LOGGING_LEVEL=INFO", "VLLM_LOGGING_LEVEL=ERROR", "vllm/gpu-node2.args"),
    ("litellm", "litellm-redact-keys", "true", "false", "litellm/config.yaml"),
    ("litellm", "litellm-database-settings", "false", "true", "litellm/config.yaml"),
    ("litellm", "litellm-log-level", "LITELLM_LOG=CRITICAL", "LITELLM_LOG=NONE", "litellm/litellm.env"),
  ])
  func programsAreSetAsClausesSay(
    source: String, clause: String, vetted: String, other: String, file: String
  ) throws {
    let settings = try #require(GeneratorTests.contracts[source]).settings
    let key = try #require(settings.first { $0.id == clause }).carriers.keys.first?.split(separator: ".").last
    func line(_ value: String) -> String { key.map { "\n  \($0): \(value)\n" } ?? value }
    let usual = try Self.text(file, in: GeneratorTests.bundle)
    #expect(usual.contains(line(vetted)) && !usual.contains(line(other)))
    let without = try Self.changed(source) { $0.settings.removeAll { $0.id == clause } }
    #expect(try !Self.text(file, in: without).contains(line(vetted)))
    let changed = try Self.changed(source) { contract in
      for index in contract.settings.indices where contract.settings[index].id == clause {
        contract.settings[index].vetted = other
      }
    }
    #expect(try Self.text(file, in: changed) == usual.replacing(line(vetted), with: line(other)))
  }

  /// What LiteLLM is told to export is what Prometheus keeps of it.
  @Test func metricsOfTheGatewayAreThoseOfTheClause() throws {
    let metric = "litellm_deployment_state"
    let sample = ["__name__": metric, "job": "litellm"]
    let bundle = try Self.changed("litellm") { contract in
      for index in contract.settings.indices where contract.settings[index].id == "litellm-metric-labels" {
        contract.settings[index].vetted = "- group: a\n  metrics: [litellm_in_flight_requests]\n"
      }
    }
    #expect(try !Self.text("litellm/config.yaml", in: bundle).contains(metric))
    let relabelling = try GeneratorTests.relabelling(of: .litellm, in: bundle)
    #expect(relabelling.apply(to: sample) == .dropped(rule: 0))
    #expect(relabelling.apply(to: ["__name__": "litellm_in_flight_requests"]) != .dropped(rule: 0))
    // Where nothing chooses, it exports whatever it has.
    let all = try Self.changed("litellm") { $0.settings.removeAll { $0.id == "litellm-metric-labels" } }
    #expect(try !Self.text("litellm/config.yaml", in: all).contains("prometheus_metrics_config"))
    let kept = try GeneratorTests.relabelling(of: .litellm, in: all)
    #expect(kept.apply(to: sample) != .dropped(rule: 0))
  }

  @Test func cardsExportWhatIsClaimed() throws {
    let field = "DCGM_FI_DEV_POWER_USAGE"
    #expect(
      try Self.text("dcgm/counters.csv", in: GeneratorTests.bundle).contains("\n\(field), gauge, Power draw (in W).\n"))
    let bundle = try Self.changed("dcgm-exporter") { contract in
      for index in contract.metrics.indices { contract.metrics[index].families.removeAll { $0 == field } }
    }
    #expect(try !Self.text("dcgm/counters.csv", in: bundle).contains(field))
    let relabelling = try GeneratorTests.relabelling(of: .dcgmExporter, in: bundle)
    #expect(relabelling.apply(to: ["__name__": field]) == .dropped(rule: 0))
  }

  @Test func vettedValuesThatAreNoYAMLAreRefused() throws {
    let fault = #expect(throws: Fault.self) {
      try Self.changed("litellm") { contract in
        for index in contract.settings.indices where contract.settings[index].id == "litellm-redact-keys" {
          contract.settings[index].vetted = "[true"
        }
      }
    }
    #expect(fault?.problem.contains("litellm") == true && fault?.status == .usage)
  }

  @Test(arguments: ["vllm", "litellm", "dcgm-exporter"])
  func aContractThatSaysNothingIsRefused(source: String) throws {
    let fault = #expect(throws: Fault.self) {
      try Self.changed(source) { contract in
        contract.settings = []
        contract.metrics = contract.metrics.filter { !$0.families.contains { $0.hasPrefix("DCGM_FI_") } }
      }
    }
    #expect(fault?.problem.contains(source) == true)
  }

  private static func text(_ value: PositionedValue) -> String {
    if let array = value.array { return "[\(array.map(text).joined(separator: ","))]" }
    guard let entries = value.mapping else { return value.string ?? "" }
    return "{\(entries.map { "\(text($0.key)):\(text($0.value))" }.joined(separator: ","))}"
  }
}
