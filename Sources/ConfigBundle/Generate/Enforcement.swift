import Fleet
import Syntax

/// What Prometheus keeps of each job's scrape: known families, known labels, known kinds of value, and nothing else.
///
/// It is the second fence. The first is that the exporters are configured not to emit free text at all; this one holds when
/// an exporter was misconfigured, updated or replaced.
enum Enforcement {
  /// Two values hidden behind one label would be two samples of one series, and Prometheus would drop one of them. The
  /// bucket keeps them apart: ten bits of a hash say nothing about the text, and bound the number of series.
  static let buckets = 1024

  static func steps(for job: ScrapeJob, of fleet: Fleet) -> [RelabelStep] {
    let models = fleet.models.map(\.name)
    return switch job {
    case .vllm: vllm(models)
    case .litellm: litellm(models, bases: LiteLLMConfig.deployments(of: fleet).map(\.base))
    case .nodeExporter: node()
    case .dcgmExporter: dcgm()
    }
  }

  private static func vllm(_ models: [String]) -> [RelabelStep] {
    [
      keep(
        families: ExportedFamilies.vllm.map(\.pattern),
        why: """
          Known families only. vllm:lora_requests_info is not among them: its adapter names are free text that can be set \
          while vLLM runs.
          """)
    ] + bounded("model_name", to: oneOf(models), why: "Served names of the fleet's models; anything else is \"other\".")
      + [
        labelkeep([
          "le", "engine", "model_name", "finished_reason", "position", "reason", "sleep_state", "source",
        ])
      ]
  }

  /// Labels of LiteLLM's families that carry text or identity of a client (source: LiteLLM 1.106.2, label sets of the
  /// proxy and deployment families).
  static let litellmClientLabels = [
    "api_key_alias", "client_ip", "end_user", "hashed_api_key", "model", "org_alias", "org_id", "route", "team",
    "team_alias", "user", "user_agent", "user_email",
  ]

  private static func litellm(_ models: [String], bases: [String]) -> [RelabelStep] {
    [
      keep(
        families: ExportedFamilies.litellm.map(\.pattern),
        why: """
          Known families only. litellm_llm_api_failed_requests_metric_total is not among them: its label "model" holds \
          what the client wrote, verbatim.
          """),
      RelabelStep(
        comment: "Keeps the series of masked labels apart by a 10-bit hash of their values: at most 1024 buckets.",
        action: .hashmod, sources: ["requested_model", "litellm_model_name", "api_base"] + litellmClientLabels,
        target: "__tmp_hash", modulus: buckets),
      RelabelStep(
        action: .replace, sources: litellmClientLabels, separator: "", regex: "(?s:.+)", target: "__tmp_hidden",
        replacement: "1"),
    ]
      + bounded(
        "requested_model", to: oneOf(models + ["other"]),
        why: "Names of the fleet's models; anything else came from a client and is \"other\".", marking: "__tmp_hidden")
      + bounded(
        "litellm_model_name", to: oneOf(models.flatMap { [$0, "openai/\($0)"] } + ["other"]), marking: "__tmp_hidden")
      + bounded("api_base", to: oneOf(bases), why: "The fleet's own vLLM servers.", marking: "__tmp_hidden")
      + bounded("exception_class", to: #"[A-Za-z]{1,64}(\.[A-Za-z]{1,64})?"#, why: "A class name, or \"other\".")
      + bounded("exception_status", to: "[0-9]{3}|None")
      + bounded("status_code", to: "[0-9]{3}|None")
      + [
        RelabelStep(
          action: .replace, sources: ["__tmp_hidden", "__tmp_hash"], regex: "1;(.+)", target: "bucket",
          replacement: "$1"),
        labelkeep(
          [
            "le", "requested_model", "litellm_model_name", "api_base", "exception_class", "exception_status",
            "status_code",
            "bucket",
          ],
          why: """
            Known labels only: user_agent, end_user, client_ip, user_email, keys, teams and everything that \
            custom_prometheus_metadata_labels or custom_prometheus_tags could add is dropped here.
            """),
      ]
  }

  private static func node() -> [RelabelStep] {
    [
      keep(
        families: ExportedFamilies.node.map(\.pattern),
        why: """
          Known families only: collector.textfile and collector.systemd (Debian: both enabled) export series and unit names \
          without any check.
          """),
      RelabelStep(
        comment: "Mount points and exports may bear users' names: system mounts only, and their device is not needed.",
        action: .replace, sources: ["__name__", "mountpoint"],
        regex: "node_filesystem_.*;/(boot|var|tmp|opt|srv|data)?",
        target: "__tmp_mount", replacement: "1"),
      RelabelStep(
        action: .drop, sources: ["__name__", "__tmp_mount"], regex: "node_filesystem_.*;"),
      RelabelStep(
        action: .replace, sources: ["__name__"], regex: "node_filesystem_.*", target: "device", replacement: ""),
    ] + bounded("device", to: "[a-z0-9._-]{1,15}", why: "A kernel device name, or \"other\".")
      + [labelkeep(["cpu", "device", "fstype", "mode", "mountpoint", "collector"])]
  }

  private static func dcgm() -> [RelabelStep] {
    [keep(families: ExportedFamilies.dcgm.map(\.pattern), why: "The fields of dcgm/counters.csv and nothing else.")]
      + bounded(
        "hpc_job", to: "[0-9]+", otherwise: "invalid",
        why: "Lines of the job mapping folder become this label verbatim: only a Slurm job's number may pass.")
      + bounded("err_code", to: "[0-9]+")
      + [
        labelkeep([
          "gpu", "UUID", "uuid", "pci_bus_id", "device", "modelName", "GPU_I_PROFILE", "GPU_I_ID", "hostname",
          "Hostname",
          "DCGM_FI_DRIVER_VERSION", "hpc_job", "err_code",
        ])
      ]
  }

  private static func keep(families: [String], why: String) -> RelabelStep {
    RelabelStep(comment: why, action: .keep, sources: ["__name__"], regex: families.joined(separator: "|"))
  }

  private static func labelkeep(_ labels: [String], why: String = "Known labels only.") -> RelabelStep {
    RelabelStep(
      comment: why, action: .labelkeep, regex: (["__name__", "job", "instance"] + labels).joined(separator: "|"))
  }

  /// Replaces the label's value unless it is empty or matches `allowed`; where it does, sets the label `marking` to 1.
  ///
  /// `(?s:` lets the dot match a line feed too: a client's text may hold one, and Prometheus 2.42 compiles without it.
  private static func bounded(
    _ label: String, to allowed: String, otherwise: String = "other", why: String? = nil, marking: String? = nil
  ) -> [RelabelStep] {
    let mark = "__tmp_ok_\(label)"
    var steps = [
      RelabelStep(
        comment: why, action: .replace, sources: [label], regex: allowed, target: mark, replacement: "1")
    ]
    if let marking {
      steps.append(
        RelabelStep(action: .replace, sources: [mark, label], regex: ";(?s:.+)", target: marking, replacement: "1"))
    }
    steps.append(
      RelabelStep(action: .replace, sources: [mark, label], regex: ";(?s:.+)", target: label, replacement: otherwise))
    return steps
  }

  private static func oneOf(_ names: [String]) -> String { names.map(Quoting.expression).joined(separator: "|") }
}
