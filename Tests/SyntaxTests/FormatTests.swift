import Testing

@testable import Syntax

@Suite struct FormatTests {
  @Test(
    arguments: [
      ("groups:\n- name: x\n  rules:\n  - alert: A\n    expr: up == 0\n", .prometheusRules),
      ("apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec:\n  groups: []\n", .prometheusRuleResource),
      ("apiVersion: 1\ngroups:\n- folder: f\n  rules:\n  - title: A\n", .grafanaProvisioning),
      ("global: {}\nscrape_configs:\n- job_name: vllm\n", .prometheusConfig),
      ("clients:\n- url: x\nscrape_configs: []\n", .promtailConfig),
      ("route:\n  receiver: r\nreceivers:\n- name: r\n", .alertmanagerConfig),
      ("auth_enabled: false\nschema_config: {}\n", .lokiConfig),
      ("model_list:\n- model_name: m\n", .litellmConfig),
      ("{\"panels\": [], \"title\": \"t\"}", .grafanaDashboard),
      ("apiVersion: dashboard.grafana.app/v2beta1\nkind: Dashboard\nspec:\n  elements: {}\n", .grafanaDashboard),
      ("apiVersion: 'dashboard.grafana.app/v0alpha1'\nkind: LibraryPanel\nspec: {}\n", .grafanaDashboard),
      ("apiVersion: dashboards.example/v1\nkind: Dashboard\nspec: {}\n", .yaml),
      ("{\"spec\": {\"elements\": {}, \"layout\": {}}}", .grafanaDashboard),
      (
        "{\"result\": {\"uid\": \"a\", \"name\": \"b\", \"kind\": 1, \"model\": {\"type\": \"logs\"}}}",
        .grafanaDashboard
      ),
      ("{\"kind\": \"LibraryPanel\", \"spec\": {\"type\": \"logs\"}}", .grafanaDashboard),
      ("{\"name\": \"b\", \"kind\": 1, \"model\": {\"type\": \"x\"}}", .json),
      ("{\"streams\":[{\"stream\":{},\"values\":[]}]}", .lokiPush),
      ("{\"status\":\"success\",\"data\":{\"resultType\":\"streams\",\"result\":[{\"stream\":{}}]}}", .lokiQuery),
      ("{\"status\":\"success\",\"data\":[{\"__name__\":\"up\"}]}", .prometheusAPI),
      ("{\"alerts\":[],\"groupLabels\":{},\"receiver\":\"r\"}\n{\"alerts\":[]}\n", .alertmanagerWebhook),
      ("[{\"labels\":{},\"annotations\":{},\"startsAt\":\"x\"}]", .alertmanagerAlerts),
      ("{\"a\":1}\n{\"a\":2}\n", .jsonLines), ("{\"a\":1}", .json), ("[1]", .json),
      ("# TYPE up gauge\nup 1\n", .exposition), ("up{job=\"x\"} 1\n", .exposition),
      ("{{ define \"x\" }}\nhello\n{{ end }}\n", .goTemplate),
      ("DCGM_FI_DEV_SM_CLOCK,  gauge, SM clock.\n# c\nDCGM_FI_DEV_GPU_TEMP, gauge, T.\n", .csv),
      ("a,b\n1,2\n3,4\n", .csv), ("INFO:     started\nERROR: no\n", .log), ("[2026-01-01 10:00:00] x\n", .log),
      ("a: 1\nb:\n  c: 2\n", .yaml), ("hello there\nhow are you\n", .text), ("", .text),
      ("package main\n\nimport \"x\"\n", .text), ("note: only one line of prose\n", .text),
      ("#!/usr/bin/env bash\nexport LEVEL=INFO\n", .shellScript), ("#\n#SBATCH -n 1\nsrun x\n", .shellScript),
      ("#!/usr/bin/env python3\nimport x\n", .text),
      ("[Unit]\n[Service]\nExecStart=/bin/x --level=INFO\n", .systemdUnit),
      ("# syntax\nARG A=1\nFROM x:$A\nENV LEVEL=DEBUG\n", .dockerfile), ("FROM x to y\nINFO done\n", .log),
      ("LEVEL ?= DEBUG\nrun:\n\tserver run --level=DEBUG -- INFO\n", .log), ("LEVEL ?= DEBUG\nrun:\n\tx\n", .text),
      ("exec server run --level \"$L\" --log-DEBUG\nlevel = \"INFO\"\n", .text), ("a: [\nlevel: 'DEBUG',\n", .text),
      ("main: ERROR it fails\n", .log), ("- ERROR - it fails\n", .log), ("x severity=\"INFO\" level=info\n", .log),
      ("# c\nLEVEL=DEBUG\nexport A=\"b c\"\n", .environmentFile), ("level=info msg=x\nlevel=info msg=y\n", .log),
      ("LEVEL=DEBUG server --x\nA=1\n", .text), ("services:\n  a:\n    image: b\n", .yaml),
      ("loki.write \"x\" {\n}\n", .alloyConfig),
      ("[paths]\ndata = /d\n[auth.anonymous]\nenabled = false\n", .grafanaConfig),
      ("# DEBUG\n[server]\nrouter_logging = true\n", .grafanaConfig), ("[server]\nport = 1\n", .text),
      ("[log]\nrouter_logging = true\n", .text),
      ("kind: ConfigMap\ndata:\n  grafana.ini: |\n    [auth.anonymous]\n    enabled = true\n", .yaml),
      ("#!/bin/sh\ncat > /etc/grafana.ini <<X\n[auth.anonymous]\nenabled = true\nX\n", .shellScript),
      ("# Set up\n\nWrite this:\n\n```ini\n[auth.anonymous]\nenabled = true\n```\nand go on\n", .text),
    ] as [(String, Format)])
  func tellsByContent(text: String, format: Format) {
    #expect(text.bytes.withUnsafeBytes { Format.recognise(path: nil, bytes: $0) } == format)
  }

