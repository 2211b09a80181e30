import Fleet
import Syntax
import Vocabulary

/// Prometheus: who is scraped, what is kept of it, where alerts go.
enum PrometheusConfig {
  /// LiteLLM wants its key at /metrics/ (source: LiteLLM 1.106.2, `require_auth_for_metrics_endpoint` is on by default and
  /// /metrics answers with a redirect).
  static let litellmKeyFile = "/etc/prometheus/secrets/litellm-key"

  static func yaml(_ fleet: Fleet, _ enforcement: Enforcement) throws(Fault) -> String {
    var jobs: [String] = []
    for job in ScrapeJob.allCases where !fleet.targets(of: job).isEmpty {
      jobs.append(try self.job(job, of: fleet, enforcement))
    }
    return """
      global:
        scrape_interval: 15s
        evaluation_interval: 15s
        external_labels:
          site: \(Quoting.yaml(fleet.site))

      rule_files:
        - rules/alerts.yaml

      alerting:
        alertmanagers:
          - static_configs:
              - targets: \(YAMLText.list(fleet.nodes(with: .management).map { Quoting.yaml("\($0.name):9093") }))

      scrape_configs:

      """ + jobs.joined(separator: "\n")
  }

  private static func job(
    _ job: ScrapeJob, of fleet: Fleet, _ enforcement: Enforcement
  ) throws(Fault) -> String {
    var text = "  - job_name: \(job.rawValue)\n"
    switch job {
    case .litellm:
      text += """
            metrics_path: /metrics/
            authorization:
              credentials_file: \(litellmKeyFile)

        """
    case .dcgmExporter:
      text += YAMLText.comment("The exporter collects every 30 s; more often only repeats its values.", indent: 4)
      text += "    scrape_interval: 30s\n"
    case .vllm, .nodeExporter: break
    }
    text += """
          static_configs:
            - targets:

      """
    text += fleet.targets(of: job).map { "          - \(Quoting.yaml($0.instance))\n" }.joined()
    return text + YAMLText.indented(try enforcement.relabelling(of: job), by: 4)
  }
}
