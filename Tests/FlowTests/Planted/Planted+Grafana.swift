@testable import Flow

/// Planted in Grafana's newer forms: expressions over queries, transformations, dashboard resources, the library.
extension Planted {
  private static let clients = "sum by (user_agent) (litellm_requests_metric_total)"
  private static let jobs = "sum by (job) (litellm_requests_metric_total)"

  /// A rule with query A over what clients choose, query B over jobs, and a reduction C of A.
  private static func managed(_ condition: String, text: String = "") -> [File] {
    [
      File(
        "rules.yaml",
        """
        apiVersion: 1
        groups:
          - orgId: 1
            name: g
            folder: f
            interval: 1m
            rules:
              - uid: r
                title: T
                condition: D
                data:
                  - {refId: A, datasourceUid: p, model: {refId: A, expr: '\(clients)'}}
                  - {refId: B, datasourceUid: p, model: {refId: B, expr: '\(jobs)'}}
                  - {refId: C, datasourceUid: __expr__, model: {refId: C, type: reduce, reducer: last, expression: A}}
                  - {refId: D, datasourceUid: __expr__, model: {refId: D, \(condition)}}
                labels: {severity: warning}
                annotations: {action: check, description: '\(text)'}

        """)
    ]
  }

  private static func resource(_ panel: String, variables: String = "") -> [File] {
    [
      File(
        "dashboards/v2.json",
        #"{"apiVersion": "dashboard.grafana.app/v2beta1", "kind": "Dashboard", "metadata": {"name": "a"}, "spec": {"#
          + #""variables": [\#(variables)], "elements": {"panel-1": \#(panel)}, "layout": {"kind": "GridLayout", "spec": {"#
          + #""items": [{"kind": "GridLayoutItem", "spec": {"element": {"name": "panel-1"}}}]}}}}"#)
    ]
  }

  private static func panel(_ plugin: String, _ source: String, _ expression: String) -> String {
    #"{"kind": "Panel", "spec": {"id": 1, "data": {"kind": "QueryGroup", "spec": {"queries": [{"kind": "PanelQuery", "#
      + #""spec": {"refId": "A", "hidden": false, "query": {"kind": "DataQuery", "group": "\#(source)", "#
      + #""spec": {"expr": "\#(expression)"}}}}]}}, "vizConfig": {"kind": "VizConfig", "group": "\#(plugin)", "spec": {}}}}"#
  }

  private static func choice(_ label: String) -> String {
    #"{"kind": "QueryVariable", "spec": {"name": "v", "query": {"kind": "DataQuery", "group": "prometheus", "#
      + #""spec": {"__legacyStringValue": "label_values(litellm_requests_metric_total, \#(label))"}}}}"#
  }

  private static func library(_ legend: String) -> File {
    File(
      "library/a.json",
      #"{"result": {"uid": "lib-1", "name": "A", "kind": 1, "model": {"type": "timeseries", "targets": ["#
        + #"{"expr": "litellm_requests_metric_total", "legendFormat": "\#(legend)"}]}}}"#)
  }

  private static let reference = File.dashboard(#"{"id": 1, "libraryPanel": {"uid": "lib-1", "name": "A"}}"#)

  private static func hidden(_ expression: String) -> [File] {
    [
      .dashboard(
        #"{"type": "stat", "targets": [{"refId": "A", "hide": true, "expr": "litellm_requests_metric_total"}, "#
          + #"{"refId": "B", "expr": "\#(jobs)"}, {"refId": "C", "datasource": {"type": "__expr__"}, \#(expression)}]}"#
      )
    ]
  }

  private static func yaml(_ plugin: String) -> [File] {
    [
      File(
        "dashboards/a.yaml",
        """
        apiVersion: dashboard.grafana.app/v2beta1
        kind: Dashboard
        metadata: {name: a}
        spec:
          elements:
            panel-1: {kind: Panel, spec: {id: 1, vizConfig: {kind: VizConfig, group: \(plugin)}}}
          layout: {kind: GridLayout, spec: {items: []}}

        """)
    ]
  }

  private static func borrowing(_ plugin: String) -> [File] {
    [
      .dashboard(
        #"{"id": 1, "type": "timeseries", "targets": [{"expr": "litellm_requests_metric_total", "legendFormat": "{{job}}"}]}, "#
          + #"{"id": 2, "type": "\#(plugin)", "targets": [{"datasource": {"uid": "-- Dashboard --"}, "panelId": 1}]}"#)
    ]
  }

  /// A panel over what a rule of Grafana records.
  private static func recorded(from refID: String) -> [File] {
    let rule = managed("type: reduce, reducer: last, expression: \(refID)")[0]
    let recording = rule.text.replacing("condition: D", with: "record: {metric: 'gateway:requests', from: D}")
      .replacing("labels: {severity: warning}\n", with: "labels: {}\n").replacing("action: check, ", with: "")
    return [
      File(rule.path, recording),
      .dashboard(#"{"type": "timeseries", "targets": [{"expr": "gateway:requests", "legendFormat": "__auto"}]}"#),
    ]
  }

  /// A panel with settings of fields, whose legend names jobs alone.
  private static func fields(_ config: String) -> [File] {
    [
      .dashboard(
        #"{"type": "stat", "fieldConfig": \#(config), "#
          + #""targets": [{"expr": "litellm_requests_metric_total", "legendFormat": "{{job}}"}]}"#)
    ]
  }

  private static func action(_ body: String) -> [File] {
    fields(
      #"{"defaults": {"actions": [{"type": "fetch", "title": "Block", "fetch": {"method": "POST", "url": "/block", "#
        + #""queryParams": [], "headers": [], "body": "\#(body)"}}]}}"#)
  }

  private static func tagged(_ keys: String) -> [File] {
    [
      File(
        "dashboards/a.json",
        #"{"title": "a", "schemaVersion": 39, "panels": [], "annotations": {"list": [{"enable": true, "#
          + #""datasource": "Prometheus", "expr": "litellm_requests_metric_total > 5", "titleFormat": "many", "#
          + #""tagKeys": "\#(keys)"}]}}"#)
    ]
  }

  /// Provisioning of one source, the default, beside a table of what it answers, whatever names it.
  private static func source(_ plugin: String, named source: String) -> [File] {
    [
      File(
        "provisioning/datasources.yaml",
        """
        apiVersion: 1
        datasources:
          - {name: Central, uid: a1b2, type: \(plugin), url: 'http://store:3100', isDefault: true}

        """),
      .dashboard(#"{"type": "table", "datasource": \#(source), "targets": [{"expr": "{job=\"vllm\"}"}]}"#),
    ]
  }

  static let grafana: [Planted] = [
    Planted(
      "lines of a source by its uid", "dashboard-logs-panel", source("loki", named: #"{"uid": "a1b2"}"#),
      fixed: source("prometheus", named: #"{"uid": "other"}"#)),
    Planted(
      "lines of a source by its name", "dashboard-logs-panel", source("loki", named: #""Central""#),
      fixed: source("loki", named: #""Other""#)),
    Planted(
      "lines of the default source", "dashboard-logs-panel", source("loki", named: "null"),
      fixed: source("tempo", named: "null")),
    Planted(
      "what Grafana itself records", "client-label-in-panel", recorded(from: "A"), fixed: recorded(from: "B")),
    Planted("tags of an annotation", "client-label-in-panel", tagged("job,user_agent"), fixed: tagged("job,instance")),
    Planted(
      "the title of a link", "client-label-in-panel",
      fields(#"{"defaults": {"links": [{"title": "${__field.labels[\"end_user\"]}", "url": "/d/x"}]}}"#),
      fixed: fields(#"{"defaults": {"links": [{"title": "${__field.labels[\"job\"]}", "url": "/d/x"}]}}"#)),
    Planted(
      "the body of an action's request", "client-label-in-panel", action("{${__field.formattedLabels}}"),
      fixed: action("{${__field.name}}")),
    Planted(
      "an alert on a reduction over clients", "client-label-in-alert", managed("type: math, expression: '$B > ${C}'"),
      fixed: managed("type: math, expression: '$B > 5'")),
    Planted(
      "a text of a value that the alert does not carry", "client-label-in-annotation",
      managed("type: threshold, expression: B", text: "{{ $values.C.Labels.user_agent }}"),
      fixed: managed("type: threshold, expression: B", text: "{{ $labels.job }} {{ $values.C }}")),
    Planted(
      "the text of all values", "client-label-in-annotation", managed("type: classic_conditions", text: "{{ $value }}"),
      fixed: managed("type: classic_conditions", text: "{{ $labels.job }}")),
    Planted(
      "a hidden query that an expression shows", "client-label-in-panel",
      hidden(#""type": "reduce", "expression": "A""#), fixed: hidden(#""type": "reduce", "expression": "B""#)),
    Planted(
      "labels made fields", "client-label-in-panel",
      [
        .dashboard(
          #"{"type": "bargauge", "transformations": [{"id": "labelsToFields", "options": {}}], "#
            + #""targets": [{"expr": "litellm_requests_metric_total", "legendFormat": "{{job}}"}]}"#)
      ],
      fixed: [
        .dashboard(
          #"{"type": "bargauge", "transformations": [{"id": "labelsToFields", "options": {"keepLabels": ["job"]}}], "#
            + #""targets": [{"expr": "litellm_requests_metric_total", "legendFormat": "{{job}}"}]}"#)
      ]),
    Planted(
      "a logs panel of a resource", "dashboard-logs-panel", resource(panel("logs", "loki", "{job='vllm'}")),
      fixed: resource(panel("stat", "prometheus", jobs))),
    Planted(
      "a logs panel of a resource in YAML", "dashboard-logs-panel", yaml("logs"), fixed: yaml("stat")),
    Planted(
      "a panel over another's answers", "client-label-in-panel", borrowing("table"), fixed: borrowing("timeseries")),
    Planted(
      "a panel of a resource", "client-label-in-panel", resource(panel("table", "prometheus", clients)),
      fixed: resource(panel("table", "prometheus", jobs))),
    Planted(
      "a variable of a resource", "client-label-in-variable",
      resource(panel("stat", "prometheus", jobs), variables: choice("end_user")),
      fixed: resource(panel("stat", "prometheus", jobs), variables: choice("instance"))),
    Planted(
      "a panel of the library", "client-label-in-panel", [reference, library("{{user_agent}}")],
      fixed: [reference, library("{{instance}}")]),
    Planted(
      "a panel of a library that is not there", "library-panel-unread", [reference],
      fixed: [reference, library("{{instance}}")]),
  ]
}
