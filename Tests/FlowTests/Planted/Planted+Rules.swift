/// Planted in alerts and recording rules.
extension Planted {
  private static let requests = "litellm_proxy_total_requests_metric_total"
  private static let failures = "litellm_proxy_failed_requests_metric_total"

  static let alerts: [Planted] = [
    Planted(
      "an alert on a raw series", "client-label-in-alert", [.alert("\(failures) > 5")],
      fixed: [.alert("sum by (job) (\(failures)) > 5")]),
    Planted(
      "a rate without aggregation", "client-label-in-alert", [.alert("rate(\(failures)[5m]) > 0.05")],
      fixed: [.alert("sum(rate(\(failures)[5m])) > 0.05")]),
    Planted(
      "aggregation by what a client writes", "client-label-in-alert",
      [.alert("sum by (job, user_agent) (rate(\(requests)[5m])) > 5")],
      fixed: [.alert("sum by (job, status_code) (rate(\(requests)[5m])) > 5")]),
    Planted(
      "aggregation without one label only", "client-label-in-alert",
      [.alert("sum without (instance) (rate(\(requests)[5m])) > 5")],
      fixed: [.alert("sum by (instance) (rate(\(requests)[5m])) > 5")]),
    Planted(
      "topk keeps all labels", "client-label-in-alert", [.alert("topk(3, \(requests)) > 5")],
      fixed: [.alert("topk(3, sum by (instance) (\(requests))) > 5")]),
    Planted(
      "group_left brings the label over", "client-label-in-alert",
      [.alert("up * on (instance) group_left (end_user) \(requests) == 0")],
      fixed: [.alert("up * on (instance) group_left () sum by (instance) (\(requests)) == 0")]),
    Planted(
      "label_replace renames the label", "client-label-in-alert",
      [.alert("sum by (who) (label_replace(\(requests), \"who\", \"$1\", \"user_agent\", \"(.*)\")) > 5")],
      fixed: [.alert("sum by (who) (label_replace(\(requests), \"who\", \"$1\", \"instance\", \"(.*)\")) > 5")]),
    Planted(
      "label_join puts it among others", "client-label-in-alert",
      [.alert("sum by (key) (label_join(\(requests), \"key\", \"-\", \"job\", \"end_user\")) > 5")],
      fixed: [.alert("sum by (key) (label_join(\(requests), \"key\", \"-\", \"job\", \"instance\")) > 5")]),
    Planted(
      "or lets the other side through", "client-label-in-alert",
      [.alert("sum by (job) (\(requests)) > 5 or \(failures) > 1")],
      fixed: [.alert("sum by (job) (\(requests)) > 5 or sum by (job) (\(failures)) > 1")]),
    Planted(
      "unless keeps the left side's labels", "client-label-in-alert",
      [.alert("\(failures) > 1 unless on (job) up == 0")],
      fixed: [.alert("sum by (job) (\(failures)) > 1 unless on (job) up == 0")]),
    Planted(
      "a subquery of a raw series", "client-label-in-alert", [.alert("max_over_time(\(failures)[1h:5m]) > 1")],
      fixed: [.alert("max_over_time(sum by (job) (\(failures))[1h:5m]) > 1")]),
    Planted(
      "names of adapters", "client-label-in-alert", [.alert("vllm:lora_requests_info > 0")],
      fixed: [.alert("count(vllm:lora_requests_info) > 40")]),
    Planted(
      "a metric chosen by a pattern", "client-label-in-alert", [.alert("{__name__=~\"litellm_.*_total\"} > 100000")],
      fixed: [.alert("sum by (job) ({__name__=~\"litellm_.*_total\"}) > 100000")]),
    Planted(
      "a label that says it holds the prompt", "client-label-in-alert",
      [.alert("sum by (prompt) (rate(app_requests_total[5m])) > 5")],
      fixed: [.alert("sum by (instance) (rate(app_requests_total[5m])) > 5")]),
    Planted(
      "a recording rule in between", "client-label-in-alert",
      [
        .rules(
          "record: 'gateway:failures:rate5m', expr: 'rate(\(failures)[5m])'",
          "alert: A, expr: 'gateway:failures:rate5m > 1', labels: {severity: warning}, annotations: {action: check}")
      ],
      fixed: [
        .rules(
          "record: 'gateway:failures:rate5m', expr: 'sum by (job) (rate(\(failures)[5m]))'",
          "alert: A, expr: 'gateway:failures:rate5m > 1', labels: {severity: warning}, annotations: {action: check}")
      ]),
    Planted(
      "two recording rules one behind the other", "client-label-in-alert",
      [
        .rules(
          "record: 'a:b', expr: 'sum by (job, user_email) (\(failures))'",
          "record: 'a:c', expr: 'max_over_time(a:b[1h])'",
          "alert: A, expr: 'a:c > 1', labels: {severity: warning}, annotations: {action: check}")
      ],
      fixed: [
        .rules(
          "record: 'a:b', expr: 'sum by (job, user_email) (\(failures))'",
          "record: 'a:c', expr: 'sum by (job) (max_over_time(a:b[1h]))'",
          "alert: A, expr: 'a:c > 1', labels: {severity: warning}, annotations: {action: check}")
      ]),
    Planted(
      "a metric that nobody exports", "dead-metric", [.alert("rate(litellm_errors[5m]) > 0.05")],
      fixed: [.alert("sum(rate(\(failures)[5m])) > 0.05")]),
    Planted(
      "a name of before", "dead-metric", [.alert("vllm:gpu_cache_usage_perc > 0.9")],
      fixed: [.alert("vllm:kv_cache_usage_perc > 0.9")]),
    Planted(
      "a percentage compared with a share", "threshold-out-of-range", [.alert("vllm:kv_cache_usage_perc > 90")],
      fixed: [.alert("vllm:kv_cache_usage_perc > 0.9")]),
    Planted(
      "a count below nothing", "threshold-out-of-range", [.alert("count(up == 1) < 1")],
      fixed: [.alert("count(up == 1) < 2")]),
    Planted(
      "a window of one scrape", "too-few-samples",
      [.alert("sum(rate(\(failures)[1m])) > 1", more: ", for: 5m"), .prometheus("scrape_interval: 1m")],
      fixed: [.alert("sum(rate(\(failures)[5m])) > 1", more: ", for: 5m"), .prometheus("scrape_interval: 1m")]),
    Planted(
      "targets that vanish", "alert-vanishes-with-target",
      [
        .alert("up{job=\"vllm\"} == 0", more: ", for: 2m"),
        .prometheus(job: "vllm", "file_sd_configs: [{files: [a.json]}]"),
      ],
      fixed: [
        .alert("up{job=\"vllm\"} == 0 or absent(up{job=\"vllm\"})", more: ", for: 2m"),
        .prometheus(job: "vllm", "file_sd_configs: [{files: [a.json]}]"),
      ]),
    Planted(
      "an alert without severity", "missing-severity-or-action",
      [.rules("alert: A, expr: up == 0, annotations: {action: check}")], fixed: [.alert("up == 0")]),
  ]

