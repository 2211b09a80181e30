import Contracts
import Syntax

/// Which metric names the exporters that contracts state have, and what became of those that they had.
///
/// Sources: the contracts; for names of before, vLLM's releases up to 0.12; DCGM exporter 4.8.2 (default counters).
struct MetricCatalogue: Sendable {
  /// Names of samples, by the id of the contract that states them.
  private let samples: [String: Set<String>]
  private let versions: [String: String]

  init(_ contracts: some Sequence<Contract>) {
    var samples: [String: Set<String>] = [:]
    var versions: [String: String] = [:]
    for contract in contracts {
      samples[contract.source] = Set(contract.metrics.flatMap(\.sampleNames))
      versions[contract.source] = contract.versions
    }
    self.samples = samples
    self.versions = versions
  }

  private func has(_ name: String, _ source: String) -> Bool { samples[source]?.contains(name) == true }

  struct Dead: Equatable {
    /// The name that is read.
    var name: String
    /// What is wrong, as the rest of a sentence about the query.
    var reason: String
    var remedy: String
    /// False where another version or configuration of the exporter might well export it.
    var isCertain = true
    /// Names of samples that say the same, by themselves or added up; empty where there are none, or where more must be changed.
    var successors: [String] = []
    /// Under what condition a successor says the same.
    var condition: [LabelMatcher] = []
  }

  /// Why a query that reads this name gets nothing; nil where it may get something.
  ///
  /// - Parameters:
  ///   - dcgmFields: what the tree's counters file exports; nil for the exporter's defaults.
  ///   - gateways: how the tree configures LiteLLM.
  func dead(_ name: String, dcgmFields: Set<String>?, gateways: [LiteLLMConfiguration]) -> Dead? {
    if name.hasPrefix("DCGM_FI_") { return deadDCGM(name, dcgmFields) }
    if name.hasPrefix("litellm_") { return deadLiteLLM(name, gateways) }
    // A second colon is the mark of a recording rule.
    if name.hasPrefix("vllm:"), name.utf8.count(where: { $0 == UInt8(ascii: ":") }) == 1 { return deadVLLM(name) }
    return nil
  }

  private func deadLiteLLM(_ name: String, _ gateways: [LiteLLMConfiguration]) -> Dead? {
    if has(name, "litellm") {
      guard !gateways.isEmpty, !gateways.contains(where: { $0.exports(name) }) else { return nil }
      return Dead(
        name: name, reason: "reads \(name), which LiteLLM's configuration leaves out",
        remedy: "add it to a group of prometheus_metrics_config")
    }
    if name.hasPrefix("litellm_errors") {
      return Dead(
        name: name, reason: "reads litellm_errors, which LiteLLM does not export",
        remedy: "read litellm_proxy_failed_requests_metric_total, summed, with exception_status=~\"5..|408\"",
        successors: ["litellm_errors", "litellm_errors_total"].contains(name)
          ? ["litellm_proxy_failed_requests_metric_total"] : [],
        condition: [LabelMatcher(name: "exception_status", op: .matches, value: "5..|408")])
    }
    return withoutSuffix(name, of: "litellm")
      ?? Dead(
        name: name, reason: "reads a litellm_ metric that LiteLLM \(versions["litellm"] ?? "") does not export",
        remedy: "compare the name with LiteLLM's /metrics/", isCertain: false)
  }

  private func deadVLLM(_ name: String) -> Dead? {
    if has(name, "vllm") { return nil }
    let short = name.dropFirst("vllm:".count)
    if let (old, new) = Self.renamed.first(where: { short == $0.old || Self.isSample(short, of: $0.old) }) {
      return Dead(
        name: name, reason: "reads vllm:\(old), which vLLM no longer exports",
        remedy: new.map { "read \($0)" } ?? "remove it: vLLM's current engine has nothing like it",
        successors: [new ?? "", (new ?? "") + short.dropFirst(old.count)].last { has($0, "vllm") }.map { [$0] } ?? [])
    }
    if Self.optional.contains(where: short.hasPrefix) { return nil }
    return withoutSuffix(name, of: "vllm")
      ?? Dead(
        name: name, reason: "reads a vllm: metric that vLLM \(versions["vllm"] ?? "") does not export",
        remedy: "compare the name with vLLM's /metrics", isCertain: false)
  }

