/// The machines: targets, alerts, processors, memory, disks, network, GPUs.
enum SystemDashboard {
  static let dashboard = Dashboard(
    uid: "sigilo-system", title: "System",
    panels: [
      Panel("Targets up", as: .stat, ("sum(up)", "up")),
      Panel("Targets down", as: .stat, ("count(up == 0) or vector(0)", "down")),
      Panel("Alerts firing", as: .stat, (#"count(ALERTS{alertstate="firing"}) or vector(0)"#, "firing")),
      Panel("GPUs", as: .stat, ("count(DCGM_FI_DEV_GPU_TEMP)", "GPUs")),
      Panel(
        "Processors busy", unit: .percentunit,
        (#"1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m]))"#, "{{instance}}")),
      Panel("Load (1 min)", ("node_load1", "{{instance}}")),
      Panel(
        "Memory in use", unit: .percentunit,
        ("1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes", "{{instance}}")),
      Panel(
        "File systems in use", unit: .percentunit,
        ("1 - node_filesystem_avail_bytes / node_filesystem_size_bytes", "{{instance}} {{mountpoint}}")),
      Panel(
        "Network", unit: .bytesPerSecond,
        ("sum by (instance) (rate(node_network_receive_bytes_total[5m]))", "in {{instance}}"),
        ("sum by (instance) (rate(node_network_transmit_bytes_total[5m]))", "out {{instance}}")),
      Panel("GPU temperature", unit: .celsius, ("DCGM_FI_DEV_GPU_TEMP", "{{instance}} {{gpu}}")),
      Panel(
        "GPU memory in use", unit: .percentunit,
        (
          "DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE + DCGM_FI_DEV_FB_RESERVED)",
          "{{instance}} {{gpu}}"
        )),
      Panel("GPU power", unit: .watt, ("DCGM_FI_DEV_POWER_USAGE", "{{instance}} {{gpu}}")),
      Panel("GPU utilization (%)", ("DCGM_FI_DEV_GPU_UTIL", "{{instance}} {{gpu}}")),
      Panel("Last XID error", ("max by (instance, gpu) (DCGM_FI_DEV_XID_ERRORS)", "{{instance}} {{gpu}}")),
    ])
}
