import Syntax

/// The platform's alerts.
///
/// Each says in a comment where its condition differs from the commonly documented form. Labels and annotations hold closed
/// labels only (instance, gpu, job): an annotation is sent to people and systems outside.
enum AlertRules {
  struct Alert {
    var name: String
    var comment: String?
    var expression: String
    var hold: String?
    var severity: String
    var summary: String
    var description: String
    var action: String

    var yaml: String {
      var text = comment.map { YAMLText.comment($0, indent: 6) } ?? ""
      text += "      - alert: \(name)\n"
      if expression.contains("\n") {
        text += "        expr: |\n\(YAMLText.indented(expression, by: 10))\n"
      } else {
        text += "        expr: \(expression)\n"
      }
      if let hold { text += "        for: \(hold)\n" }
      text += """
                labels:
                  severity: \(severity)
                annotations:
                  summary: \(Quoting.yaml(summary))
                  description: \(Quoting.yaml(description))
                  action: \(Quoting.yaml(action))

        """
      return text
    }
  }

  static var yaml: String {
    """
    # Annotations name instance, gpu and job only, never another label and never a query: they leave the platform.
    groups:
      - name: platform
        rules:

    """ + all.map(\.yaml).joined(separator: "\n")
  }

  static let all = [
    Alert(
      name: "VLLMDown", comment: nil,
      expression: #"up{job="vllm"} == 0"#, hold: "2m", severity: "critical",
      summary: "vLLM does not answer on {{ $labels.instance }}",
      description: "Prometheus could not scrape {{ $labels.instance }} for two minutes.",
      action: "Check the Slurm job on the node, resubmit it if it has ended."),
    Alert(
      name: "GPUMemoryCritical",
      comment: """
        Changed: the common form divides by DCGM_FI_DEV_FB_TOTAL, which the DCGM exporter does not export by default, so it \
        can never fire. The whole is used + free + reserved; all three are default counters. vLLM sets aside its share at \
        start (--gpu-memory-utilization), so a value near that share is no sign of load.
        """,
      expression: """
        DCGM_FI_DEV_FB_USED
          / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE + DCGM_FI_DEV_FB_RESERVED)
          > 0.95
        """, hold: nil, severity: "warning",
      summary: "The memory of GPU {{ $labels.gpu }} on {{ $labels.instance }} is nearly full",
      description: "{{ $value | humanizePercentage }} of the framebuffer is in use.",
      action: "Reduce max_model_len, or add GPUs."),
    Alert(
      name: "GPUTemperatureHigh", comment: nil,
      expression: "DCGM_FI_DEV_GPU_TEMP > 80", hold: nil, severity: "warning",
      summary: "GPU {{ $labels.gpu }} on {{ $labels.instance }} is hot",
      description: "{{ $value }} degrees Celsius.",
      action: "Check the node's cooling."),
    Alert(
      name: "ErrorRateHigh",
      comment: """
        Changed: the common form reads litellm_errors, which no version of LiteLLM exports, so it can never fire. This one \
        counts failures on the server's side a second (5xx and timeouts; a client's own mistakes are no fault of the \
        platform), summed over all series: LiteLLM splits them by model and class, and no single series would reach the \
        threshold. rate() does not see a series' first failure, for it appears with the value 1.
        """,
      expression: """
        sum by (job) (
          rate(litellm_proxy_failed_requests_metric_total{job="litellm", exception_status=~"5..|408"}[5m])
        ) > 0.05
        """, hold: nil, severity: "warning",
      summary: "Requests fail at the gateway",
      description:
        "{{ $value | humanize }} failures a second on the server's side over five minutes ({{ $labels.job }}).",
      action: "Check the models' health, review the logs on the nodes."),
    Alert(
      name: "ErrorRatioHigh",
      comment: """
        Added beside ErrorRateHigh: the same failures as a share of all requests, so that the alert keeps its meaning when \
        traffic grows.
        """,
      expression: """
        sum by (job) (
          rate(litellm_proxy_failed_requests_metric_total{job="litellm", exception_status=~"5..|408"}[5m])
        )
          / sum by (job) (rate(litellm_proxy_total_requests_metric_total{job="litellm"}[5m]))
          > 0.05
        """, hold: "5m", severity: "warning",
      summary: "More than one request in twenty fails at the gateway",
      description: "{{ $value | humanizePercentage }} of the requests failed on the server's side ({{ $labels.job }}).",
      action: "Check the models' health, review the logs on the nodes."),
    Alert(
      name: "QueueSaturation",
      comment: """
        Changed: summed over a server's engines. With data parallelism each engine has its own series, and each would have \
        to pass the threshold by itself.
        """,
      expression: #"sum by (job, instance) (vllm:num_requests_waiting{job="vllm"}) > 10"#, hold: "5m",
      severity: "warning",
      summary: "Requests queue up on {{ $labels.instance }}",
      description: "{{ $value }} requests have been waiting for five minutes.",
      action: "Add replicas, or scale out to more nodes."),
  ]
}