  private func deadDCGM(_ name: String, _ fields: Set<String>?) -> Dead? {
    guard !(fields ?? Self.defaultDCGM).contains(name) else { return nil }
    if name == "DCGM_FI_DEV_FB_TOTAL" {
      return Dead(
        name: name, reason: "reads DCGM_FI_DEV_FB_TOTAL, which the DCGM exporter does not export by default",
        remedy: """
          divide by DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE + DCGM_FI_DEV_FB_RESERVED, or add the field to the counters \
          file
          """,
        successors: ["DCGM_FI_DEV_FB_USED", "DCGM_FI_DEV_FB_FREE", "DCGM_FI_DEV_FB_RESERVED"])
    }
    return Dead(
      name: name,
      reason: fields == nil
        ? "reads a DCGM field that is not among the exporter's default counters"
        : "reads a DCGM field that the counters file does not export",
      remedy: "add the field to the counters file", isCertain: fields != nil)
  }

  /// A counter by its name in the program's source, to which the client library adds `_total`.
  private func withoutSuffix(_ name: String, of source: String) -> Dead? {
    guard has("\(name)_total", source) else { return nil }
    return Dead(
      name: name, reason: "reads \(name), which is exported as \(name)_total", remedy: "read \(name)_total",
      successors: ["\(name)_total"])
  }

  private static func isSample(_ name: Substring, of family: String) -> Bool {
    ["_bucket", "_sum", "_count", "_total"].contains { name == family + $0 }
  }

  /// Names of before vLLM 0.12, without prefix, and what to read instead.
  private static let renamed: [(old: String, new: String?)] = [
    ("gpu_cache_usage_perc", "vllm:kv_cache_usage_perc"),
    ("gpu_prefix_cache_queries", "vllm:prefix_cache_queries_total"),
    ("gpu_prefix_cache_hits", "vllm:prefix_cache_hits_total"),
    (
      "gpu_prefix_cache_hit_rate",
      "rate(vllm:prefix_cache_hits_total[5m]) / rate(vllm:prefix_cache_queries_total[5m])"
    ),
    ("time_per_output_token_seconds", "vllm:inter_token_latency_seconds"),
    ("num_requests_swapped", nil), ("cpu_cache_usage_perc", nil), ("cpu_prefix_cache_hit_rate", nil),
  ]

  /// Beginnings of families, without prefix, that vLLM exports only with certain features.
  private static let optional = [
    "corrupted_requests", "diffusion_num_", "hf3fs_", "hisparse_", "kv_block_", "kv_offload_", "mooncake_", "nixl_",
    "num_requests_kv_fetch_by_stage", "rl_weight_update_", "simple_kv_offload_", "sleep_mode_operation",
    "tool_call_parser_invocations", "umbp_", "watermark_requests", "websocket_",
  ]

  static let defaultDCGM = Set(DCGMFields.help.keys)
}

extension MetricClause {
  /// Names of the samples that its families show, with those by which client libraries tell when a counter began.
  var sampleNames: [String] {
    families.flatMap { family -> [String] in
      switch kind {
      case .counter:
        [family, family.hasSuffix("_total") ? String(family.dropLast(6)) + "_created" : "\(family)_created"]
      case .histogram: ["bucket", "sum", "count", "created"].map { "\(family)_\($0)" }
      case .summary: [family] + ["sum", "count", "created"].map { "\(family)_\($0)" }
      case .gauge, .untyped, .info: [family]
      }
    }
  }
}
