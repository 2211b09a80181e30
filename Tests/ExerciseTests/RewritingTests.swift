import Engines
import Fleet
import Foundation
import Platform
import Syntax
import Testing

@testable import Exercise

@Suite struct RewritingTests {
  private let compression = Compression(factor: 100)
  private let ports = LivePorts(
    prometheus: 19090, alertmanager: 19093,
    targets: [(PlatformTarget(job: .vllm, node: "gpu-node1", instance: "gpu-node1:8000"), 18000)])

  @Test func prometheusReachesLoopbackAlone() throws {
    let rewriting = try Rewriting.prometheus(
      Samples.hostile, ruleFiles: ["/work/rules/0.yaml"], ports: ports, compression)
    let text = String(decoding: rewriting.document.yaml, as: UTF8.self)
    for word in [
      "https", "remote_", "tracing", "_sd_configs", "proxy", "secret", "authorization", "tls_config", "10.0.0.1",
      "blackbox",
      "query_log", "storage",
    ] {
      #expect(!text.contains(word), "\(word)")
    }
    let document = try YAMLDocument.parse(rewriting.document.yaml)
    let jobs = try #require(document["scrape_configs"]?.array)
    #expect(jobs.map { $0["job_name"]?.string } == ["vllm", "self"])
    for job in jobs {
      // Whatever the steps before did to the address, the last one drops what is not on loopback.
      let last = try #require(job["relabel_configs"]?.array?.last)
      #expect(last["action"]?.string == "keep")
      #expect(last["regex"]?.string == #"127\.0\.0\.1:[0-9]+"#)
    }
    #expect(jobs[0]["static_configs"]?[0]?["labels"]?["instance"]?.string == "gpu-node1:8000")
    #expect(jobs[0]["static_configs"]?[0]?["labels"]?["rack"]?.string == "r1")
    #expect(jobs[0]["metric_relabel_configs"]?.array?.count == 1)
    #expect(document["global"]?["scrape_interval"]?.string == "200ms")
    #expect(document["global"]?["external_labels"]?["site"]?.style == .plain)
    #expect(document["alerting"]?["alert_relabel_configs"]?.array?.count == 1)

    let removed = rewriting.substitutions.filter { $0.what == "removed" }.map(\.pointer)
    for pointer in [
      "/remote_write", "/tracing", "/scrape_configs/0/authorization", "/scrape_configs/0/file_sd_configs",
    ] {
      #expect(removed.contains(pointer))
    }
    #expect(rewriting.substitutions.contains { $0.pointer == "/scrape_configs/1" })
    #expect(rewriting.substitutions.allSatisfy { !$0.what.contains("example.org") })
  }

  @Test(.enabled(if: canTest(.promtool), "promtool is not installed"))
  func promtoolTakesTheCopy() async throws {
    let folder = try WorkFolder.create()
    defer { folder.remove() }
    let rules = try folder.write(try Rewriting.rules(Samples.five, compression).document.yaml, to: "rules.yaml")
    let config = try Rewriting.prometheus(Samples.hostile, ruleFiles: [rules], ports: ports, compression)
    let path = try folder.write(config.document.yaml, to: "prometheus.yaml")
    let result = try await Promtool.find().checkConfig(path)
    #expect(result.isSuccess)
    #expect(result.stdoutText.contains("5 rules found"))
  }

  @Test func everyReceiverThatSendsBecomesALoopbackWebhook() throws {
    let file = Samples.file(
      "alertmanager.yaml",
      """
      global: {smtp_auth_password: secret, slack_api_url: https://example.org/hook, resolve_timeout: 5m}
      templates: [/etc/alertmanager/*.tmpl]
      route:
        receiver: a
        group_wait: 30s
        routes:
          - {receiver: b, mute_time_intervals: [nights], repeat_interval: 10m, routes: [{receiver: nobody, group_wait: 1m}]}
      time_intervals: [{name: nights}]
      receivers:
        - {name: a, slack_configs: [{channel: x}], email_configs: [{to: someone@example.org}]}
        - {name: b, pagerduty_configs: [{service_key: secret}]}
        - {name: nobody}
      """)
    let hook = try #require(URL(string: "http://127.0.0.1:9/receiver"))
    let rewriting = try Rewriting.alertmanager(file, webhook: hook, compression)
    let text = String(decoding: rewriting.document.yaml, as: UTF8.self)
    for word in ["secret", "example.org", "slack", "smtp", "tmpl", "nights"] {
      #expect(!text.contains(word), "\(word)")
    }
    let document = try YAMLDocument.parse(rewriting.document.yaml)
    #expect(
      document["receivers"]?.array?.map { $0["webhook_configs"]?[0]?["url"]?.string } == [
        "http://127.0.0.1:9/receiver/0", "http://127.0.0.1:9/receiver/1", nil,
      ])
    #expect(document["route"]?["group_wait"]?.string == "300ms")
    // Defaults that are not written count as well.
    #expect(document["route"]?["group_interval"]?.string == "3s")
    #expect(document["route"]?["routes"]?[0]?["repeat_interval"]?.string == "6s")
    #expect(document["route"]?["routes"]?[0]?["routes"]?[0]?["group_wait"]?.string == "600ms")
  }

  @Test func valuesKeepTheirMeaningInTheCopy() throws {
    let source = """
      a: "yes"
      b: yes
      c: 0x1F
      d: ~
      e: |
        line "one"
          line \\two
      f: [1.5, '1.5', -3, "é\\u2028"]
      """
    let parsed = try YAMLDocument.parse(Array(source.utf8))
    let again = try YAMLDocument.parse(parsed.yaml)
    #expect(again["a"]?.style == .doubleQuoted)
    #expect(again["b"]?.style == .plain)
    #expect(again["c"]?.string == "0x1F" && again["c"]?.style == .plain)
    #expect(again["d"]?.isNull == true)
    #expect(again["e"]?.string == parsed["e"]?.string)
    #expect(again["f"]?.array?.map(\.string) == parsed["f"]?.array?.map(\.string))
    #expect(again["f"]?.array?.map { $0.style == .plain } == [true, false, true, false])
  }
}
