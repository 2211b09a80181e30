import Contracts
import Policy
import Syntax
import Testing
import Vocabulary

@testable import Flow

/// What leaves the site, how grave that is, and the way it took.
@Suite struct TelemetryOutsideSiteTests {
  private static let outside = "https://store.example.com/api/v1/write"

  private func found(_ files: KeyValuePairs<String, String>, _ facts: ContractFacts = facts) -> ConfigFinding? {
    ConfigChecks.check(configFiles(files), facts).first { $0.rule == TelemetryOutsideSite.rule }
  }

  private func prometheus(_ write: String, job: String = "job_name: litellm", _ more: String = "") -> String {
    """
    scrape_configs: [{\(job)}]
    remote_write:
      - url: \(Self.outside)
        write_relabel_configs: [\(write)]
    \(more)

    """
  }

  private static func rules(_ rule: String) -> String { "groups:\n- name: g\n  rules:\n  - {\(rule)}\n" }

  @Test func aClientsLabelThatGoesOutIsAnExposureWithItsWay() throws {
    let keep = "{source_labels: [__name__], regex: litellm_requests_metric_total, action: keep}"
    let drop = "{action: labelkeep, regex: '__name__|job|who|end_user'}"
    let rename = "metric_relabel_configs: [{source_labels: [user_agent], target_label: who}]"
    let finding = try #require(
      found(["prometheus.yml": prometheus("\(keep), \(drop)", job: "job_name: litellm, \(rename)")]))
    #expect(finding.severity == .exposure && finding.surface == .label && finding.line == 3)
    #expect(
      finding.way == [
        "label end_user of litellm_requests_metric_total of LiteLLM proxy, which a client chooses",
        "written to a system outside the site prometheus.yml:3",
      ])
    #expect(
      finding.paste.map(\.string) == [
        "write_relabel_configs:", "  # behind the rules that stand there:", "  - {action: labeldrop, regex: end_user}",
        "  - {action: labeldrop, regex: who}",
      ])
  }

  @Test(arguments: [
    // What does not scrape the gateway, what drops the labels, and what keeps other series only.
    ("", "job_name: node"), ("{action: labelkeep, regex: '__name__|job|instance'}", "job_name: litellm"),
    ("{source_labels: [__name__], regex: 'litellm_.*|vllm:lora.*', action: drop}", "job_name: litellm"),
    ("{source_labels: [job], regex: litellm, action: drop}", "job_name: litellm"),
  ])
  func seriesWithoutAnyAreARemark(write: String, job: String) {
    #expect(found(["prometheus.yml": prometheus(write, job: job)])?.severity == .hygiene)
  }

  /// Only recorded series go out; they carry what the rule leaves in them, where this Prometheus evaluates rules.
  @Test(arguments: [
    ("rule_files: [rules.yml]", "user_agent", Severity.exposure), ("rule_files: [rules.yml]", "job", .hygiene),
    ("rule_files: []", "user_agent", .hygiene),
  ])
  func recordedSeriesGoOut(files: String, label: String, severity: Severity) {
    let rules = Self.rules("record: 'a:b', expr: 'sum by (\(label)) (litellm_requests_metric_total)'")
    let keep = "{source_labels: [__name__], regex: '.*:b', action: keep}"
    #expect(found(["prometheus.yml": prometheus(keep, files), "rules.yml": rules])?.severity == severity)
  }

  private func federation(_ match: String) -> String {
    "job_name: global, honor_labels: true, metrics_path: /prometheus/federate, params: {'match[]': ['\(match)']}"
  }

  @Test(arguments: [
    (#"{job="litellm"}"#, Severity.exposure), (#"{__name__=~"litellm_.+", job!="vllm"}"#, .exposure), ("{{", .exposure),
    (#"{job="node"}"#, .hygiene), ("up", .hygiene),
  ])
  func whatIsPulledFromAnotherPrometheusGoesOut(match: String, severity: Severity) throws {
    let finding = try #require(found(["prometheus.yml": prometheus("", job: federation(match))]))
    #expect(finding.severity == severity)
    #expect(finding.way.dropFirst().first == (severity == .hygiene ? nil : "federation by job global prometheus.yml:1"))
  }

  /// The other one's configuration says what it has stored, and under which names of jobs.
  @Test(arguments: [
    ("litellm-a", "labeldrop, regex: user_agent", Severity.exposure),
    ("litellm-a", "labelkeep, regex: __name__|job", .hygiene), ("litellm-b", "labeldrop, regex: user_agent", .hygiene),
  ])
  func whatTheOtherOneDroppedIsNotPulled(job: String, rule: String, severity: Severity) {
    let other =
      "scrape_configs: [{job_name: litellm-a, metric_relabel_configs: [{action: \(rule)}]}]\n"
    let match = "{job=\"\(job)\"}"
    let files =
      ["prometheus.yml": prometheus("", job: federation(match)), "site/prometheus.yml": other] as KeyValuePairs
    #expect(found(files)?.severity == severity)
  }

  @Test func jobsInFilesOfTheirOwnCount() {
    let jobs = "scrape_configs: [{job_name: litellm}]\n"
    let main = prometheus("", job: "job_name: node", "scrape_config_files: ['jobs/*.yml']")
    #expect(found(["prometheus.yml": main, "jobs/a.yml": jobs])?.severity == .exposure)
    #expect(found(["prometheus.yml": prometheus("", job: "job_name: node"), "jobs/a.yml": jobs])?.severity == .hygiene)
  }

  @Test func whatLokiRecordsOfLinesGoesOut() throws {
    let loki = """
      schema_config: {configs: []}
      ruler:
        remote_write:
          enabled: true
          clients: {far: {url: '\(Self.outside)'}}

      """
    func rules(_ labels: String) -> String {
      Self.rules("record: 'log:x', expr: 'sum by (\(labels)) (rate({job=\"x\"} | logfmt [5m]))'")
    }
    let finding = try #require(found(["loki.yml": loki, "loki/rules.yml": rules("msg")]))
    #expect(finding.severity == .exposure)
    #expect(
      finding.way == [
        "text of log lines, cut out by logfmt", "label msg of the query's result",
        "recording rule log:x loki/rules.yml:4", "written to a system outside the site loki.yml:5",
      ])
    #expect(found(["loki.yml": loki, "loki/rules.yml": rules("job")])?.severity == .hygiene)
    // Of a rule that makes labels of whatever stands in lines, nobody can name them.
    let any = Self.rules("record: 'log:x', expr: 'rate({job=\"x\"} | json [5m])'")
    #expect(found(["loki.yml": loki, "loki/rules.yml": any])?.severity == .exposure)
    let kept = loki.replacing("write'", with: "write', write_relabel_configs: [{action: labelkeep, regex: job}]")
    #expect(found(["loki.yml": kept, "loki/rules.yml": any])?.severity == .hygiene)
    // What a Prometheus takes from Loki it writes on, whether or not it has rules of its own.
    let onward =
      ["prometheus.yml": prometheus("", job: "job_name: node"), "loki/rules.yml": rules("msg")] as KeyValuePairs
    #expect(found(onward)?.severity == .exposure)
  }

  @Test func theSitesOwnDomainsAndAddressesAreNotOutside() {
    let own = ContractFacts(
      [Contract](), siteDomains: ["carcara.example"],
      siteNetworks: ["198.51.100.0/23", "2001:db8::/33"].compactMap(AddressBlock.init))
    let clients = [
      "https://loki.carcara.example/push", "https://carcara.example./push", "https://carcara.example.com/push",
      "http://198.51.101.9:3100/", "http://198.51.102.9:3100/", "http://[2001:db8::1]:3100/",
      "http://[2001:db8:8000::1]:3100/",
    ]
    let isFound = clients.map { url in
      found(["promtail.yml": "clients: [{url: '\(url)'}]\npositions: {}\nscrape_configs: []\n"], own) != nil
    }
    #expect(isFound == [false, false, true, false, true, false, true])
    let routes =
      "route: {receiver: a}\nreceivers: [{name: a, webhook_configs: [{url: 'https://x.carcara.example/'}]}]\n"
    #expect(ConfigChecks.check(configFiles(["am.yml": routes]), own).isEmpty)
  }
}
