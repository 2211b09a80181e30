import Pipelines
import Syntax
import Testing
import Vocabulary

/// Each stage as Promtail's documentation describes it.
struct StageTests {
  /// A line, its labels and metadata, or how it ended.
  struct Result: Equatable, CustomStringConvertible {
    var line = ""
    var labels: [String: String] = [:]
    var metadata: [String] = []
    var dropped: String?

    var description: String { "\(line.debugDescription) \(labels) \(metadata) \(dropped ?? "")" }

    static func line(_ line: String, _ labels: [String: String] = [:], _ metadata: [String] = []) -> Result {
      Result(line: line, labels: labels, metadata: metadata)
    }

    static func dropped(_ reason: String) -> Result { Result(dropped: reason) }
  }

  static func run(_ stages: String, _ lines: [String], _ labels: [String: String] = [:]) throws -> [Result] {
    let pipeline = try Pipeline(YAMLDocument.parse(Array(stages.utf8)))
    var outcomes: [PipelineOutcome] = []
    for (index, line) in lines.enumerated() {
      outcomes += try pipeline.process(PipelineEntry(line: Array(line.utf8), labels: labels, number: index + 1))
    }
    outcomes += try pipeline.finish()
    return outcomes.map { outcome in
      switch outcome {
      case .kept(let entry):
        .line(
          String(decoding: entry.line, as: UTF8.self), entry.labels, entry.metadata.map { "\($0.name)=\($0.value)" })
      case .dropped(_, _, .counted(let reason)): .dropped(reason)
      case .dropped(_, _, .lost(let reason)): .dropped("lost: \(reason)")
      }
    }
  }

