import Templates

/// Templates of lines, with the lines that they are run on.
enum LokiTemplates {
  /// What Loki's `json` finds in each line.
  static let fields = [
    [
      "a": "qaa", "b": "b c", "n": "12", "f": "1.5", "t": "1700000000", "d": "1m30s", "s": "2KB", "u": "a%20b+c",
      "j": "{\"x\":[1,true,null],\"y\":\"z\"}",
    ],
    [
      "a": "ção É ß", "n": "-7", "f": "abc", "t": "1700000000123", "d": "x", "s": "1.5MiB", "u": "%zz",
      "j": "[1,2.5,\"<a>\"]",
    ],
    ["n": "08", "f": "1e3", "t": "19373", "a": "x/y.tar.gz", "b": "aXbXc", "d": "250ms", "s": "3,000 kB", "j": "no"],
  ]

  static let lines = fields.map { fields in
    let pairs = fields.sorted { $0.key < $1.key }.map {
      "\"\($0)\":" + String(decoding: GoJSON.string(Array($1.utf8)), as: UTF8.self)
    }
    return "{\(pairs.joined(separator: ","))}"
  }

  /// Run on each line.
  static let good = [
    "{{ .a }}", "{{.a}}", "{{ .none }}|{{ .b }}", "{{ . | len }}", "{{ __line__ | lower }}", "{{ printf \"%v\" . }}",
    "{{ range $k, $v := . }}{{ $k }}={{ $v }};{{ end }}", "{{ if .b }}b{{ else }}none{{ end }}",
    "{{ ToLower .a }} {{ ToUpper .a }} {{ lower .a }} {{ upper .a }} {{ title .a }} {{ title \"foo-bar x_y it's\" }}",
    "{{ Replace .a \"a\" \"o\" 1 }} {{ Replace .a \"a\" \"\" -1 }} {{ Replace .a \"\" \"-\" 2 }}",
    "{{ Trim .a \"qx\" }}|{{ TrimLeft .a \"qç\" }}|{{ TrimRight .a \"azß\" }}|{{ TrimPrefix .a \"q\" }}|{{ TrimSuffix .a \"a\" }}",
    "{{ TrimSpace \" \\t x \\u00a0\" }}|{{ trim \" x \" }}|{{ trimAll \"xq\" .a }}|{{ trimPrefix \"q\" .a }}|{{ trimSuffix \"a\" .a }}",
    "{{ replace \"a\" \"bb\" .a }} {{ repeat 3 \"ab\" }} {{ repeat 0 .a }}|",
    "{{ trunc 2 .a }}|{{ trunc -2 \"abcdef\" }}|{{ trunc 99 .a }}|{{ trunc 0 .a }}|{{ trunc -99 .a }}",
    "{{ substr 0 2 \"abcdef\" }}|{{ substr 1 -1 \"abcdef\" }}|{{ substr -1 3 \"abcdef\" }}|{{ substr 2 99 \"abcdef\" }}",
    "{{ indent 2 \"a\\nb\" }}|{{ nindent 1 \"a\\nb\" }}|{{ indent 0 .a }}",
    "{{ contains \"a\" .a }} {{ hasPrefix \"q\" .a }} {{ hasSuffix \"a\" .a }} {{ contains \"\" .a }}",
    "{{ alignLeft 5 .a }}|{{ alignRight 5 .a }}|{{ alignLeft 0 .a }}|{{ alignRight -1 .a }}|{{ alignRight 2 \"日本語\" }}",
    "{{ regexReplaceAll \"(q)(.)\" .a \"$2$1${1}x$$\" }} {{ regexReplaceAllLiteral \"a\" .a \"$1\" }} {{ regexReplaceAll \"\" \"ab\" \"-\" }}",
    "{{ count \"a\" .a }} {{ count \"[a-z]+\" __line__ }} {{ count \"\" \"ab\" }}",
    "{{ urlencode .a }} {{ urlencode \"a b/c?d=é\" }} {{ urlquery .a \"&\" }}",
    "{{ b64enc .a }} {{ b64enc \"\" }}| {{ b64dec \"YiBj\" }}",
    "{{ add .n 1 }} {{ add 1 2 3 }} {{ add }} {{ sub .n 5 }} {{ mul .n 2 .n }} {{ div .n 5 }} {{ mod .n 5 }} {{ mod -7 3 }} {{ div -7 2 }}",
    "{{ add \"1.0\" 1 }} {{ add \"1.\" 1 }} {{ add \"0x1F\" 1 }} {{ add \"1_000\" 1 }} {{ add 2.9 -1.9 }} {{ add true 1 }} {{ add nil 1 }} {{ add \"010\" 0 }} {{ add \" 1\" 0 }}",
    "{{ max .n 5 7 }} {{ min .n 5 -9 }} {{ max .n }} {{ maxf .f 2.5 }} {{ minf .f 2 }}",
    "{{ addf .f 0.1 0.2 }} {{ addf }} {{ subf .f 0.3 }} {{ mulf .f 3 1e10 }} {{ divf .f 3 }} {{ divf 1 3 }} {{ divf 2 3 }} {{ divf -2 3 }} {{ mulf 0.1 0.1 0.1 }}",
    "{{ addf 1e300 1e-300 }} {{ mulf 1e200 1e200 }} {{ divf 1 1e20 }} {{ divf 5 1e16 2 }} {{ subf 0.3 0.1 }} {{ divf 22 7 }} {{ subf 5 }} {{ addf 1e20 1 }}",
    "{{ ceil .f }} {{ floor .f }} {{ round .f 0 }} {{ round 2.345678 3 }} {{ round -2.5 0 }} {{ round 123.5 -1 }} {{ round 1.45 1 0.6 }}",
    "{{ int .n }} {{ int \"12.00\" }} {{ int 3.9 }} {{ int \"3.9\" }} {{ float64 .f }} {{ float64 \"inf\" }} {{ float64 \"x\" }} {{ int true }}",
    "{{ fromJson .j }}|{{ range $k, $v := fromJson \"{\\\"b\\\":[1,true,null],\\\"a\\\":{\\\"c\\\":\\\"é\\\\u0041\\\"}}\" }}{{ $k }}={{ $v }};{{ end }}",
    "{{ with fromJson .j }}{{ printf \"%T %v\" . . }}{{ else }}no{{ end }}",
    "{{ (fromJson \"{\\\"x\\\":{\\\"y\\\":7}}\").x.y }} {{ len (fromJson \"[]\") }}",
    "{{ default \"d\" .none }} {{ default \"d\" .a }} {{ default \"d\" }} {{ default 5 0 }} {{ default \"d\" \"\" }}",
    "{{ duration \"1m30s\" }} {{ duration_seconds \"250ms\" }} {{ duration \"1h0.5s\" }} {{ duration \"-2us\" }}",
    "{{ bytes \"2KB\" }} {{ bytes .s }} {{ bytes \"1 GiB\" }} {{ bytes \"5\" }} {{ bytes \"1.5kb\" }}",
    "{{ unixToTime \"1700000000\" | unixEpoch }} {{ unixToTime \"1700000000123\" | unixEpochMillis }} {{ unixToTime \"1700000000123456\" | unixEpochNanos }} {{ unixToTime \"19373\" | unixEpoch }} {{ unixToTime .t | unixEpochMillis }}",
    "{{ __timestamp__ | unixEpochNanos | len }} {{ __timestamp__ | unixEpoch }} {{ __timestamp__.UnixMilli }} {{ unixEpochMillis __timestamp__ }}",
    "{{ date \"2006-01-02T15:04:05.000Z07:00\" (unixToTime \"1700000000123\") }} {{ date \"Mon Jan _2 3:04PM 06 002 .999 MST\" (unixToTime \"1700000000120\") }}",
    "{{ date \"2006\" 1700000000 }} {{ date \"15:04\" (int \"1700000000\") }} {{ date \"15\" (add 1700000000 1) }}",
    "{{ toDate \"2006-01-02\" \"2024-02-29\" | unixEpoch }} {{ toDate \"2006-01-02\" \"2023-02-29\" }} {{ (toDate \"2006-01-02 15:04:05\" \"2024-02-29 01:02:03.25\").Nanosecond }}",
    "{{ toDate \"02 Jan 06 15:04 MST\" \"01 Mar 24 10:20 UTC\" | date \"2006-01-02T15:04\" }} {{ toDate \"Jan _2 3:04:05 PM 2006\" \"mar  5 12:04:05 AM 2024\" | unixEpoch }} {{ toDate \"2006-01-02T15:04:05Z07:00\" \"2024-03-01T10:00:00+02:00\" | unixEpoch }}",
    "{{ toDate \"2006 002\" \"2024 060\" | date \"01-02\" }} {{ toDate \"2006-01-02T15:04:05.000-0700\" \"2024-03-01T10:00:00.125-0330\" }} {{ toDate \"15h\" \"7h\" }} {{ toDate \"Monday 2\" \"friday 5\" }}",
    "{{ toDateInZone \"2006-01-02 15:04\" \"America/New_York\" \"2024-03-10 03:30\" }} {{ toDateInZone \"2006-01-02 15:04\" \"America/New_York\" \"2024-11-03 01:30\" | unixEpoch }} {{ toDateInZone \"2006\" \"Nowhere/Nope\" \"2024\" }}",
    "{{ toDateInZone \"2006-01-02\" \"Europe/Lisbon\" \"2051-07-01\" }} {{ toDateInZone \"2006-01-02\" \"Asia/Kolkata\" \"1890-01-01\" }} {{ toDateInZone \"2006-01-02\" \"America/Sao_Paulo\" \"2060-01-01\" }} {{ toDateInZone \"2006-01-02\" \"Australia/Lord_Howe\" \"2045-01-15\" }}",
    "{{ (toDateInZone \"2006-01-02 15:04\" \"Europe/Berlin\" \"2024-03-31 02:30\").Format \"15:04 -0700 MST\" }} {{ toDateInZone \"2006-01-02\" \"\" \"2024-01-01\" }}",
    "{{ printf \"%T %T %T %T %T %T\" (add 1 2) (int 1) (float64 1) (max 1) (count \"a\" .a) (bytes \"1\") }} {{ printf \"%T\" (divf 1 2) }}",
    "{{ printf \"%s %q %v %5d %-5s| %05.1f %x\" .a .a .n 7 \"x\" 2.25 \"hi\" }} {{ printf \"%d\" .n }} {{ printf \"%s\" (add 1) }}",
    "{{ print 1 2 \"a\" .n }}{{ println .n 1 }}", "{{ html \"<a>&'\" }} {{ js \"'\\\"<\" }}",
    "{{ eq .a \"qaa\" }} {{ ne .n \"12\" }} {{ eq (add 1 1) 2 }} {{ lt (int .n) 5 }} {{ gt (float64 .f) 1.0 }} {{ and .a .n }} {{ or .none .n }} {{ not .none }}",
    "{{ slice \"abcdef\" 1 3 }} {{ index . \"n\" }} {{ index \"abc\" 1 }} {{ len .a }}",
    "{{ range $i, $c := fromJson \"[1,2,3]\" }}{{ if eq $i 1 }}{{ continue }}{{ end }}{{ $c }}{{ end }} {{ range 3 }}{{ . }}{{ end }} {{ range $x := (int 2) }}{{ $x }}{{ end }}",
    "{{ define \"x\" }}[{{ .a }}]{{ end }}{{ template \"x\" . }}{{ block \"y\" .n }}<{{ . }}>{{ end }}",
    "{{- /* comment */ -}}  x  {{- \" y\" }}", "{{ $x := .a }}{{ with .n }}{{ $x }}{{ . }}{{ $.a }}{{ end }}",
    "{{ __timestamp__.Year | lt 2000 }} {{ (now).IsZero }} {{ (unixToTime \"1700000000\").Weekday }} {{ (unixToTime \"1700000000\").Month }}",
    "{{ (unixToTime \"1700000000\").Add 1000000000 }} {{ ((unixToTime \"1700000000\").Sub (unixToTime \"1690000000\")).Hours }}",
  ]

