import Fleet
import Syntax

/// Promtail as an allow-list: a line that no known format matches is dropped and counted, and what passes is written anew
/// from groups that can hold numbers, levels and names of source files only.
///
/// The shape (anchored regex, template, label, match with drop, output, labeldrop) was checked on Promtail 3.6.15; RE2 has no
/// look-ahead, so "drop all but" can't be one expression. Line formats: vLLM 0.33.0, LiteLLM 1.106.2.
enum PromtailConfig {
  static func yaml(_ fleet: Fleet) -> String {
    let loki = fleet.nodes(with: .management).first?.name ?? "localhost"
    return YAMLText.comment(
      """
      Promtail reached its end of life on 2026-03-02; Loki 3.8 ships without it. Its successor is Grafana Alloy: alloy \
      convert --source-format=promtail -o config.alloy promtail-config.yaml
      """)
      + YAMLText.comment(
        """
        Each pipeline is an allow-list. Stages run line by line, so a traceback's lines are judged one by one as well: those \
        without a known form are dropped (promtail_dropped entries, reason not_allowed).
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
      + [
        source("vllm", nodes: fleet.nodes(with: .gpu), forms: [Form.vllmStatistics, .vllmLine]),
        source("litellm", nodes: fleet.nodes(with: .gateway), forms: [.litellmLine, .litellmJSON, .access]),
      ].joined(separator: "\n")
  }

  private static func source(_ job: String, nodes: [Node], forms: [Form]) -> String {
    let pipeline =
      forms.map(\.stages).joined() + """
        - template:
            source: out
            template: '\(choice(forms))'
        - template:
            source: ok
            template: '{{ if .out }}1{{ end }}'
        - labels:
            ok:
        - match:
            selector: '{ok!="1"}'
            action: drop
            drop_counter_reason: not_allowed
        - output:
            source: out
        - labeldrop: [ok, filename]

        """
    let targets = nodes.map { node in
      """
            - targets: [localhost]
              labels:
                job: \(job)
                node: \(Quoting.yaml(node.name))
                __path__: \(Quoting.yaml("/var/log/\(job)/\(node.name).log"))

      """
    }
    return """
        - job_name: \(job)
          pipeline_stages:
      \(YAMLText.indented(pipeline, by: 6))\
          static_configs:
      \(targets.joined())
      """
  }

  /// The first form that matched decides; a group that did not match is absent, and absent is false.
  private static func choice(_ forms: [Form]) -> String {
    forms.enumerated().map { "{{ \($0.offset == 0 ? "if" : "else if") .\($0.element.proof) }}\($0.element.output)" }
      .joined() + "{{ end }}"
  }
}

/// One known line format: how it is recognised, and what is written in its place.
private struct Form {
  /// Pipeline stages, in YAML.
  var stages: String
  /// A group that is set exactly where this format matched.
  var proof: String
  /// Template over the groups.
  var output: String

  private static let process = #"\([A-Za-z]{1,24}(?:_[A-Z]{2}\d{1,3}){0,4} pid=\d{1,9}\)"#
  private static let time = #"\d\d-\d\d \d\d:\d\d:\d\d"#

  static let vllmStatistics = Form(
    stages: regex(
      #"^\#(process) INFO \#(time) \[loggers\.py:\d+\] Engine (?P<engine>\d{3}): "#
        + #"Avg prompt throughput: (?P<prompt>[\d.]{1,16}) tokens/s, "#
        + #"Avg generation throughput: (?P<generation>[\d.]{1,16}) tokens/s, "#
        + #"Running: (?P<running>\d{1,9}) reqs, Waiting: (?P<waiting>\d{1,9}) reqs,.* "#
        + #"KV cache usage: (?P<cache>[\d.]{1,8})%.*$"#),
    proof: "engine",
    output: """
      engine={{ .engine }} prompt_tps={{ .prompt }} generation_tps={{ .generation }} running={{ .running }} \
      waiting={{ .waiting }} kv_cache_percent={{ .cache }}
      """)

  static let vllmLine = Form(
    stages: regex(
      #"^\#(process) (?P<vllm_level>DEBUG|INFO|WARNING|ERROR|CRITICAL) \#(time) "#
        + #"\[(?P<vllm_place>[a-z0-9_]{1,40}\.py:\d{1,6})\] .*$"#),
    proof: "vllm_place", output: "level={{ .vllm_level }} place={{ .vllm_place }}")

  static let litellmLine = Form(
    stages: regex(
      #"^\d\d:\d\d:\d\d - (?P<logger>LiteLLM(?: Proxy| Router)?):(?P<level>DEBUG|INFO|WARNING|ERROR|CRITICAL): "#
        + #"(?P<place>[a-z0-9_]{1,40}\.py:\d{1,6}) - .*$"#),
    proof: "place", output: #"level={{ .level }} logger="{{ .logger }}" place={{ .place }}"#)

  /// With `json_logs` a mapping inside the message is promoted to keys of its own, so no key is taken on trust: level and
  /// logger must each be one of the known words.
  static let litellmJSON = Form(
    stages: """
      - json:
          expressions:
            json_level: level
            json_logger: logger

      """
        + regex("^(?P<known_level>DEBUG|INFO|WARNING|ERROR|CRITICAL)$", source: "json_level")
        + regex("^(?P<known_logger>LiteLLM(?: Proxy| Router)?)$", source: "json_logger"),
    proof: "known_level",
    output: #"level={{ .known_level }}{{ if .known_logger }} logger="{{ .known_logger }}"{{ end }}"#)

  /// Known paths without a query string; the client's address is left out.
  static let access = Form(
    stages: regex(
      #"^INFO: +[0-9a-f.:]+ - "(?P<method>GET|POST|HEAD) "#
        + #"(?P<path>/v1/chat/completions|/v1/completions|/v1/embeddings|/v1/models|/health/liveliness|/health/readiness"#
        + #"|/metrics/?) HTTP/1\.[01]" (?P<status>[1-5]\d\d)(?: [A-Za-z ]{1,40})?$"#),
    proof: "status", output: "method={{ .method }} path={{ .path }} status={{ .status }}")

  private static func regex(_ expression: String, source: String? = nil) -> String {
    "- regex:\n" + (source.map { "    source: \($0)\n" } ?? "") + "    expression: \(Quoting.yaml(expression))\n"
  }
}
