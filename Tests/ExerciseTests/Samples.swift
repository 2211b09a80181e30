import ConfigBundle
import Engines
import Fleet
import Flow
import Foundation
import Policy

@testable import Exercise

/// Whether a test that needs a real program runs: where it is installed, and where `SIGILO_REQUIRE` (names, commas)
/// lists it, so that a missing program is then a failure.
func canTest(_ names: EngineName...) -> Bool {
  let required = (ProcessInfo.processInfo.environment["SIGILO_REQUIRE"] ?? "").split(separator: ",")
  return names.allSatisfy { name in
    required.contains { $0 == name.rawValue } || (try? Engine.find(name)) != nil
  }
}

enum Samples {
  static func file(_ path: String, _ text: String) -> ConfigTree.File {
    ConfigTree.File(path: path, bytes: Array(text.utf8))
  }

  /// One node of each role.
  static let fleet = Fleet(
    site: "test",
    nodes: [
      Node(name: "management-node", roles: [.management]),
      Node(
        name: "gpu-node1", roles: [.gpu],
        gpus: GPUs(count: 2, name: "NVIDIA H100 80GB HBM3", memoryMiB: 81559, serves: "llama-3.1-8b")),
      Node(name: "litellm", roles: [.gateway]),
    ],
    models: [
      Model(
        name: "llama-3.1-8b", weights: "meta-llama/Llama-3.1-8B-Instruct", maxModelLength: 8192, maxSequences: 64,
        memoryUtilization: 0.9)
    ],
    receivers: [
      Receiver(name: "on-call", kind: .webhook, target: "http://management-node:8080/alerts"),
      Receiver(name: "operators", kind: .email, target: "operators@example.org"),
    ])

  /// The tree that the bundle generator makes of a fleet.
  static func generated(_ fleet: Fleet) throws -> ConfigTree {
    let contracts = try PolicySet.embedded().contracts
    let files = try BundleGenerator.generate(fleet, contracts: contracts)
    func all(_ role: FileRole) -> [ConfigTree.File] {
      files.files(with: role).map { ConfigTree.File(path: $0.path, bytes: $0.bytes) }
    }
    return ConfigTree(
      prometheus: all(.prometheusConfig).first, rules: all(.rules), alertmanager: all(.alertmanagerConfig).first,
      dashboards: all(.dashboard))
  }

  /// The five in forms that fire.
  static let five = file(
    "rules/five.yaml",
    """
    groups:
      - name: platform
        rules:
          - {alert: VLLMDown, expr: 'up{job="vllm"} == 0', for: 2m}
          - alert: GPUMemoryCritical
            expr: >
              DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE + DCGM_FI_DEV_FB_RESERVED) > 0.95
          - {alert: GPUTemperatureHigh, expr: DCGM_FI_DEV_GPU_TEMP > 80, for: 1m}
          - alert: ErrorRateHigh
            expr: sum(rate(litellm_proxy_failed_requests_metric_total{exception_status=~"5..|408"}[5m])) > 0.05
          - {alert: QueueSaturation, expr: 'sum by (instance) (vllm:num_requests_waiting) > 10', for: 5m}
    """)

  /// The five as they are commonly written: two of them read metrics that do not exist.
  static let documented = file(
    "rules/documented.yaml",
    """
    groups:
      - name: documented
        rules:
          - {alert: VLLMDown, expr: 'up{job="vllm"} == 0', for: 2m}
          - {alert: GPUMemory, expr: DCGM_FI_DEV_FB_USED / DCGM_FI_DEV_FB_TOTAL > 0.95}
          - {alert: GPUTemp, expr: DCGM_FI_DEV_GPU_TEMP > 80}
          - {alert: LiteLLMErrors, expr: 'rate(litellm_errors[5m]) > 0.05'}
          - {alert: Queue, expr: 'vllm:num_requests_waiting > 10', for: 5m}
    """)

  /// A configuration that would reach out in every way that Prometheus 2.42 knows.
  static let hostile = file(
    "prometheus.yaml",
    """
    global:
      scrape_interval: 15s
      query_log_file: /var/log/prometheus/query.log
      external_labels: {site: yes, replica: "01"}
    rule_files: [/etc/prometheus/rules/*.yml]
    alerting:
      alert_relabel_configs: [{action: labeldrop, regex: replica}]
      alertmanagers:
        - {scheme: https, basic_auth: {username: u, password: p}, dns_sd_configs: [{names: [am.example.org]}]}
    remote_write: [{url: https://example.org/push, bearer_token: t}]
    remote_read: [{url: https://example.org/read}]
    tracing: {endpoint: example.org:4317}
    storage: {exemplars: {max_exemplars: 5}}
    scrape_configs:
      - job_name: vllm
        scheme: https
        proxy_url: http://proxy.example.org:3128
        authorization: {credentials: secret}
        tls_config: {insecure_skip_verify: true}
        file_sd_configs: [{files: [/etc/prometheus/vllm.json]}]
        static_configs: [{targets: ['10.0.0.1:8000'], labels: {rack: r1}}]
        relabel_configs:
          - {source_labels: [instance], target_label: __address__, replacement: example.org:443}
        metric_relabel_configs: [{action: labeldrop, regex: user}]
      - job_name: blackbox
        kubernetes_sd_configs: [{role: pod}]
      - job_name: self
        static_configs: [{targets: ['localhost:9090']}]
    """)
}