  /// Those that fail, on one line at least.
  static let failing = [
    "{{ .b.c }}", "{{ trunc \"2\" .a }}", "{{ trunc (add 1 1) .a }}", "{{ div .n 0 }}", "{{ mod 1 .none }}",
    "{{ substr 5 2 .a }}",
    "{{ urldecode .u }}", "{{ duration .d }}", "{{ bytes \"x\" }}", "{{ unixToTime \"12\" }}",
    "{{ unixToTime \"abcde\" }}",
    "{{ regexReplaceAll \"(\" .a \"\" }}", "{{ count \"[\" .a }}", "{{ repeat -1 .a }}", "{{ lower 1 }}",
    "{{ lt .n 5 }}",
    "{{ index .a 99 }}", "{{ len 5 }}", "{{ unixEpoch .t }}", "{{ divf 1 0 }}", "{{ addf (float64 \"NaN\") 1 }}",
    "{{ template \"nosuch\" . }}",
    "{{ round 1.5 \"1\" }}", "{{ alignLeft .n .a }}", "{{ eq 1 \"a\" }}", "{{ range .a }}{{ end }}",
    "{{ (fromJson \"[1]\").x }}",
    "{{ slice .a 3 1 }}", "{{ indent -1 .a }}", "{{ date 5 now }}", "{{ ToLower }}", "{{ fromJson 5 }}",
  ]

  /// Those that it refuses to run.
  static let invalid = [
    "{{ uuidv4 }}", "{{ env \"HOME\" }}", "{{ dict }}", "{{ list 1 }}", "{{ .a | nosuch }}", "{{ if }}", "{{ end }}",
    "{{ .a", "{{ $x }}",
    "{{ break }}",
  ]
}
