import Detection
import Fleet
import Pipelines
import Policy
import Sinks
import Syntax
import Testing
import Vocabulary

@testable import Audit

/// What is held to which contract: by the policy's streams and jobs, by the inventory, by a source's own names.
@Suite struct ContractBindingTests {
  private let policy: PolicySet

  init() throws { policy = try PolicySet.embedded() }

  private static let fleet = Fleet(
    site: "s",
    nodes: [
      Node(name: "admin", roles: [.management]), Node(name: "gw", roles: [.gateway]),
      Node(
        name: "gpu1", roles: [.gpu], gpus: GPUs(count: 1, name: "NVIDIA H100 80GB HBM3", memoryMiB: 1, serves: "chat")),
    ],
    models: [Model(name: "chat", weights: "/w", maxModelLength: 1, maxSequences: 1, memoryUtilization: 0.9)],
    receivers: [])

  private func auditor(_ bindings: [SourceBinding] = [], fleet: Fleet? = nil) throws -> Auditor {
    var policy = policy
    policy.sources = bindings
    let key = FingerprintKey(bytes: Array(repeating: 9, count: 32))
    return Auditor(
      detectors: try Detectors(policy.detection), settings: policy.detection,
      contracts: ContractsInForce(policy, fleet: fleet), canaries: nil, without: [.detection],
      rules: RuleBook(policy), names: NameGuard(known: policy.knownNames, key: key), key: key)
  }

  private func read(
    _ text: String, as name: String = "x", _ format: Format? = nil, bindings: [SourceBinding] = [], fleet: Fleet? = nil
  ) throws -> (rules: [String], coverage: Coverage) {
    let auditor = try auditor(bindings, fleet: fleet)
    let coverage = try FileSink.read(Array(text.utf8), path: name, format: format, surface: .log, into: auditor)
    return (auditor.table.sorted.map(\.rule).sorted(), auditor.corrected(coverage))
  }

  private static let access = #"INFO:     10.0.0.7:59898 - \"POST /v1/chat/completions HTTP/1.1\" 200 OK"#

  /// Two streams of one tenant, whose entries come by turns.
  private static let push = """
    {"streams": [
      {"stream": {"job": "vllm"}, "values": [["1", "\(access)"], ["2", "um cobertor"]]},
      {"stream": {"job": "outro"}, "values": [["1", "um cobertor a mais"]]}]}
    """

  private func selector(_ text: String) throws -> StreamSelector {
    try StreamSelector(try YAMLDocument.parse(Array("'\(text)'".utf8), path: "p"), path: "p")
  }

