import Reporting
import Vocabulary

/// Runs as they look in practice, one for each verdict; nothing in them comes from a real system.
enum Samples {
  static let named: [(name: String, report: RunReport)] = [("pass", pass), ("fail", fail), ("incomplete", incomplete)]

  static let run = "3f9a1c20d4e5b6c7889900aabbccddee3f9a1c20d4e5b6c7889900aabbccddee"
  static let policy = "c0ffee11223344556677889900aabbccddeeff00112233445566778899aabbcc"

  /// A full audit of the embedded fleet; its bundle is sealed.
  static var pass: RunReport {
    RunReport(
      run: run, toolVersion: "0.1.0", job: "audit",
      subject: "generated bundle of the embedded fleet (4 nodes), synthetic platform, seed 7", policy: policy,
      gate: .exposure, verdict: .pass, isComplete: true, status: .clean, seed: 7, created: 1_767_225_600,
      findings: [hygiene, accepted, unclaimed], coverage: coverage, checks: checks, rules: rules,
      substitutions: substitutions,
      engines: [
        Engine(name: "promtool", version: "2.42.0"), Engine(name: "Prometheus", version: "2.42.0"),
        Engine(name: "Alertmanager", version: "0.25.0"),
      ],
      bundle: .sealed(
        SealedBundle(
          path: "reports/3f9a1c20d4e5/bundle", state: "vetted", publicKey: "ed25519:9f31c2a07be4",
          files: [
            .init(path: "configs/base/prometheus.yaml", role: "prometheus config", size: 3120, sha256: run),
            .init(path: "configs/base/rules/alerts.yaml", role: "prometheus rules", size: 5480, sha256: policy),
            .init(path: "configs/base/grafana/dashboards/vllm.json", role: "dashboard", size: 20_114, sha256: run),
          ])), limits: limits)
  }

  /// The same with a planted leak.
  static var fail: RunReport {
    var report = pass
    report.verdict = .fail
    report.status = .findings
    report.leak = "vllm-request-log"
    report.without = [.canary]
    report.findings = [hygiene, unclaimed, exposure, content, accepted, commented, known, flowing]
    report.baseline = BaselineUse(known: 3, seen: 1, gone: 2)
    report.checks.append(
      Check(
        stage: "live", name: "GPUMemoryCritical resolves", outcome: .failed,
        detail: "still firing 60 s after the fault ended", subject: "Prometheus 2.42.0"))
    report.checks.append(
      Check(
        stage: "leak", name: "vllm-request-log is caught by detection", outcome: .passed,
        detail: "vllm-request-log in log:vllm@gpu-node1", subject: "simulated"))
    report.bundle = .unsealed(reason: "findings at or over the gate")
    return report
  }

  /// A scan that was asked to explain its findings.
  static var explained: RunReport {
    var report = incomplete
    report.verdict = .fail
    report.status = .findings
    var content = content
    content.threshold = 4
    content.evidence.append(
      Evidence(
        detector: "language", start: 40, end: 96, weight: 0.25, reasons: ["wording +2.1", "3 function words"]))
    var canary = Samples.content
    canary.rule = "canary"
    canary.message = "A planted canary came out: 5 of 8 markers of one planted message"
    canary.canary = CanaryExtent(found: 5, planted: 8)
    canary.evidence = []
    canary.score = nil
    report.findings = [hygiene, content, canary]
    report.rules = rules
    return report
  }

  /// A scan in which one answer was cut off and one target never came up.
  static var incomplete: RunReport {
    RunReport(
      run: run, toolVersion: "0.1.0", job: "scan", subject: "2 paths, 1 exporter, 1 Loki", policy: policy,
      gate: .exposure, verdict: .incomplete, isComplete: false, status: .unreachable, uncounted: 0,
      coverage: [
        Coverage(
          sink: Sink(.loki, "loki"), surface: .log, outcome: .incomplete, format: "loki query", records: 5000,
          bytes: 104_857_600, notes: ["answer cut off at 100 MB"]),
        Coverage(
          sink: Sink(.exporter, "vllm@gpu-node2"), surface: .label, outcome: .unreachable, format: "exposition",
          notes: ["connection refused, 3 attempts"]),
        Coverage(
          sink: Sink(.text, "notes/readme.rst"), surface: .config, outcome: .judgedAsText, format: "text", records: 40,
          bytes: 2210),
      ],
      limits: ["A scan judges what it was given; what other sinks hold it does not know."])
  }

