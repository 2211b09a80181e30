import Templates

/// Templates of notifications; what Alertmanager makes of them is in no file: its amtool is asked.
enum NotificationTemplates {
  static let good = [
    "plain", "{{ .Receiver }} {{ .Status }} {{ .ExternalURL }}",
    "{{ .CommonLabels.job }}{{ .CommonLabels.missing }}|{{ .GroupLabels.alertname }}",
    "{{ .GroupLabels }} {{ .CommonLabels }} {{ .CommonAnnotations }}", "{{ .GroupLabels.SortedPairs }}",
    "{{ .CommonLabels.SortedPairs.Names }} {{ .CommonLabels.Values }}",
    "{{ range .Alerts }}{{ .Status }} {{ .Labels.instance }} {{ .Annotations.summary }} {{ .Fingerprint }} {{ .GeneratorURL }}\n{{ end }}",
    "{{ range .Alerts.Firing }}F{{ .Labels.instance }}{{ else }}none{{ end }}{{ range .Alerts.Resolved }}R{{ .Labels.instance }}{{ end }}",
    "{{ len .Alerts }} {{ .Alerts | len }} {{ .Alerts.Firing | len }} {{ len .Alerts.Resolved }}",
    "{{ (index .Alerts 0).Labels.instance }} {{ (index .Alerts.Firing 0).StartsAt }}",
    "{{ range .Alerts }}{{ .StartsAt }} {{ .EndsAt }} {{ .EndsAt.IsZero }} {{ .EndsAt.Sub .StartsAt }}\n{{ end }}",
    "{{ (index .Alerts 0).StartsAt.Format \"2006-01-02 15:04:05 MST\" }} {{ (index .Alerts 0).StartsAt.Format \"Mon, 02 Jan 2006 15:04:05 -0700\" }} {{ (index .Alerts 1).StartsAt.Format \"Jan _2 3:04PM .000 .999999 Z07:00 06 1 2 002 January Monday\" }}",
    "{{ (index .Alerts 0).StartsAt.Unix }} {{ (index .Alerts 0).StartsAt.UTC }} {{ (index .Alerts 1).StartsAt.UnixNano }} {{ (index .Alerts 1).StartsAt.Local.Hour }}",
    "{{ range .CommonLabels.SortedPairs }}{{ .Name }}={{ .Value }},{{ end }}",
    "{{ range .CommonLabels }}[{{ . }}]{{ end }}", "{{ range $k, $v := .CommonLabels }}{{ $k }}:{{ $v }} {{ end }}",
    "{{ with .CommonLabels.Remove .GroupLabels.Names }}{{ .Values | join \" \" }}{{ else }}none{{ end }}",
    "{{ .CommonLabels.Remove (stringSlice \"job\" \"x\") }}",
    "{{ .GroupLabels.SortedPairs.Values | join \" \" }} {{ .CommonLabels.Names | join \",\" }}",
    "{{ join \"-\" (stringSlice \"a\" \"b\" \"c\") }}", "{{ stringSlice \"a\" \"b\" }} {{ stringSlice }}",
    "{{ toUpper .Status }} {{ .Status | toUpper | toLower | title }} {{ title \"hELLO wORLD it's a-b o'neil x.y\" }}",
    "{{ match \"^fir\" .Status }} {{ match \"x\" .Status }} {{ reReplaceAll \"(f)(i)\" \"$2$1\" .Status }} {{ reReplaceAll \"[aeiou]\" \"*\" \"template\" }}",
    "{{ safeHtml \"<b>&</b>\" }} {{ html \"<b>&</b>\" }} {{ js \"a'b\" }} {{ urlquery .Receiver \" x&y\" }}",
    "{{ if eq .Status \"firing\" }}danger{{ else }}good{{ end }}",
    "{{ if gt (len .Alerts.Firing) 0 }}firing {{ len .Alerts.Firing }}{{ end }}{{ if gt (len .CommonLabels) (len .GroupLabels) }} more{{ end }}",
    "{{ define \"__x\" }}{{ range . }}{{ .Labels.instance }};{{ end }}{{ end }}{{ template \"__x\" .Alerts }}{{ template \"__x\" .Alerts.Firing }}",
    "{{ template \"own.title\" . }} {{ template \"own.list\" .Alerts.Firing }}", "{{ $ }}",
    "{{ range $i, $a := .Alerts }}{{ if $i }}, {{ end }}{{ $i }}{{ $a.Labels.instance }}{{ end }}",
    "{{ $s := .Status }}{{ range .Alerts }}{{ $s }}/{{ $.Receiver }}/{{ .Status }} {{ end }}",
    "{{ range .Alerts }}{{ if eq .Labels.instance \"b\" }}{{ break }}{{ end }}{{ .Labels.instance }}{{ end }}",
    "{{ range .Alerts }}{{ if eq .Labels.instance \"a\" }}{{ continue }}{{ end }}{{ .Labels.instance }}{{ end }}",
    "{{ index .CommonLabels \"job\" }} {{ index .CommonLabels \"none\" }}|{{ index .GroupLabels.SortedPairs 0 }} {{ (index .GroupLabels.SortedPairs 0).Name }}",
    "{{ printf \"%v %s %T\" .CommonLabels .CommonLabels .CommonLabels }} {{ printf \"%T %T %T %T\" .Alerts .Alerts.Firing .GroupLabels.SortedPairs .GroupLabels.Names }}",
    "{{ printf \"%q %v\" .Receiver (index .Alerts 0) }}", "{{ index .Alerts 1 }}", "{{ .Alerts }}", "{{ . }}",
    "{{ printf \"%+v\" (index .GroupLabels.SortedPairs 0) }} {{ print .GroupLabels.SortedPairs }}",
    "{{ slice .Receiver 0 3 }} {{ len (slice .Alerts 1) }}",
    "{{- with index .Alerts 0 -}} {{ .Labels.instance }} {{- end -}}",
    "{{ (index .Alerts 0).Labels.SortedPairs.Values | join \"|\" }}",
    "{{ with .CommonAnnotations.summary }}{{ . }}{{ else }}no summary{{ end }}{{ with .CommonAnnotations.runbook }}{{ . }}{{ end }}",
    "{{ .CommonLabels.job | printf \"%-8s|%8s|\" \"x\" }}",
    "{{ or .CommonLabels.missing .CommonLabels.job \"d\" }} {{ and .CommonLabels.job .Receiver }} {{ not .CommonLabels.missing }}",
    "{{ .Alerts.Firing | len | printf \"%03d\" }}",
    "{{ (index .Alerts 0).Annotations.description }}",
    "{{ range .Alerts }}{{ range .Labels.SortedPairs }}{{ .Name }}={{ .Value | urlquery }}&{{ end }}\n{{ end }}",
    "{{ eq (index .GroupLabels.SortedPairs 0) (index .CommonLabels.SortedPairs 0) }} {{ eq .Receiver .Receiver \"a\" }} {{ ne .Status \"x\" }}",
    "{{ (index .Alerts 0).StartsAt.After (index .Alerts 1).StartsAt }} {{ eq (index .Alerts 0).StartsAt (index .Alerts 0).StartsAt }}",
  ]

