import Testing
import Vocabulary

@testable import Syntax

@Suite struct ExpositionTests {
  @Test func writesLikeThePythonClient() {
    let family = MetricFamily(
      "vllm:x", .gauge, help: "Back\\slash\nand line.",
      samples: [
        .init("vllm:x", [.init("model_name", "a\"b\\c\n"), .init("engine", "0")], 1),
        .init("vllm:x", [], 1_147_281_408), .init("vllm:x", [], .infinity), .init("vllm:x", [], .nan),
        .init("vllm:x", [], 0.1 + 0.2), .init("vllm:x", [], 1e-7), .init("vllm:x", [], 12_345_678_901),
        .init("vllm:x", [], 999_999), .init("vllm:x", [], 1_000_000), .init("vllm:x", [], -2e6),
        .init("vllm:x", [], 1.5e300),
      ])
    let expected = #"""
      # HELP vllm:x Back\\slash\nand line.
      # TYPE vllm:x gauge
      vllm:x{engine="0",model_name="a\"b\\c\n"} 1.0
      vllm:x 1.147281408e+09
      vllm:x +Inf
      vllm:x NaN
      vllm:x 0.30000000000000004
      vllm:x 1e-07
      vllm:x 1.2345678901e+010
      vllm:x 999999.0
      vllm:x 1e+06
      vllm:x -2000000.0
      vllm:x 1.5e+300

      """#
    #expect(String(decoding: ExpositionWriter(.python).bytes([family]), as: UTF8.self) == expected)
  }

  @Test func numbersLikeGo() {
    let writer = ExpositionWriter(.go)
    let numbers: [Double] = [0, -0.0, 1, 0.25, 123_456, 1_147_281_408, 1e6, 1e21, 0.0001, 0.00001, 123_456.75, -1.5]
    #expect(
      numbers.map(writer.number) == [
        "0", "-0", "1", "0.25", "123456", "1.147281408e+09", "1e+06", "1e+21", "0.0001", "1e-05", "123456.75", "-1.5",
      ])
  }

  @Test func numbersLikeTheDCGMExporter() {
    let writer = ExpositionWriter(.dcgm)
    let numbers: [Double] = [0, 918_273_645_123, 512.334, 0.31, -0.5, 0.000_000_4, .infinity]
    #expect(
      numbers.map(writer.number) == [
        "0", "918273645123", "512.334000", "0.310000", "-0.500000", "0.000000", "+Inf",
      ])
  }

  @Test func readsOpenMetricsAndQuotedNames() throws {
    let source = """
      # HELP foo Text with \\\\ and \\n.
      # TYPE foo counter
      # UNIT foo seconds
      foo_total{a="x\\"y",b=""} 17 1520879607.789 # {trace_id="KOO5S4vxi0o"} 0.67 1520879607.789
      {"my.metric", "my.label"="v", le="+Inf"} 3e2 1395066363000
      \tspaced { a = "1" , }\t-Inf\u{20}
      # EOF

      """
    let families = try MetricFamily.parse(source.bytes)
    #expect(families.map(\.name) == ["foo", "my.metric", "spaced"])
    #expect(families[0].help == "Text with \\ and \n.")
    #expect(families[0].kind == .counter)
    #expect(families[0].samples == [.init("foo_total", [.init("a", "x\"y"), .init("b", "")], 17)])
    #expect(families[1].samples[0].labels == [.init("my.label", "v"), .init("le", "+Inf")])
    #expect(families[2].samples[0].value == -.infinity)
  }

  @Test(arguments: [
    "foo", "foo{", "foo{a", "foo{a=", "foo{a=x} 1", "foo{a=\"x} 1", "foo{a=\"x\" b=\"y\"} 1", "{} 1", "foo 1 2 3",
    "foo x",
    "foo{a=\"1\"}", "foo 1 # {a=\"b\"", "foo 1 # {a=\"b\"} x", "foo{a=\"b\\", "1 2 3 4",
  ])
  func brokenLinesAreReported(line: String) throws {
    let fault = try #require(throws: Fault.self) { try MetricFamily.parse(("ok 1\n" + line + "\n").bytes) }
    #expect(fault.place?.line == 2)
  }

  @Test(.enabled(if: Shared.isThere, "no evaluation data beside the checkout"))
  func realSamplesComeBackByteForByte() throws {
    for name in ["vllm_0.33.0_busy_server.prom", "litellm_1.106.2_default.prom"] {
      let bytes = try Shared.bytes("facts/samples/" + name)
      let written = ExpositionWriter(.python).bytes(try MetricFamily.parse(bytes))
      let differing = zip(
        bytes.split(separator: 0x0A), written.split(separator: 0x0A)
      ).enumerated().filter { $0.element.0 != $0.element.1 }.map { $0.offset + 1 }
      #expect(differing.isEmpty, "\(name): lines \(differing.prefix(10))")
    }
    let go = try Shared.bytes("facts/samples/node_exporter_1.5.0.prom")
    #expect(ExpositionWriter(.go).bytes(try MetricFamily.parse(go)) == go)
  }
}