  static let content = Finding(
    rule: "vllm-request-log", severity: .content, sink: Sink(.logFile, "vllm@gpu-node1"), surface: .log,
    fingerprint: "9d1f0c5a77b2e4d8", message: "vLLM writes the prompt of each request to its log.",
    remedy: "Start vLLM without --enable-log-requests, and set VLLM_LOGGING_LEVEL to INFO or higher.",
    shape: "word word: id: word: 'words(33)', word: Params(key=number, key=number)", length: "257-1024 bytes",
    score: 9.25,
    evidence: [
      Evidence(detector: "vllm-request-log", start: 0, end: 212, weight: 7),
      Evidence(detector: "chat-template-token", start: 64, end: 98, weight: 2.25, decodings: ["base64", "gzip"]),
    ], count: 1312,
    locations: [
      Location(path: "logs/gpu-node1/vllm.log", line: 14, column: 33),
      Location(path: "logs/gpu-node1/vllm.log", line: 29, column: 33),
      Location(path: "logs/gpu-node1/vllm.log", line: 44, column: 33),
    ])

  /// A way by which text can flow, with what mends it.
  static var flowing: Finding {
    var finding = Finding(
      rule: "client-label-in-alert", severity: .exposure, sink: Sink(.rules, "rules/alerts.yaml"), surface: .alert,
      fingerprint: "5f10bb3cd4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f",
      message: "the alert carries a label that a client chooses to everyone who is notified",
      remedy:
        "aggregate the expression by closed labels, as in sum by (job, instance) (…), or drop the labels on the way",
      locations: [Location(path: "rules/alerts.yaml", line: 12, column: 15, pointer: "/groups/0/rules/1/expr")])
    finding.flow = [
      FindingStep(
        "label user_agent of litellm_proxy_failed_requests_metric_total of LiteLLM proxy, which a client chooses"),
      FindingStep(
        "alert ErrorRateHigh, whose expression lets it through",
        at: Location(path: "rules/alerts.yaml", line: 12, column: 15)),
      FindingStep("receiver chat (slack)", at: Location(path: "alertmanager.yaml", line: 9, column: 5)),
    ]
    finding.paste = ["# prometheus.yml", "alerting:", "  alert_relabel_configs:"]
    return finding
  }

  static let exposure = Finding(
    rule: "unbounded-label", severity: .exposure, sink: Sink(.exporter, "litellm"), surface: .label,
    fingerprint: "51ab90ee02c4f7d3",
    message: "A label takes its value from the client's request.",
    remedy: "Drop the label in metric_relabel_configs.",
    evidence: [], count: 3,
    locations: [Location(series: "litellm_proxy_total_requests_metric", label: "requested_model")])

  static let hygiene = Finding(
    rule: "dead-metric", severity: .hygiene, sink: Sink(.rules, "rules/alerts.yaml"), surface: .config,
    fingerprint: "7c3de19b54a6f082", message: "The rule reads a metric that no scraped exporter has.",
    remedy: "Use a family of the exporter's own list.",
    locations: [
      Location(
        path: "configs/base/rules/my alerts: old.yaml", line: 23, column: 15, pointer: "/groups/0/rules/4/expr")
    ])

  /// About a whole sink: it has no place.
  static let unclaimed = Finding(
    rule: "no-contract", severity: .hygiene, sink: Sink(.prometheus, "prometheus"), surface: .label,
    fingerprint: "3c1d77e05f8a9b26", message: "No contract claims this sink.",
    remedy: "State what the source may emit.", count: 9, locations: [Location()])

