/// Families that the bundle lets through to Prometheus; its alerts and dashboards read nothing else.
enum ExportedFamilies {
  /// All of vLLM's own but two: `lora_requests_info` holds adapter names (free text, settable at run time), and
  /// `cache_config_info` has a label for every setting.
  static let vllm = VLLMMetrics.families.filter {
    !["vllm:lora_requests_info", "vllm:cache_config_info"].contains($0.name)
  }

  /// What the bundle's LiteLLM config exports; see `LiteLLMExport`.
  static let litellm = LiteLLMExport.groups.flatMap(\.metrics).compactMap { exported in
    LiteLLMMetrics.families.first { $0.name == exported || $0.name == "\(exported)_total" }
  }

  /// Node exporter 1.5.0.
  static let node =
    named(
      .counter,
      [
        "node_cpu_seconds_total", "node_disk_io_time_seconds_total", "node_disk_read_bytes_total",
        "node_disk_written_bytes_total", "node_network_receive_bytes_total", "node_network_transmit_bytes_total",
        "node_network_receive_errs_total", "node_network_transmit_errs_total",
      ])
    + named(
      .gauge,
      [
        "node_boot_time_seconds", "node_filesystem_avail_bytes", "node_filesystem_readonly",
        "node_filesystem_size_bytes",
        "node_load1", "node_load5", "node_load15", "node_memory_MemAvailable_bytes", "node_memory_MemFree_bytes",
        "node_memory_MemTotal_bytes", "node_memory_SwapFree_bytes", "node_memory_SwapTotal_bytes",
        "node_scrape_collector_success", "node_time_seconds",
      ])

  static let dcgm = DCGMCounters.exported.filter { $0.kind != "label" }.map {
    MetricFamilyName(name: $0.field, kind: $0.kind == "counter" ? .counter : .gauge)
  }
}