  @Test(
    arguments: [
      ([0x1F, 0x8B, 8, 0], .gzip), ([0x28, 0xB5, 0x2F, 0xFD], .compressed), ([0x42, 0x5A, 0x68, 0x39], .compressed),
      ([0x42, 0x5A, 0x68, 0x20], .text), ([0x61, 0x00], .binary), ([0xFF, 0xFE, 0x61, 0x00], .utf16),
      (Array(repeating: 0xF8, count: 30), .binary), (Array("col\u{1B}[0m".utf8) + [0xE9], .text),
    ] as [([UInt8], Format)])
  func tellsByBytes(bytes: [UInt8], format: Format) {
    #expect(bytes.withUnsafeBytes { Format.recognise(path: nil, bytes: $0) } == format)
  }

  @Test func extensionsDecideOnlyWhatTheContentLeavesOpen() {
    func format(_ text: String, _ path: String) -> Format {
      text.bytes.withUnsafeBytes { Format.recognise(path: path, bytes: $0) }
    }
    #expect(format("up{job=\"x\"} 1\n", "rules.yaml") == .exposition)
    #expect(format("{\"a\": [", "x.json") == .json)
    #expect(format("hello\n", "x.log") == .log)
    #expect(format("hello\n", "x.yaml") == .yaml)
    #expect(format("[log]\nlevel = debug\n", "etc/grafana.ini") == .grafanaConfig)
    #expect(format("[log]\nlevel = debug\n", "etc/other.ini") == .text)
    #expect(format("[mysqld]\nport = 1\n", "custom.ini") == .text)
  }

  @Test(.enabled(if: Shared.isThere, "no evaluation data beside the checkout"))
  func recognisesRealFilesByContent() throws {
    var counts: [String: Int] = [:]
    for path in Shared.files("corpora/real") + Shared.files("facts/samples") {
      let format = try Shared.bytes(path).withUnsafeBytes { Format.recognise(path: path, bytes: $0) }
      let folder = path.split(separator: "/").dropLast().last.map(String.init) ?? ""
      counts["\(folder): \(format.rawValue)", default: 0] += 1
    }
    // `loki` also holds configurations of Tempo and Helm values, `rules` resource definitions, Helm values and unit tests,
    // `expositions` five programs and a Markdown page.
    let expected = [
      "alertmanager: alertmanager config": 18, "dashboards: grafana dashboard": 118, "expositions: exposition": 11,
      "expositions: text": 6, "loki: loki config": 18, "loki: yaml": 10, "prometheus: prometheus config": 37,
      "promtail: promtail config": 10, "rules: PrometheusRule resource": 17, "rules: prometheus rules": 107,
      "rules: yaml": 15, "templates: go template": 19, "samples: alertmanager alerts": 1,
      "samples: alertmanager webhook": 1, "samples: binary": 2, "samples: csv": 1, "samples: exposition": 8,
      "samples: json": 1, "samples: litellm config": 4, "samples: log": 8, "samples: loki config": 1,
      "samples: loki push": 1, "samples: loki query answer": 3, "samples: prometheus api answer": 8,
      "samples: prometheus rules": 3, "samples: promtail config": 1, "samples: yaml": 1, "real: text": 1,
    ]
    #expect(counts == expected)
  }
}
