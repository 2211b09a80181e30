import Fleet
import Foundation
import Syntax

/// What `GET /metrics` of a vLLM 0.33.0 server answers.
struct VLLMExposition {
  let server: Server
  let time: Double

  private var meters: EngineMeters { server.engine.meters }
  private var own: Meter.Labels { [.init("engine", "0"), .init("model_name", server.model.name)] }

  func families(only names: Set<String>?) -> [MetricFamily] {
    Catalogue.vllm.families.filter { $0.isAsked(in: names) }.flatMap { family in
      family.exposed(meter(family)) { PlatformModel.epoch + meters.started + 12 + 1e-5 * Double($0) }
    }
  }

  private var process: PythonProcess {
    let uptime = time - meters.started
    return PythonProcess(
      started: meters.started, now: time, cpuSeconds: 21 + 0.11 * uptime + 0.002 * meters.generated,
      residentBytes: 1_612_546_048 + 4096 * (uptime / 3).rounded(.down), virtualBytes: 19_131_064_320,
      openFiles: 40 + Double(server.engine.running.count + server.engine.waiting.count))
  }

  private func meter(_ family: Catalogue.Family) -> Meter {
    if let own = process.meter(family.name) { return own }
    if family.type == .histogram { return histogram(family) }
    switch family.name {
    case "vllm:num_requests_running": return one(Double(server.engine.running.count))
    case "vllm:num_requests_waiting": return one(Double(server.engine.waiting.count))
    case "vllm:num_requests_waiting_by_reason":
      return split("reason", [("capacity", Double(server.engine.waiting.count)), ("deferred", 0)])
    case "vllm:engine_sleep_state":
      return split("sleep_state", [("awake", 1), ("weights_offloaded", 0), ("discard_all", 0)])
    case "vllm:kv_cache_usage_perc": return one(server.engine.cacheUsage)
    case "vllm:prefix_cache_queries_total": return one(Double(meters.promptTokens))
    case "vllm:prefix_cache_hits_total", "vllm:prompt_tokens_cached_total": return one(Double(meters.cachedTokens))
    case "vllm:num_preemptions_total": return one(Double(meters.preemptions))
    case "vllm:prompt_tokens_total": return one(Double(meters.promptTokens))
    case "vllm:prompt_tokens_by_source_total":
      let computed = Double(meters.promptTokens - meters.cachedTokens)
      return split(
        "source",
        [("local_compute", computed), ("local_cache_hit", Double(meters.cachedTokens)), ("external_kv_transfer", 0)])
    case "vllm:prompt_tokens_cached_by_source_total":
      let others = ["host", "p2p", "disk", "external_unspecified"].map { ($0, 0.0) }
      return split("source", [("device", Double(meters.cachedTokens))] + others)
    case "vllm:generation_tokens_total": return one(meters.generated.rounded(.down))
    case "vllm:request_success_total":
      func ended(_ outcome: Request.Outcome) -> Double { Double(meters.finished[outcome] ?? 0) }
      return split(
        "finished_reason",
        [("stop", ended(.stop)), ("length", ended(.length)), ("abort", 0), ("error", 0), ("repetition", 0)])
    case "vllm:admission_rejections_total":
      return .values(
        ["max_num_queued_reqs", "max_num_queued_tokens"].map {
          ([.init("model_name", server.model.name), .init("reason", $0)], 0)
        })
    case "vllm:cache_config_info": return .values([(cacheConfiguration(family.labels), 1)])
    case "http_requests_total":
      return .values(
        answers.map { status, count in
          ([.init("handler", Self.chat), .init("method", "POST"), .init("status", "\(status)xx")], Double(count))
        })
    case "http_request_size_bytes": return sizes(meters.requestBytes)
    case "http_response_size_bytes": return sizes(meters.responseBytes)
    // Always registered, and nothing on this platform moves them: no MFU metrics, no multi-modal or external cache.
    default: return one(0)
    }
  }

  private static let chat = "/v1/chat/completions"

  private var answers: [(key: Int, value: Int)] { meters.answered.sorted { $0.key < $1.key } }

  private func one(_ value: Double) -> Meter { .values([(own, value)]) }

  private func split(_ label: String, _ parts: [(String, Double)]) -> Meter {
    .values(parts.map { (own + [.init(label, $0)], $1) })
  }

  private func histogram(_ family: Catalogue.Family) -> Meter {
    guard let histogram = meters.histograms[family.name] else { return .none }
    switch family.name {
    case "http_request_duration_highr_seconds": return .histograms([([], histogram)])
    case "http_request_duration_seconds":
      guard !meters.answered.isEmpty else { return .none }
      return .histograms([([.init("handler", Self.chat), .init("method", "POST")], histogram)])
    default: return .histograms([(own, histogram)])
    }
  }

  private func sizes(_ bytes: Int) -> Meter {
    guard !meters.answered.isEmpty else { return .none }
    let count = meters.answered.values.reduce(0, +)
    return .summaries([([.init("handler", Self.chat)], count: Double(count), sum: Double(bytes))])
  }

  /// `vllm:cache_config_info`: what this server's cache was configured with; settings that were left alone say so.
  private func cacheConfiguration(_ labels: [String]) -> Meter.Labels {
    let known = [
      "_block_size_resolved": "True", "block_size": "\(EngineSize.blockSize)", "cache_dtype": "auto",
      "enable_mamba_shared_prefix_checkpoint": "False", "enable_prefix_caching": "True", "engine": "0",
      "gpu_memory_utilization": "\(server.model.memoryUtilization)", "is_attention_free": "False",
      "kv_cache_dtype_skip_layers": "[]", "kv_offloading_backend": "native", "kv_sharing_fast_prefill": "False",
      "mamba_cache_dtype": "auto", "mamba_cache_mode": "none", "mamba_ssm_cache_dtype": "auto",
      "num_gpu_blocks": "\(server.engine.size.blocks)", "prefix_cache_retention_interval": "0",
      "prefix_caching_hash_algo": "sha256", "replayssm_buffer_len": "16", "swa_bounded_replay": "True",
      "use_kda_recoverssm": "False", "use_replayssm": "False", "user_specified_block_size": "False",
    ]
    return labels.map { .init($0, known[$0] ?? "None") }
  }
}
