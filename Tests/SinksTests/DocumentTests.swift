import Sinks
import Syntax
import Testing
import Vocabulary

@Suite struct DocumentTests {
  private func read(_ text: String, _ path: String = "x") throws -> (Collector, Coverage) {
    let collector = Collector()
    let coverage = try FileSink.read(text.bytes, path: path, into: collector)
    return (collector, coverage)
  }

  @Test func rulesGiveAlertSpecimensWithPlaces() throws {
    let (collector, coverage) = try read(
      """
      # a comment
      groups:
      - name: g
        rules:
        - alert: A
          expr: |
            up
              == 0
          labels: {severity: "page"}
          annotations:
            summary: "{{ $labels.job }} down"
      """)
    #expect(coverage.format == "prometheus rules")
    #expect(coverage.sink == Sink(.rules, "x"))
    #expect(collector.specimens.allSatisfy { $0.surface == .alert })
    let expression = try #require(collector.specimens.first { $0.slot == .expression })
    #expect(expression.string == "up\n  == 0\n")
    #expect([expression.line, expression.column, expression.indentation] == [7, 7, 6])
    #expect(expression.isVerbatim)
    #expect(expression.owner == "/groups/0/rules/0/expr")
    // Its author's words, unlike a label value that telemetry brings.
    let label = try #require(collector.specimens.first { $0.name == "severity" })
    #expect(label.string == "page" && label.slot == .annotation)
    #expect([label.line, label.column] == [9, 25])
    #expect(collector.texts(.annotation) == ["page", "{{ $labels.job }} down"])
    #expect(collector.texts(.comment) == ["# a comment"])
    #expect(collector.texts(.labelName) == ["severity"])
  }

  @Test func aSchemasLabelsAreNoLabels() throws {
    let (collector, _) = try read(
      "kind: X\nproperties:\n  labels:\n    description: words\n    items: {type: string}\n", "crd.yaml")
    #expect(collector.texts(.labelName).isEmpty && collector.texts(.scalar).contains("words"))
  }

  @Test func brokenDocumentsAreJudgedAsLines() throws {
    let (collector, coverage) = try read("groups:\n- name: [\n  rules:\n  - alert: x\n", "r.yaml")
    #expect(coverage.outcome == .judgedAsText)
    #expect(coverage.surface == .alert)
    #expect(collector.texts(.line).count == 4)
    #expect(collector.notices.map(\.rule) == ["does-not-parse"])
    #expect(collector.notices[0].place.path == "r.yaml")
    #expect(collector.notices[0].place.line != nil)
    let (json, broken) = try read("{\"a\": 1,\n \"b\": tru}", "d.json")
    #expect(broken.outcome == .judgedAsText)
    #expect(json.notices.map { [$0.place.line, $0.place.column] } == [[2, 7]])
    #expect(json.texts(.line).count == 2)
  }

  @Test func expressionsOfRelabellingAndPipelinesAreNoProse() throws {
    let (collector, _) = try read(
      """
      scrape_configs:
        - metric_relabel_configs: [{source_labels: [a], regex: 'up|down', action: keep}]
          pipeline_stages: [{multiline: {firstline: '^INFO'}}]
      """)
    #expect(collector.texts(.expression) == ["up|down", "^INFO"])
  }

