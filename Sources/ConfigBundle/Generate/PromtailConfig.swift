import Fleet
import Syntax
import Vocabulary

/// Promtail: the logs of the servers, of which the lines that their contracts claim reach Loki.
enum PromtailConfig {
  static func yaml(_ fleet: Fleet, _ enforcement: Enforcement) throws(Fault) -> String {
    let loki = fleet.nodes(with: .management).first?.name ?? "localhost"
    let head =
      YAMLText.comment(
        """
        Promtail reached its end of life on 2026-03-02; Loki 3.8 ships without it. Its successor is Grafana Alloy: alloy \
        convert --source-format=promtail -o config.alloy promtail-config.yaml
        """)
      + YAMLText.comment(
        """
        Each pipeline is an allow-list. Stages run line by line, so a traceback's lines are judged one by one as well: those \
        that no contract claims are dropped.
        """)
        + """
        server:
          http_listen_port: 9080
          grpc_listen_port: 0
          log_level: warn

        positions:
          filename: /var/lib/promtail/positions.yaml

        clients:
          - url: \(Quoting.yaml("http://\(loki):3100/loki/api/v1/push"))

        scrape_configs:

        """
    let jobs = [
      try source(.vllm, nodes: fleet.nodes(with: .gpu), enforcement),
      try source(.litellm, nodes: fleet.nodes(with: .gateway), enforcement),
    ]
    return head + jobs.joined(separator: "\n")
  }

  private static func source(_ job: ScrapeJob, nodes: [Node], _ enforcement: Enforcement) throws(Fault) -> String {
    let targets = nodes.map { node in
      """
            - targets: [localhost]
              labels:
                job: \(job.rawValue)
                node: \(Quoting.yaml(node.name))
                __path__: \(Quoting.yaml("/var/log/\(job.rawValue)/\(node.name).log"))

      """
    }
    return """
        - job_name: \(job.rawValue)
      \(YAMLText.indented(try enforcement.stages(of: job, labels: ["job", "node"]), by: 4))\
          static_configs:
      \(targets.joined())
      """
  }
}