  static let accepted = Finding(
    rule: "email-address", severity: .exposure, sink: Sink(.config, "alertmanager.yaml"), surface: .config,
    fingerprint: "e2b8a7116c90d35f", message: "A personal e-mail address stands in a configuration file.",
    remedy: "Use a role's address.", shape: "word@word.word", length: "17-64 bytes", score: 1.5,
    evidence: [Evidence(detector: "email-address", start: 0, end: 24, weight: 1.5)],
    locations: [Location(path: "configs/base/alertmanager.yaml", line: 31, column: 13)],
    accepted: .exception(
      Exception(
        fingerprint: "e2b8a7116c90d35f", owner: "platform team", reason: "address of the duty rota",
        until: "2026-12-31", place: Location(path: "policies/exceptions.yaml", line: 7, column: 5))))

  /// Accepted by its file, and by the baseline.
  static let commented: Finding = {
    var finding = hygiene
    finding.locations = [Location(path: "rules/alerts.yaml", line: 40, column: 15)]
    finding.accepted = .comment(at: Location(path: "rules/alerts.yaml", line: 39, column: 9), until: "2027-01-31")
    return finding
  }()

  static let known: Finding = {
    var finding = exposure
    finding.fingerprint = "0b7e4c5d21f09a83"
    finding.accepted = .baseline
    return finding
  }()

  static let rules = [
    RuleHelp(
      id: "vllm-request-log", title: "Request log of vLLM",
      rationale: "Whoever reads the log reads the conversation; log stores keep it long after the session ended.",
      remedy: "Start vLLM without --enable-log-requests.")
  ]

  static let limits = [
    "A simulated source is never evidence that the real one is clean, only that detection and enforcement work.",
    "The live stage played one fault; the others were evaluated in virtual time.",
  ]

  static let substitutions = [
    Substitution(path: "configs/base/prometheus.yaml", what: "scrape_interval 15s -> 300ms (K = 50)"),
    Substitution(path: "configs/base/prometheus.yaml", what: "9 targets -> loopback ports"),
    Substitution(path: "configs/base/alertmanager.yaml", what: "2 receivers -> loopback webhook"),
  ]

  static let checks = [
    Check(stage: "bundle", name: "promtool check config", outcome: .passed, subject: "promtool 2.42.0"),
    Check(stage: "bundle", name: "promtool check rules", outcome: .passed, subject: "promtool 2.42.0"),
    Check(
      stage: "bundle", name: "amtool check-config", outcome: .skipped,
      detail: "amtool is not installed (apt-get install prometheus-alertmanager)"),
    Check(
      stage: "alerts", name: "VLLMDown fires in course node-down", outcome: .passed,
      detail: "pending at 1 m, firing at 3 m, resolved at 31 m", subject: "promtool 2.42.0"),
    Check(stage: "alerts", name: "no alert fires in course healthy", outcome: .passed, subject: "promtool 2.42.0"),
    Check(
      stage: "live", name: "VLLMDown is pending, firing, notified, resolved", outcome: .passed,
      subject: "Prometheus 2.42.0"),
  ]

  static let coverage = [
    Coverage(
      sink: Sink(.logFile, "vllm@gpu-node1"), surface: .log, outcome: .judged, format: "log", subject: "simulated",
      records: 18_204, bytes: 4_218_440, notes: ["pipeline not evaluated"]),
    Coverage(
      sink: Sink(.exporter, "vllm@gpu-node1"), surface: .label, outcome: .judged, format: "exposition",
      subject: "simulated", records: 912, bytes: 61_020),
    Coverage(
      sink: Sink(.prometheus, "prometheus"), surface: .label, outcome: .judged, format: "prometheus API",
      subject: "Prometheus 2.42.0", records: 2210, bytes: 310_400),
    Coverage(
      sink: Sink(.notification, "webhook"), surface: .alert, outcome: .judged, format: "json",
      subject: "Alertmanager 0.25.0", records: 14, bytes: 5120),
    Coverage(
      sink: Sink(.config, "litellm/config.yaml"), surface: .config, outcome: .judgedAsText, format: "text", records: 61,
      bytes: 2044, notes: ["line 12, column 3: mapping values are not allowed here"]),
  ]
}
