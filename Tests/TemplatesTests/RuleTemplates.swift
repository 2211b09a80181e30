/// Templates of alerting rules, each with the rule's value; what Prometheus makes of them is in no file: it is asked.
enum RuleTemplates {
  /// Run on `labels`, `externalLabels`, `externalURL` and what `series` hold.
  static let good: [(value: String, text: String)] = [
    ("1", ""), ("1", "plain text"), ("1", "{{ $labels.job }} on {{ .Labels.instance }} is {{ $value }}"),
    ("1", "{{ $labels }}"),
    ("1", "{{ . }}"), ("1", "{{ $ }}"),
    ("1", "{{ .Labels.missing }}|{{ index $labels \"missing\" }}|{{ $labels.missing }}"),
    ("1", "{{ index .Labels \"job\" }}{{ \"job\" | index $labels }}"),
    ("1", "{{ range $k, $v := $labels }}{{ $k }}={{ $v }};{{ end }}"),
    ("1", "{{ range $labels }}[{{ . }}]{{ end }}"),
    ("1", "{{ range $i, $e := $labels -}} {{ $i }} {{- else }}none{{ end }}"),
    (
      "1",
      "{{ with $labels.job }}job {{ . }}{{ else }}no job{{ end }}{{ with $labels.missing }}m{{ else }}no m{{ end }}"
    ),
    ("1", "{{ if $labels.missing }}a{{ else if eq $labels.job \"api\" }}b{{ else }}c{{ end }}"),
    (
      "1",
      "{{ if and $labels.job (not $labels.missing) }}both{{ end }}{{ or $labels.missing \"fallback\" }}{{ and 1 \"\" 2 }}|"
    ),
    ("1", "a  {{- /* trimmed */ -}}  b {{- \" c\" -}} \n d"),
    ("1", "{{ $externalLabels.cluster }}{{ $externalLabels }}{{ .ExternalLabels.none }}"),
    ("1", "{{ $externalURL }} {{ .ExternalURL }}"),
    ("1", "{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ $x := 3 }}{{ $x }}{{ end }}{{ $x }}"),
    (
      "1",
      "{{ define \"t\" }}<{{ . }}|{{ $ }}>{{ end }}{{ template \"t\" $labels.job }}{{ template \"t\" }}{{ block \"u\" .Value }}u{{ . }}{{ end }}"
    ),
    ("1", "{{ range $i, $c := (args 1 2 3) }}{{ if eq $i \"arg1\" }}{{ continue }}{{ end }}{{ $c }}{{ end }}"),
    ("1", "{{ range $k, $v := $labels }}{{ $k }}{{ break }}{{ end }}"),
    (
      "1234567.891",
      "{{ $value }} {{ .Value }} {{ printf \"%.2f %g %e %v %6.1f|%-10.1f|%+.0f\" $value $value $value $value $value $value $value }}"
    ),
    (
      "1234567.891",
      "{{ humanize $value }} {{ humanize1024 $value }} {{ humanizeDuration $value }} {{ humanizePercentage $value }} {{ humanizeTimestamp $value }}"
    ),
    (
      "0.00012345",
      "{{ $value }} {{ humanize $value }} {{ humanize1024 $value }} {{ humanizeDuration $value }} {{ humanizePercentage $value }}"
    ),
    (
      "0",
      "{{ $value }} {{ humanize $value }} {{ humanize1024 $value }} {{ humanizeDuration $value }} {{ humanizePercentage $value }} {{ humanizeTimestamp $value }}"
    ),
    (
      "-98765.4321",
      "{{ $value }} {{ humanize $value }} {{ humanize1024 $value }} {{ humanizeDuration $value }} {{ humanizePercentage $value }} {{ humanizeTimestamp $value }}"
    ),
    (
      "NaN",
      "{{ $value }} {{ humanize $value }} {{ humanize1024 $value }} {{ humanizeDuration $value }} {{ humanizePercentage $value }} {{ humanizeTimestamp $value }} {{ printf \"%f %5.1f\" $value $value }}"
    ),
    (
      "Inf",
      "{{ $value }} {{ humanize $value }} {{ humanize1024 $value }} {{ humanizeDuration $value }} {{ humanizePercentage $value }} {{ humanizeTimestamp $value }} {{ printf \"%f|%8.1f|%08.1f\" $value $value $value }}"
    ),
    ("-Inf", "{{ $value }} {{ humanize $value }} {{ printf \"%+v\" $value }}"),
    ("1e21", "{{ $value }} {{ humanize $value }} {{ humanize1024 $value }} {{ printf \"%.0f\" $value }}"),
    ("1e-10", "{{ $value }} {{ humanize $value }}"),
    ("123456789", "{{ $value }} {{ printf \"%.0f\" $value }} {{ humanizeDuration $value }}"),
    ("100000", "{{ $value }}"), ("1000000", "{{ $value }}"),
    ("59.9996", "{{ humanizeDuration $value }} {{ humanize $value }}"),
    ("3661", "{{ humanizeDuration $value }} {{ humanizeDuration 61 }} {{ humanizeDuration 86399 }}"),
    (
      "0.5",
      "{{ humanize \"12345\" }} {{ humanize 12345 }} {{ humanize \"0x10p2\" }} {{ humanize \"1_000\" }} {{ humanize1024 \"1048576\" }} {{ humanize \"-Inf\" }}"
    ),
    (
      "1435065584.128",
      "{{ humanizeTimestamp $value }} {{ toTime $value }} {{ (toTime $value).Format \"2006-01-02T15:04:05.000Z07:00 Mon Jan _2 3:04PM\" }}"
    ),
    (
      "1435065584.128",
      "{{ (toTime $value).Year }} {{ (toTime $value).Month }} {{ (toTime $value).Weekday }} {{ (toTime $value).Unix }} {{ (toTime $value).YearDay }} {{ printf \"%d\" (toTime $value).Month }}"
    ),
    (
      "1435065584.128",
      "{{ $t := toTime $value }}{{ $t.Hour }}:{{ $t.Minute }}:{{ $t.Second }}.{{ $t.Nanosecond }} {{ ($t.Sub (toTime 1435065500)).Seconds }} {{ $t.Sub (toTime 1435000000) }} {{ $t.After (toTime 0) }}"
    ),
    ("1", "{{ $labels.odd }} {{ html $labels.odd }} {{ js $labels.odd }} {{ urlquery $labels.odd }}"),
    (
      "1",
      "{{ printf \"%q %s %v %x %X %10s|%-10s|%.3s\" $labels.odd $labels.job $labels.job $labels.job $labels.job $labels.job $labels.job $labels.job }}"
    ),
    ("1", "{{ printf \"%d %5d|%-5d|%05d %x %o %b %c %U %q\" 42 42 42 42 42 42 42 42 42 42 }}"),
    ("1", "{{ printf \"%t %v %T %T %T %T\" true false 1 1.5 \"a\" $labels }}"),
    (
      "1",
      "{{ printf \"%d %s %t\" \"a\" 1 2.5 }}|{{ printf \"%d\" }}|{{ printf \"a\" 1 \"b\" }}|{{ printf \"%z\" 1 }}|{{ printf \"%\" }}|{{ printf \"100%%\" }}"
    ),
    (
      "1",
      "{{ printf \"%[2]s %[1]d %*d|%.*f\" 1 \"b\" 5 42 2 3.14159 }}|{{ printf \"%[3]d\" 1 }}|{{ printf \"%v %s\" nil nil }}"
    ),
    ("1", "{{ printf \"%v %+v %v\" $labels $labels (args 1 \"a\" 2.5 nil) }}"),
    ("1", "{{ print 1 2 \"a\" \"b\" 3 4 true nil }}|{{ println \"a\" 1 }}|{{ print }}"),
    (
      "1",
      "{{ len $labels }} {{ len \"héllo\" }} {{ slice \"abcdef\" 1 3 }} {{ slice \"abc\" 1 }} {{ index \"abc\" 1 }}"
    ),
    (
      "1",
      "{{ eq 1 1 }} {{ eq 1 2 1 }} {{ ne \"a\" \"b\" }} {{ lt 1 2 }} {{ le 1.5 1.5 }} {{ gt \"b\" \"a\" }} {{ ge 2 3 }} {{ eq true false }} {{ eq nil nil }}"
    ),
    ("5", "{{ if gt $value 3.0 }}high{{ else }}low{{ end }} {{ if lt .Value 10.5 }}x{{ end }} {{ eq $value 5.0 }}"),
    ("1", "{{ title \"hello wörld foo-bar it's x_y\" }} {{ toUpper \"straße ǆ\" }} {{ toLower \"ÀÉÎ İ\" }}"),
    (
      "1",
      "{{ reReplaceAll \"(.*):\\\\d+\" \"$1\" $labels.instance }} {{ reReplaceAll `(?P<a>\\w)\\w*` \"${a}x$$\" \"foo bar\" }} {{ $labels.job | reReplaceAll \"a\" \"b\" }}"
    ),
    (
      "1",
      "{{ match \"^a.i$\" $labels.job }} {{ match \"x\" \"abc\" }} {{ if match `\\d` $labels.instance }}digit{{ end }}"
    ),
    ("1", "{{ graphLink \"up{job=\\\"a b\\\"}\" }} {{ tableLink \"sum(rate(x[5m])) / 2\" }} {{ safeHtml \"<b>\" }}"),
    (
      "1",
      "{{ stripPort \"a.b:80\" }} {{ stripPort \"[::1]:80\" }} {{ stripPort \"a\" }} {{ stripPort \"a:b:c\" }} {{ stripPort \"\" }}"
    ),
    (
      "1",
      "{{ stripDomain \"a.b.c:80\" }} {{ stripDomain \"a.b.c\" }} {{ stripDomain \"10.0.0.1:80\" }} {{ stripDomain \"::1\" }} {{ stripDomain \"[2001:db8::1]:80\" }} {{ stripDomain \"10.0.0\" }} {{ stripDomain \"::ffff:10.0.0.1\" }} {{ stripDomain \"1:2:3:4:5:6:7:8\" }} {{ stripDomain \"1.a:2:3\" }} {{ stripDomain \"::1.b\" }} {{ stripDomain \"1:2:3:4:5:6:7.c\" }} {{ stripDomain \":1:2.d\" }} {{ stripDomain \"1.2.3.456\" }} {{ stripDomain \"1.2.3.04\" }}"
    ),
    (
      "1",
      "{{ parseDuration \"1h30m\" }} {{ parseDuration \"250ms\" }} {{ parseDuration \"2d\" | humanizeDuration }} {{ parseDuration \"1y2w\" }}"
    ),
    (
      "1",
      "{{ query \"up\" | len }} {{ (query \"sum(up)\" | first).Value }} {{ query \"sum(up)\" | first | value | printf \"%.1f\" }}"
    ),
    ("1", "{{ range query \"up\" | sortByLabel \"instance\" }}{{ .Labels.instance }}={{ .Value }} {{ end }}"),
    (
      "1",
      "{{ with query \"up{instance='b'}\" }}{{ . | first | label \"instance\" }}{{ with first . }}{{ . }}{{ end }}{{ end }}"
    ),
    (
      "1",
      "{{ with printf \"up{instance='%s'}\" \"a\" | query }}{{ . | first | value | humanize }}{{ end }}{{ range query \"nosuch\" }}x{{ else }}none{{ end }}"
    ),
    (
      "1",
      "{{ query \"up{instance='a'}\" | first | strvalue }}|{{ printf \"%v %+v %T\" (query \"up{instance='a'}\" | first) (first (query \"up{instance='a'}\")) (query \"up\") }}"
    ),
    ("1", "{{ with args 1 \"two\" $labels }}{{ .arg0 }}{{ .arg1 }}{{ .arg2.job }}{{ .arg9 }}{{ end }}"),
    ("1", "{{ (args \"x\").arg0 | toUpper | printf \"%s-%s\" \"a\" }}"),
    (
      "1",
      "{{ 0x1F }} {{ 017 }} {{ 0b11 }} {{ 1_000 }} {{ 1e3 }} {{ .5 }} {{ 'a' }} {{ '\\n' }} {{ -5 }} {{ 1.0 }} {{ 1e100 }} {{ 0x1p-2 }}"
    ),
    ("1", "{{ \"a\\tb\\u00e9\\x41\\\"\" }}{{ `raw \\n {{ }}` }}{{ \"}}\" }}"),
    ("1", "{{ true }} {{ not true }} {{ not 0 }} {{ not \"\" }} {{ print nil }}"),
    ("1", "{{ len (print $labels.job | printf \"%s%s\" \"x\") | printf \"%03d\" }}"),
    ("1", "{{ if .Value -}}\n  yes\n{{- end }}\n"),
    (
      "1", "{{ $a := 1 }}{{ $b := $a }}{{ $a = 5 }}{{ $a }}{{ $b }}{{ with $c := $labels.job }}{{ $c }}{{ . }}{{ end }}"
    ),
    ("1", "{{ range $i, $s := (query \"up\" | sortByLabel \"instance\") }}{{ $i }}{{ $s.Labels.instance }}{{ end }}"),
    ("1", "{{ html \"<a>\" 1 2 nil }} {{ urlquery \"a b\" \"c\" }} {{ js \"\\u2028'=\" }}"),
    ("1", "{{ template \"x\" . }}{{ define \"x\" }}{{ range .Labels }}{{ . }},{{ end }}{{ end }}"),
    ("1", "{{ printf \"%s\" $labels.odd | html | printf \"%q\" }}"),
    ("1", "{{ printf \"%6.2f|%06d|%+d|% d|%x|%X|%#x\" 3.14159 -42 42 42 -255 255 255 }}"),
    ("1", "{{ printf \"%5t|%q|%#q|%+q\" true \"a\\n\" \"a`b\" \"é\" }}"),
    (
      "1",
      "{{ printf \"%s %v %d\" $labels.list $labels 3 }}{{ printf \"%v\" (slice \"abc\" 0 2) }}{{ printf \"%x\" \"hi\" }}"
    ),
  ]

