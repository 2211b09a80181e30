/// The counters file of the DCGM exporter: `FIELD, type, help`, exactly three fields a line (source: DCGM exporter 4.8.2,
/// default-counters.csv).
enum DCGMCounters {
  struct Counter {
    var field: String
    /// `gauge`, `counter` or `label`.
    var kind: String
    var help: String
  }

  static let exported = sections.flatMap(\.counters)

  private static let sections: [(title: String, counters: [Counter])] = [
    (
      "Clocks",
      [
        Counter(field: "DCGM_FI_DEV_SM_CLOCK", kind: "gauge", help: "SM clock frequency (in MHz)."),
        Counter(field: "DCGM_FI_DEV_MEM_CLOCK", kind: "gauge", help: "Memory clock frequency (in MHz)."),
      ]
    ),
    (
      "Temperature",
      [
        Counter(field: "DCGM_FI_DEV_MEMORY_TEMP", kind: "gauge", help: "Memory temperature (in C)."),
        Counter(field: "DCGM_FI_DEV_GPU_TEMP", kind: "gauge", help: "GPU temperature (in C)."),
      ]
    ),
    (
      "Power",
      [
        Counter(field: "DCGM_FI_DEV_POWER_USAGE", kind: "gauge", help: "Power draw (in W)."),
        Counter(
          field: "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", kind: "counter",
          help: "Total energy consumption since boot (in mJ)."),
      ]
    ),
    (
      "Utilization",
      [
        Counter(field: "DCGM_FI_DEV_GPU_UTIL", kind: "gauge", help: "GPU utilization (in %)."),
        Counter(field: "DCGM_FI_DEV_MEM_COPY_UTIL", kind: "gauge", help: "Memory utilization (in %)."),
      ]
    ),
    (
      "Errors",
      [
        Counter(
          field: "DCGM_FI_DEV_XID_ERRORS", kind: "gauge", help: "Value of the last XID error encountered."),
        Counter(
          field: "DCGM_FI_DEV_PCIE_REPLAY_COUNTER", kind: "counter", help: "Total number of PCIe retries."),
        Counter(
          field: "DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS", kind: "counter",
          help: "Number of remapped rows for uncorrectable errors"),
        Counter(
          field: "DCGM_FI_DEV_CORRECTABLE_REMAPPED_ROWS", kind: "counter",
          help: "Number of remapped rows for correctable errors"),
        Counter(
          field: "DCGM_FI_DEV_ROW_REMAP_FAILURE", kind: "gauge", help: "Whether remapping of rows has failed"),
      ]
    ),
    (
      "Memory: used + free + reserved = the whole; GPUMemoryCritical reads all three",
      [
        Counter(field: "DCGM_FI_DEV_FB_FREE", kind: "gauge", help: "Framebuffer memory free (in MiB)."),
        Counter(field: "DCGM_FI_DEV_FB_USED", kind: "gauge", help: "Framebuffer memory used (in MiB)."),
        Counter(field: "DCGM_FI_DEV_FB_RESERVED", kind: "gauge", help: "Framebuffer memory reserved (in MiB)."),
      ]
    ),
    (
      "NVLink",
      [
        Counter(
          field: "DCGM_FI_DEV_NVLINK_BANDWIDTH_TOTAL", kind: "counter",
          help: "Total number of NVLink bandwidth counters for all lanes.")
      ]
    ),
    (
      "Label on the other metrics",
      [Counter(field: "DCGM_FI_DRIVER_VERSION", kind: "label", help: "Driver Version")]
    ),
  ]

  static var csv: String {
    """
    # Counters of the DCGM exporter: dcgm-exporter -f counters.csv
    # Each line: DCGM field, Prometheus type, help text.
    #
    # With --hpc-job-mapping-dir each line of a mapping file becomes the label hpc_job verbatim: let the Slurm prolog write
    # $SLURM_JOB_ID there and never the job's name.

    """
      + sections.map { section in
        "\n# \(section.title)\n"
          + section.counters.map { "\($0.field), \($0.kind), \($0.help)\n" }.joined()
      }.joined()
  }
}