  static let texts: [Planted] = [
    Planted(
      "a label printed", "client-label-in-annotation",
      [.alert("sum by (user_agent) (\(requests)) > 5", "from {{ $labels.user_agent }}")],
      fixed: [.alert("sum by (instance) (\(requests)) > 5", "from {{ $labels.instance }}")]),
    Planted(
      "all labels printed", "client-label-in-annotation", [.alert("\(requests) > 5", "{{ $labels }}")],
      fixed: [.alert("sum by (job) (\(requests)) > 5", "{{ $labels }}")]),
    Planted(
      "labels walked", "client-label-in-annotation",
      [.alert("\(requests) > 5", "{{ range $k, $v := .Labels }}{{ $v }} {{ end }}")],
      fixed: [.alert("sum by (job) (\(requests)) > 5", "{{ range $k, $v := .Labels }}{{ $v }} {{ end }}")]),
    Planted(
      "through a variable and a function", "client-label-in-annotation",
      [.alert("\(requests) > 5", "{{ $x := $labels.end_user }}{{ $x | toUpper | title }}")],
      fixed: [.alert("sum by (job) (\(requests)) > 5", "{{ $x := $labels.job }}{{ $x | toUpper | title }}")]),
    Planted(
      "through index and with", "client-label-in-annotation",
      [.alert("\(requests) > 5", "{{ with index $labels \"requested_model\" }}{{ . }}{{ end }}")],
      fixed: [.alert("sum by (job) (\(requests)) > 5", "{{ with index $labels \"job\" }}{{ . }}{{ end }}")]),
    Planted(
      "through a template of its own", "client-label-in-annotation",
      [.alert("\(requests) > 5", "{{ define \"t\" }}{{ .user_agent }}{{ end }}{{ template \"t\" $labels }}")],
      fixed: [
        .alert("sum by (job) (\(requests)) > 5", "{{ define \"t\" }}{{ .job }}{{ end }}{{ template \"t\" $labels }}")
      ]),
    Planted(
      "a query of its own", "client-label-in-annotation",
      [.alert("up == 0", "{{ range query \"\(requests)\" }}{{ .Labels.user_agent }}{{ end }}")],
      fixed: [.alert("up == 0", "{{ range query \"sum by (job) (\(requests))\" }}{{ .Labels.job }}{{ end }}")]),
    Planted(
      "the first of a query", "client-label-in-annotation",
      [.alert("up == 0", "{{ with query \"\(requests)\" }}{{ . | first | label \"end_user\" }}{{ end }}")],
      fixed: [.alert("up == 0", "{{ with query \"\(requests)\" }}{{ . | first | value }}{{ end }}")]),
    Planted(
      "a query that is made when it runs", "client-label-in-annotation",
      [.alert("up == 0", "{{ with query (printf \"%s\" $labels.job) }}{{ (first .).Labels }}{{ end }}")],
      fixed: [.alert("up == 0", "{{ with query \"sum(up)\" }}{{ (first .).Labels }}{{ end }}")]),
    Planted(
      "a label of the alert made of another", "client-label-in-annotation",
      [
        .rules(
          "alert: A, expr: 'sum by (user_agent) (\(requests)) > 5', annotations: {action: check}, "
            + "labels: {severity: warning, who: '{{ $labels.user_agent }}'}")
      ],
      fixed: [
        .rules(
          "alert: A, expr: 'sum by (job) (\(requests)) > 5', annotations: {action: check}, "
            + "labels: {severity: warning, who: '{{ $labels.job }}'}")
      ]),
  ]
}