  @Test(arguments: [
    (#"{job="vllm"}"#, "vllm, none", 1), (#"{job=~"vl.*|outro"}"#, "vllm", 2), (#"{job!="vllm"}"#, "vllm, none", 1),
    (#"{node="n"}"#, "none", 0),
  ])
  func streamsAreBoundByTheirLabels(_ text: String, _ contract: String, _ findings: Int) throws {
    let bindings = [SourceBinding(stream: try selector(text), contract: "vllm")]
    let read = try read(Self.push, .lokiPush, bindings: bindings)
    #expect(read.coverage.contract == contract)
    #expect(read.rules == Array(repeating: "contract-line", count: findings))
  }

  @Test func aStreamsLabelsAndMetadataAreHeldToWhatStoresAdd() throws {
    let push = """
      {"streams": [{"stream": {"job": "vllm", "node": "gpu1", "cliente": "cobertor"}, "values": [
        ["1", "\(Self.access)", {"detected_level": "info"}], ["2", "\(Self.access)", {"detected_level": "cobertor"}],
        ["3", "\(Self.access)", {"trecho": "cobertor"}]]}]}
      """
    let read = try read(push, .lokiPush, fleet: Self.fleet)
    #expect(read.rules == ["contract-label", "contract-label", "contract-value"])
    #expect(read.coverage.contract == "vllm" && read.coverage.claims?["vllm"]?.lines.claimed == 3)
    #expect(read.coverage.claims?["store"]?.values.claimed == 3 && read.coverage.claims?["store"]?.values.all == 6)
  }

  @Test func whatOneStreamHasBegunAnotherDoesNotGoOnWith() throws {
    let models = #"\u001b[32mLiteLLM: Proxy initialized with Config, Set models:\u001b[0m"#
    let model = #"\u001b[32m    chat\u001b[0m"#
    let push = """
      {"streams": [
        {"stream": {"job": "litellm", "node": "gw"}, "values": [["1", "\(models)"]]},
        {"stream": {"job": "litellm", "node": "admin"}, "values": [["1", "\(model)"]]},
        {"stream": {"job": "litellm", "node": "gw"}, "values": [["2", "\(model)"]]}]}
      """
    let read = try read(push, .lokiPush, fleet: Self.fleet)
    #expect(read.rules == ["contract-line"] && read.coverage.claims?["litellm"]?.lines.claimed == 2)
  }

  private static func series(_ labels: [String]) -> String {
    #"{"status": "success", "data": ["# + labels.map { "{\($0)}" }.joined(separator: ", ") + "]}"
  }

  private static let instance = #""instance": "gpu1:8000""#

  @Test(arguments: [
    // Each series is held to the contract of its job.
    (#""__name__": "vllm:num_requests_running", "job": "vllm", "engine": "0", "model_name": "chat""#, [], "vllm"),
    (
      #""__name__": "vllm:num_requests_running", "job": "vllm", "engine": "0", "model_name": "um cobertor""#,
      ["contract-value"], "vllm"
    ),
    (#""__name__": "vllm:num_requests_running", "job": "litellm", "engine": "0""#, ["contract-family"], "litellm"),
    (#""__name__": "vllm:num_requests_running", "job": "vllm", "cliente": "cobertor""#, ["contract-label"], "vllm"),
    // The log's store and its shippers; of Alloy not all series are stated, so that its job binds none of the others.
    (#""__name__": "loki_panic_total", "job": "loki""#, [], "loki"),
    (#""__name__": "loki_unheard_of", "job": "loki""#, ["contract-family"], "loki"),
    (
      #""__name__": "loki_distributor_lag_ms_total", "job": "loki", "userAgent": "um cobertor""#, ["contract-value"],
      "loki"
    ),
    (
      #""__name__": "request_duration_seconds_count", "job": "promtail", "method": "COBERTOR""#, ["contract-value"],
      "promtail"
    ),
    (#""__name__": "unheard_of", "job": "promtail""#, ["contract-family"], "promtail"),
    (#""__name__": "go_unheard_of", "job": "alloy""#, [], "none"),
    // What Prometheus adds.
    (#""__name__": "up", "job": "vllm""#, [], "store"), (#""__name__": "up", "job": "outro""#, [], "store"),
    (#""__name__": "up", "job": "um cobertor""#, ["contract-value"], "store"),
    (
      #""__name__": "ALERTS", "alertname": "A", "alertstate": "firing", "job": "vllm", "model_name": "chat""#, [],
      "store"
    ),
    (
      #""__name__": "ALERTS", "alertname": "A", "alertstate": "firing", "job": "vllm", "model_name": "um cobertor""#,
      ["contract-label"], "store"
    ),
    // An exporter's own label that the target has too.
    (#""__name__": "DCGM_FI_DEV_GPU_TEMP", "job": "dcgm-exporter", "exported_gpu": "3""#, [], "dcgm-exporter"),
    (#""__name__": "own_metric", "job": "outro", "cliente": "cobertor""#, [], "none"),
  ])
  func seriesAreBoundByTheirJob(_ labels: String, _ rules: [String], _ contract: String) throws {
    let read = try read(Self.series([labels + ", " + Self.instance]), .prometheusAPI, fleet: Self.fleet)
    #expect(read.rules == rules && read.coverage.contract == contract)
  }

  @Test func jobsAreBoundByThePolicyToo() throws {
    let job = #""__name__": "vllm:unheard_of", "job": "inference-7""#
    let bound = try read(
      Self.series([job]), .prometheusAPI, bindings: [SourceBinding(job: "inference-*", contract: "vllm")])
    #expect(bound.rules == ["contract-family"] && bound.coverage.contract == "vllm")
    #expect(try read(Self.series([job]), .prometheusAPI).rules == [])
  }

  @Test(arguments: [
    ("logs/vllm@gpu1.log", "vllm"), ("/var/log/vllm/gpu1.log", "vllm"), ("logs/litellm.log", "litellm"),
    ("logs/vllm@other.log", "none"), ("logs/gpu1.log", "none"), ("logs/vllm@gpu1.txt", "none"),
  ])
  func theInventoryBindsLogsByJobAndNode(_ name: String, _ contract: String) throws {
    let read = try read("um cobertor\n", as: name, fleet: Self.fleet)
    #expect(read.coverage.contract == contract && read.rules.isEmpty == (contract == "none"))
    #expect(try self.read("um cobertor\n", as: name).coverage.contract == "none")
  }

  @Test(arguments: [
    ("gpu1", 8000, "vllm@gpu1"), ("gpu1.cluster.local", 9400, "dcgm-exporter@gpu1"), ("gw", 4000, "litellm@gw"),
    ("gw", 8000, nil), ("gpu1", 8001, nil), ("other", 9100, nil),
  ])
  func theInventoryNamesItsExporters(_ host: String, _ port: Int, _ name: String?) {
    #expect(FleetSources(Self.fleet).name(ofHost: host, port: port) == name)
  }

  @Test(arguments: [
    // Unbound: value types of clauses that the prefix names, and what they forbid; nothing else.
    (#"vllm:num_requests_running{engine="um cobertor"} 1"#, ["contract-value"]),
    (#"vllm:num_requests_running{engine="0",pod="um cobertor"} 1"#, []), (#"vllm:unheard_of{a="um cobertor"} 1"#, []),
    (#"litellm_requests_metric_total{end_user_metadata="x",custom_metadata="x"} 1"#, []),
    // Names of models are anybody's guess without an inventory.
    (#"vllm:num_requests_running{engine="0",model_name="um cobertor"} 1"#, []),
    (#"loki_distributor_lag_ms_total{userAgent="um cobertor"} 1"#, ["contract-value"]),
    (#"loki_write_sent_bytes_total{component_id="um cobertor"} 1"#, ["contract-value"]),
    (#"loki_process_dropped_lines_by_label_total{label_name="x",label_value="x"} 1"#, ["contract-forbidden"]),
    (#"DCGM_FI_DEV_GPU_TEMP{gpu="um cobertor"} 1"#, ["contract-value"]), (#"node_os_info{id="um cobertor"} 1"#, []),
  ])
  func unboundSeriesAreHeldToTheClausesOfTheirOwnNames(_ sample: String, _ rules: [String]) throws {
    let read = try read(sample + "\n", .exposition)
    #expect(read.rules == rules && read.coverage.contract == "none" && read.coverage.claims == nil)
  }

  @Test func withAnInventoryItsNamesCountForUnboundSeriesToo() throws {
    let sample = #"vllm:num_requests_running{engine="0",model_name="um cobertor"} 1"# + "\n"
    #expect(try read(sample, .exposition, fleet: Self.fleet).rules == ["contract-value"])
  }

  @Test func eachPartOfAStoreHasItsOwnTally() throws {
    let auditor = try auditor(fleet: Self.fleet)
    let sink = Sink(.prometheus, "p")
    for (part, name) in [("series", "vllm:num_requests_running"), ("exemplars", "vllm:kv_cache_usage_perc")] {
      let bytes = Array(name.utf8)
      try bytes.withUnsafeBytes { raw in
        try auditor.receive(
          Batch(
            sink: sink, part: part, bytes: raw,
            records: [Record(range: 0..<raw.count, surface: .label, slot: .labelValue, owner: 0, name: 0)],
            ownerKind: .family, owners: [name], ownerLabels: [["job": "vllm"]], names: ["__name__"]))
      }
    }
    for part in ["series", "exemplars", "metadata"] {
      let stated = auditor.corrected(Coverage(sink: sink, surface: .label, outcome: .judged, format: part))
      #expect(stated.contract == "vllm" && stated.claims?["vllm"]?.families.all == (part == "metadata" ? nil : 1))
    }
    let alerts = auditor.corrected(Coverage(sink: sink, surface: .alert, outcome: .judged, format: "alerts"))
    #expect(alerts.contract == "none")
  }
}