  @Test func jsonGivesKeysStringsAndRunsOfNumbers() throws {
    let (collector, _) = try read(
      "{\"panels\":[{\"title\":\"T\\u00e9\",\"targets\":[{\"expr\":\"up\"}],\"ids\":[1, 2,3],\"n\":5,\"cpf\":11144477735}],"
        + "\n\"title\":\"d\",\"m\":{\"role\":\"user\",\"content\":\"hi\"}}")
    #expect(collector.texts(.expression) == ["up"])
    #expect(
      collector.texts(.scalar) == [
        "Té", "[1, 2,3]", "11144477735", "d", "user", "hi", "{\"role\":\"user\",\"content\":\"hi\"}",
      ])
    #expect(collector.texts(.key) == ["panels", "title", "targets", "expr", "ids", "n", "cpf", "m", "role", "content"])
    let owners = collector.specimens.filter { $0.slot != .key }.map(\.owner)
    #expect(
      owners == [
        "/panels/0/title", "/panels/0/targets/0/expr", "/panels/0/ids", "/panels/0/cpf", "/title", "/m/role",
        "/m/content", "/m",
      ])
    let title = try #require(collector.specimens.first { $0.string == "d" })
    #expect([title.line, title.column] == [2, 10])
  }

  @Test func expositionsGiveNamesValuesHelpAndExemplars() throws {
    let (collector, coverage) = try read(
      """
      # HELP x Help \\\\ text.
      # TYPE x counter
      x_total{a="1",é="b\\"c"} 2 # {trace="t"} 1
      x_total{a="3"} 2
      oops here we go again
      # a note
      """)
    #expect(coverage.outcome == .judgedAsText)
    #expect(collector.texts(.metricName) == ["x", "x_total"])
    #expect(collector.texts(.labelName) == ["a", "é", "trace"])
    #expect(collector.texts(.labelValue) == ["1", "b\"c", "3"])
    #expect(collector.texts(.help) == ["Help \\ text."])
    #expect(collector.texts(.exemplar) == ["t"])
    #expect(collector.texts(.line) == ["oops here we go again"])
    #expect(collector.texts(.comment) == [" a note"])
    #expect(collector.notices.map { $0.place.line } == [5])
    let value = try #require(collector.specimens.first { $0.string == "b\"c" })
    #expect([value.line, value.column] == [3, 18])
    #expect([value.owner, value.name] == ["x_total", "é"])
    #expect(!value.isVerbatim)
  }

  @Test func lokiAnswersGiveStreamsLinesAndMetadata() throws {
    let (collector, coverage) = try read(
      "{\"status\":\"success\",\"data\":{\"resultType\":\"streams\",\"result\":[{\"values\":[[\"5\",\"a\"],[\"5\",\"b\\n\","
        + "{\"structuredMetadata\":{\"k\":\"m\"},\"parsed\":{}}],[\"6\",\"c\",{\"q\":\"n\"}]],\"stream\":{\"job\":\"vllm\"}}]}}"
    )
    #expect(coverage.sink.kind == .loki)
    let lines = collector.specimens.filter { $0.slot == .line }
    #expect(lines.map(\.string) == ["a", "b\n", "c"])
    #expect(lines.map(\.time) == [5, 5, 6])
    #expect(lines.map(\.ordinal) == [0, 1, 0])
    #expect(lines.allSatisfy { $0.owner == "{job=\"vllm\"}" && $0.surface == .log })
    let metadata = collector.specimens.filter { $0.slot == .metadata }
    #expect(metadata.map(\.name) == ["k", "q"])
    #expect(metadata.map(\.time) == [5, 6])
    #expect(collector.texts(.labelValue) == ["vllm"])
  }

  @Test func prometheusAnswersNameTheirSeries() throws {
    let (collector, _) = try read("{\"status\":\"success\",\"data\":[{\"a\":\"1\",\"__name__\":\"up\"}]}")
    #expect(collector.texts(.labelValue) == ["1", "up"])
    #expect(collector.specimens.filter { $0.slot == .labelValue }.allSatisfy { $0.owner == "up" })
    let (alerts, _) = try read("{\"status\":\"success\",\"data\":{\"alerts\":[{\"labels\":{\"a\":\"b\"}}]}}")
    #expect(alerts.specimens.first { $0.string == "b" }?.surface == .alert)
  }

  @Test func linesWithoutStructure() throws {
    let (collector, coverage) = try read("INFO a\r\n\n  \nERROR é", "x.log")
    #expect(coverage.sink.kind == .logFile)
    #expect(collector.specimens.map(\.string) == ["INFO a", "ERROR é"])
    #expect(collector.specimens.map(\.line) == [1, 4])
    let (empty, nothing) = try read("")
    #expect(empty.specimens.isEmpty)
    #expect(nothing.outcome == .judged && nothing.bytes == 0)
  }

  @Test func webhookLinesAreReadAsDocuments() throws {
    let line = "{\"receiver\":\"r\",\"alerts\":[{\"annotations\":{\"s\":\"t\"}}],\"groupLabels\":{}}\n"
    let (collector, coverage) = try read(line + line + "{broken\n")
    #expect(coverage.format == "alertmanager webhook")
    #expect(collector.texts(.annotation) == ["t", "t"])
    #expect(collector.specimens.filter { $0.slot == .annotation }.map(\.line) == [1, 2])
    #expect(collector.notices.map { $0.place.line } == [3])
  }

  @Test func aliasesRepeatNothingAndTokenIdsStandTogether() throws {
    let (collector, _) = try read("a: &x secret\nb: *x\nc: [101, 2023, 2003]\nd:\n- 1\n- 2\n", "x.yaml")
    #expect(collector.specimens.filter { $0.string == "secret" }.count == 1)
    #expect(collector.texts(.scalar).contains("[101, 2023, 2003]"))
    #expect(collector.texts(.scalar).contains("[1, 2]"))
  }
}