  /// Run, and stopped by an error.
  static let failing = [
    "{{ .Nosuch }}", "{{ $labels.job.more }}", "{{ humanize \"abc\" }}", "{{ query \"nosuch\" | first }}",
    "{{ query \"up{\" }}", "{{ index \"abc\" 5 }}",
    "{{ lt 1 1.5 }}", "{{ eq 1 \"a\" }}", "{{ len 3 }}", "{{ toUpper 1 }}", "{{ toUpper .Value }}",
    "{{ reReplaceAll \"(\" \"a\" \"b\" }}", "{{ match \"[\" \"b\" }}",
    "{{ parseDuration \"x\" }}", "{{ template \"nosuch\" }}", "{{ range .Value }}{{ end }}", "{{ slice \"abc\" 2 1 }}",
    "{{ 1 2 }}", "{{ nil }}", "{{ $x = 1 }}",
    "{{ label \"a\" nil }}", "{{ safeHtml \"a\" | toUpper }}", "{{ toTime \"NaN\" }}", "{{ humanizeTimestamp 1e300 }}",
    "{{ call .Value }}", "{{ .Labels.job 1 }}",
    "{{ printf 1 }}", "{{ index $labels 1 }}", "{{ eq 1 }}",
    "{{ define \"r\" }}{{ template \"r\" }}{{ end }}{{ template \"r\" }}", "{{ lt true false }}",
    "{{ stripPort 1 }}", "{{ if true }}{{ $y := 1 }}{{ end }}{{ with 1 }}{{ 1 | .Labels }}{{ end }}",
    "{{ humanize nil }}", "{{ eq $labels $labels }}", "{{ toUpper }}",
  ]

  static let labels = [
    "job": "api", "instance": "host1.example.org:9100", "odd": "a<b>&\"c' é=%\\\u{1}日", "list": "x,y",
  ]
  static let externalLabels = ["cluster": "c1", "zone": "z"]
  static let externalURL = "http://prom.example.org:9090/prefix"
  static let series = ["a": 1.0, "b": 0.0, "c": 2.5]
}