  /// Stopped by an error as they run.
  static let failing = [
    "{{ .Nosuch }}", "{{ template \"nosuch\" . }}", "{{ index .Alerts 9 }}", "{{ join \",\" .CommonLabels }}",
    "{{ toUpper .Alerts }}", "{{ .Receiver.x }}",
    "{{ reReplaceAll \"(\" \"\" \"a\" }}", "{{ eq .Alerts .Alerts }}", "{{ .CommonLabels.Remove \"job\" }}",
    "{{ .CommonLabels.SortedPairs.Foo }}", "{{ len .Status | toUpper }}",
  ]

  /// Refused as they are read; each by 0.25 too.
  static let invalid = [
    "{{ .A", "{{ nosuch }}", "{{ end }}", "{{ if }}{{ end }}", "{{ $x }}", "{{ range .A }}", "{{ 1 | 2 }}", "{{ \"a }}",
    "{{ .A }",
  ]

  /// A file that they can call.
  static let library = """
    {{ define "own.title" }}[{{ .Status | toUpper }}:{{ len .Alerts }}] {{ .GroupLabels.alertname }}{{ end }}
    {{ define "own.list" }}{{ range . }}- {{ .Labels.instance }}{{ end }}{{ end }}
    """

  static func data() -> NotificationData {
    var data = NotificationData()
    data.receiver = "team-a/slack"
    data.externalURL = "http://am.example.org:9093/x"
    data.groupLabels = ["alertname": "High", "zone": "z1"]
    data.commonLabels = ["alertname": "High", "zone": "z1", "job": "api", "odd": "<é>&\"'"]
    data.commonAnnotations = ["summary": "It is high: 5% & rising"]
    for (index, instance) in ["a", "b", "c"].enumerated() {
      var alert = NotificationData.Alert()
      alert.status = index == 1 ? "resolved" : "firing"
      alert.labels = data.commonLabels.merging(["instance": instance]) { $1 }
      alert.annotations = ["summary": "It is high: 5% & rising", "description": "line 1\nline 2 of \(instance)"]
      alert.startsAt = TemplateTime(rfc3339: times[index]) ?? .zero
      alert.endsAt = index == 1 ? TemplateTime(rfc3339: "2024-02-29T23:59:59.5Z") ?? .zero : .zero
      alert.generatorURL = "http://prom:9090/graph?g0.expr=up%7Bx%3D%22y%22%7D&g0.tab=1"
      alert.fingerprint = "00000000000000\(index)f"
      data.alerts.append(alert)
    }
    return data
  }

  static let times = ["2024-02-28T08:05:03.123456789Z", "2024-02-29T13:45:00+05:30", "2023-12-31T00:00:00-03:00"]
}