  @Test(arguments: [
    // regex
    (
      "[{regex: {expression: '^(?P<a>\\w+) (?P<b>x)?'}}, {labels: {a: , c: b}}]", "one two",
      Result.line("one two", ["a": "one", "c": ""])
    ),
    ("[{regex: {expression: 'b'}}, {labels: {a: }}]", "a", .line("a")),
    (
      "[{regex: {expression: '(?P<a>.+) '}}, {regex: {expression: '(?P<b>.)$', source: a}}, {labels: {b: }}]", "xy z",
      .line("xy z", ["b": "y"])
    ),
    // json
    (
      "[{json: {expressions: {a: b.c, n: 'l[-1]', o: b, t: yes, z: nil}}}, {labels: {a: , n: , o: , t: , z: }}]",
      #"{"b":{"c":"x<"},"l":[1,2.5e21],"yes":true,"nil":null}"#,
      .line(
        #"{"b":{"c":"x<"},"l":[1,2.5e21],"yes":true,"nil":null}"#,
        ["a": "x<", "n": "2500000000000000000000", "o": #"{"c":"x\u003c"}"#, "t": "true"])
    ),
    ("[{json: {expressions: {a: }}}, {labels: {a: }}]", "[1]", .line("[1]")),
    ("[{json: {expressions: {a: }, drop_malformed: true}}]", "no json", .dropped("lost: malformed JSON")),
    // logfmt
    (
      "[{logfmt: {mapping: {l: level, msg: }}}, {labels: {l: , msg: }}]", #"level=info msg="a \"b\"" x"#,
      .line(#"level=info msg="a \"b\"" x"#, ["l": "info", "msg": "a \"b\""])
    ),
    (
      "[{logfmt: {mapping: {a: , b: }}}, {labels: {a: , b: }}]", #"a=1 c=x"y b=2"#, .line(#"a=1 c=x"y b=2"#, ["a": "1"])
    ),
    ("[{replace: {expression: '(a)', replace: '<{{ .none }}{{ .Value }}>'}}]", "bab", .line("b<<no value>a>b")),
    // template, output
    (
      "[{template: {source: o, template: '{{ if eq .job \"j\" }}<{{ .Entry | ToUpper }}>{{ else }}no{{ end }}'}}, {output: {source: o}}]",
      "ab", .line("<AB>", ["job": "j"])
    ),
    ("[{template: {source: o, template: '{{ .none }}'}}, {output: {source: o}}]", "ab", .line("<no value>")),
    (
      "[{template: {source: job, template: '{{ if .none }}x{{ end }}'}}, {output: {source: job}}]", "ab",
      .line("ab", ["job": "j"])
    ),
    (
      "[{template: {source: o, template: '{{ Replace .Entry \"a\" \"\" 1 }}{{- /* c */ -}} {{ ToLower .none }}'}}, {output: {source: o}}]",
      "aab", .line("aab")
    ),
    (
      "[{template: {source: o, template: '{{ regexReplaceAll \"(a+)\" .Entry \"<${1}>\" }}'}}, {output: {source: o}}]",
      "aab", .line("<aa>b")
    ),
    (
      "[{template: {source: o, template: '{{ Sha2Hash \"a\" \"bc\" | trunc 8 }}'}}, {output: {source: o}}]", "x",
      .line("ba7816bf")
    ),
    (
      "[{template: {source: o, template: '{{ Hash \"a\" \"bc\" | trunc 8 }}'}}, {output: {source: o}}]", "x",
      .line("3a985da7")
    ),
    (
      "[{template: {source: o, template: '{{ if eq .none \"a\" }}x{{ else if ne .Entry \"a\" \"b\" }}y{{ else }}z{{ end }}'}}, {output: {source: o}}]",
      "ab", .line("ab")
    ),
    (
      "[{template: {source: o, template: '{{ if eq .Entry 1 }}x{{ end }}y'}}, {output: {source: o}}]", "ab", .line("ab")
    ),
    (
      "[{template: {source: o, template: '{{ or .Entry (ToLower .none) }}!'}}, {output: {source: o}}]", "ab",
      .line("ab!")
    ),
    // labels and metadata
    ("[{static_labels: {a: x, b: }}]", "l", .line("l", ["a": "x"])),
    ("[{static_labels: {a: x, b: y}}, {labeldrop: [a]}]", "l", .line("l", ["b": "y"])),
    ("[{static_labels: {a: x, b: y}}, {labelallow: [a]}]", "l", .line("l", ["a": "x"])),
    (
      "[{regex: {expression: '(?P<i>.*)'}}, {static_labels: {a: x}}, {structured_metadata: {id: i, a: , q: none}}]",
      "l", .line("l", [:], ["id=l", "a=x"])
    ),
    (
      "[{regex: {expression: '(?P<i>.*)'}}, {labels: {i: }}, {non_indexed_labels: {i: }}]", "l",
      .line("l", [:], ["i=l"])
    ),
    ("[{tenant: {value: t}}]", "l", .line("l", ["__tenant_id__": "t"])),
    // replace
    ("[{replace: {expression: 'secret', replace: 'x'}}]", "a secret", .line("a secret")),
    (
      "[{replace: {expression: '(secret) (\\d)', replace: '*{{ .Value }}*'}}]", "a secret 1 secret 2",
      .line("a *secret* *1* *secret* *2*")
    ),
    ("[{replace: {expression: '(?P<n>\\d+)', replace: '0'}}, {labels: {n: }}]", "a 12", .line("a 0", ["n": "0"])),
    (
      "[{regex: {expression: '(?P<a>.*)'}}, {replace: {expression: '(b)', source: a, replace: ''}}, {labels: {a: }}]",
      "abc", .line("abc", ["a": "ac"])
    ),
    // drop
    ("[{drop: {expression: 'b'}}]", "abc", .dropped("drop_stage")),
    ("[{drop: {longer_than: 2b, expression: 'z', drop_counter_reason: r}}]", "abc", .line("abc")),
    ("[{drop: {longer_than: 2, drop_counter_reason: r}}]", "abc", .dropped("r")),
    ("[{drop: {longer_than: 1kb}}]", "abc", .line("abc")),
    (
      "[{static_labels: {a: x, b: y}}, {labels: {z: }}, {match: {selector: '{a=\"x\"}', stages: [{drop: {source: [a, b], value: 'x;y'}}]}}]",
      "l", .dropped("drop_stage")
    ),
    ("[{static_labels: {a: x}}, {drop: {source: a, value: x}}]", "l", .line("l", ["a": "x"])),
    ("[{drop: {older_than: 1h}}]", "l", .line("l")),
    // match
    ("[{static_labels: {a: x}}, {match: {selector: '{a!=\"x\"}', action: drop}}]", "l", .line("l", ["a": "x"])),
    ("[{match: {selector: '{ok!=\"1\"}', action: drop, drop_counter_reason: no}}]", "l", .dropped("no")),
    ("[{match: {selector: '{a=~\"|x\"} |= \"b\" !~ `z$`', action: drop}}]", "abz", .line("abz")),
    ("[{match: {selector: '{a=~\"|x\"} |= \"b\" !~ `z$`', action: drop}}]", "abc", .dropped("match_stage")),
    // the rest
    (
      "[{docker: {}}]", #"{"log":"hi\n","stream":"stderr","time":"2026-01-01T00:00:00Z"}"#,
      .line("hi\n", ["stream": "stderr"])
    ),
    ("[{cri: {}}]", "2026-01-01T00:00:00Z stdout F hi there", .line("hi there", ["stream": "stdout"])),
    ("[{cri: {}}]", "2026-01-01T00:00:00Z stdout P hi", .dropped("lost: a partial line without an end")),
    ("[{decolorize: }]", "\u{1B}[1;31mred\u{1B}[0m x", .line("red x")),
    (
      "[{static_labels: {a: '<x>'}}, {match: {selector: '{a=~\".+\"}', stages: [{pack: {labels: [a, none]}}]}}]", "l\"",
      .line(#"{"a":"\u003cx\u003e","_entry":"l\""}"#)
    ),
    (
      "[{regex: {expression: '(?s)(?P<message>.*)'}}, {eventlogmessage: {}}, {labels: {User_Name: , message_extracted: }}]",
      "User Name: bob \r\nmessage: m\r\nno",
      .line("User Name: bob \r\nmessage: m\r\nno", ["User_Name": "bob", "message_extracted": "m"])
    ),
    ("[{sampling: {rate: 0}}]", "l", .dropped("sampling_stage")),
    (
      "[{sampling: {rate: 0.5}}, {limit: {rate: 1, burst: 1, drop: true}}, {timestamp: {source: t, format: RFC3339}}, {metrics: {c: {type: Counter}}}]",
      "l", .line("l")
    ),
  ])
  func stage(stages: String, line: String, expected: Result) throws {
    // Labels that a case needs from the start stand in its expectation as `job`.
    let labels = stages.contains("job") ? ["job": "j"] : [:]
    var expected = expected
    if expected.dropped == nil { expected.labels.merge(labels) { $1 } }
    #expect(try Self.run(stages, [line], labels) == [expected])
  }

  /// Go's JSON writes an invalid byte as an escape and reads it as U+FFFD.
  @Test func invalidUTF8() throws {
    let stages =
      "[{regex: {expression: '(?P<r>.*)'}}, {labels: {r: }}, {json: {expressions: {a: }}}, {labels: {a: }}, {pack: {labels: [a]}}]"
    let pipeline = try Pipeline(YAMLDocument.parse(Array(stages.utf8)))
    let line = Array(#"{"a":""#.utf8) + [0xFF] + Array(#"é"}"#.utf8)
    guard case .kept(let entry)? = try pipeline.process(PipelineEntry(line: line, labels: [:], number: 1)).first else {
      throw Missing()
    }
    #expect(entry.labels.isEmpty)
    #expect(entry.line == Array(#"{"a":"\#u{FFFD}é","_entry":"{\"a\":\"\ufffdé\"}"}"#.utf8))
  }

  @Test func multilineJoinsWhatFollows() throws {
    let stages = "[{multiline: {firstline: '^\\d', max_lines: 3}}]"
    let lines = ["before", "1 a\r", "  b\r", "2 c", "d", "e", "f"]
    #expect(
      try Self.run(stages, lines, ["job": "j"]).map(\.line) == ["before", "1 a\r\n  b\r", "2 c\nd\ne", "f"])
  }

  /// The trap of every drop that knows only the first line of a traceback.
  @Test func dropLetsContinuationsThrough() throws {
    let lines = ["ERROR caught\r", "  the prompt\r"]
    let drop = "{drop: {expression: 'ERROR caught'}}"
    #expect(try Self.run("[\(drop)]", lines) == [.dropped("drop_stage"), .line("  the prompt\r")])
    #expect(try Self.run("[{multiline: {firstline: '^[A-Z]'}}, \(drop)]", lines) == [.dropped("drop_stage")])
  }

  @Test func criJoinsPartialLines() throws {
    let lines = ["t stdout P a", "t stderr F x", "t stdout P b", "t stdout F c"]
    #expect(try Self.run("[{cri: {}}]", lines).map(\.line) == ["x", "abc"])
    let short = "[{cri: {max_partial_line_size: 2, max_partial_line_size_truncate: true}}]"
    #expect(try Self.run(short, lines).map(\.line) == ["x", "ab"])
  }

  /// The shape that let nothing through on the real Promtail but figures.
  @Test func allowList() throws {
    let stages = """
      - regex: {expression: '^INFO Engine (?P<e>\\d{3}): (?P<p>[\\d.]+) tokens/s'}
      - template: {source: ok, template: '{{ if .p }}1{{ end }}'}
      - labels: {ok: }
      - match: {selector: '{ok!="1"}', action: drop, drop_counter_reason: not_allowed}
      - template: {source: out, template: 'engine={{ .e }} tps={{ .p }}'}
      - output: {source: out}
      - labeldrop: [ok]
      """
    let lines = ["INFO Engine 000: 1.5 tokens/s, my prompt", "my prompt", "  INFO Engine 000: 1 tokens/s"]
    #expect(
      try Self.run(stages, lines, ["job": "v"])
        == [.line("engine=000 tps=1.5", ["job": "v"]), .dropped("not_allowed"), .dropped("not_allowed")])
  }

  @Test func saysWhichLinesAndStages() throws {
    let stages =
      "[{multiline: {firstline: a}}, {match: {selector: '{j=\"\"}', stages: [{replace: {expression: '(x)', replace: y}}]}}]"
    let pipeline = try Pipeline(YAMLDocument.parse(Array(stages.utf8)))
    var outcomes: [PipelineOutcome] = []
    for (index, line) in ["a", "x"].enumerated() {
      outcomes += try pipeline.process(PipelineEntry(line: Array(line.utf8), labels: [:], number: index + 1))
    }
    #expect(outcomes.isEmpty)
    guard case .kept(let entry)? = try pipeline.finish().first else { throw Missing() }
    #expect(entry.origins == [1, 2])
    #expect(entry.changes.map(\.number) == ["1", "2.1"])
  }

  private struct Missing: Error {}

  @Test(arguments: [
    ("[{nosuch: {}}]", 1, 3), ("[{geoip: {db: x}}]", 1, 3), ("[{regex: {expression: 'a(?=b)'}}]", 1, 23),
    ("[{regex: {}}]", 1, 10),
    ("[{drop: {}}]", 1, 9), ("[{drop: {value: x}}]", 1, 9), ("[{drop: {expresion: x}}]", 1, 10),
    ("[{match: {selector: '{a}', action: drop}}]", 1, 21), ("[{match: {selector: '{}', action: drop}}]", 1, 21),
    ("[{match: {selector: '{a=\"b\"}'}}]", 1, 10), ("[{match: {selector: '{a=\"b\"}', action: x}}]", 1, 40),
    ("[{template: {source: a, template: '{{ range . }}'}}]", 1, 35),
    ("[{template: {source: a, template: '{{ exec .a }}'}}]", 1, 35),
    ("[{template: {source: a, template: '{{ if .a }}'}}]", 1, 35), ("[{json: {expressions: {a: 'b[*]'}}}]", 1, 27),
    ("[{labels: {a-b: }}]", 1, 12), ("[{sampling: {rate: 2}}]", 1, 20), ("[{tenant: {value: a, label: b}}]", 1, 11),
    ("a: b", 1, 1),
    ("[{a: 1, b: 2}]", 1, 2), ("[{labeldrop: []}]", 1, 14), ("[{drop: {longer_than: many}}]", 1, 23),
  ])
  func refusesWithPlace(stages: String, line: Int, column: Int) {
    let fault = #expect(throws: Fault.self) { try Self.run(stages, ["x"]) }
    #expect(fault?.place?.line == line)
    #expect(fault?.place?.column == column)
  }
}
