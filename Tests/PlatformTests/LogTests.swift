import Fleet
import Foundation
import Syntax
import Testing

@testable import Platform

struct LogTests {
  private static func lines(_ course: Course) throws -> [LogLine] {
    var model = try PlatformModel(fleet: .default, seed: 8, course: course)
    model.advance(by: course.duration)
    return model.drainLogs()
  }

  /// Every line is one that the real programs write: start-up, statistics, access, error.
  @Test func everyLineHasARealForm() throws {
    let program = #/\((APIServer|EngineCore) pid=\d+\) INFO \d\d-\d\d \d\d:\d\d:\d\d \[[a-z_]+\.py:\d+\] .*/#
    let uvicorn =
      #/INFO:     (Started server process \[\d+\]|Waiting for .*|Application startup .*|Uvicorn running on .*)/#
    let access = #/INFO:     [\d.]+:\d+ - "(GET|POST) /[a-z/1]+ HTTP/1\.1" \d\d\d [A-Z][A-Za-z ]+/#
    let proxy = #/\d\d:\d\d:\d\d - LiteLLM Proxy:(WARNING|ERROR): [a-z_]+\.py:\d+ - .*/#
    let banner = #/\x{1B}\[32m.*\x{1B}\[0m/#
    let failure = #/(LiteLLM: model group '[a-z-]+' failed with .*|litellm\.exceptions\.\w+: .*|)/#
    let traceback = #/(Traceback \(most recent call last\):|  (File ".*", line \d+, in \w+|  .*))/#
    func isReal(_ line: String) -> Bool {
      line.wholeMatch(of: program) != nil || line.wholeMatch(of: uvicorn) != nil || line.wholeMatch(of: access) != nil
        || line.wholeMatch(of: proxy) != nil || line.wholeMatch(of: banner) != nil
        || line.wholeMatch(of: failure) != nil || line.wholeMatch(of: traceback) != nil
    }
    for course in [Course.nodeDown, .errors] {
      #expect(try Self.lines(course).filter { !isReal($0.text) }.isEmpty)
    }
  }

  @Test func linesStandInTheOrderOfTimeAndBearIt() throws {
    let lines = try Self.lines(.healthy)
    #expect(lines.map(\.time) == lines.map(\.time).sorted())
    let statistics = lines.filter { $0.log == "vllm@gpu-node1" && $0.text.contains("Engine 000:") }
    #expect(statistics.count > 500)
    #expect(statistics.first?.text.contains("03-03 13:00:10") == true)
    #expect(statistics.last?.text.contains("03-03 14:30:00") == true)
    #expect(Set(lines.map(\.log)) == ["vllm@gpu-node1", "vllm@gpu-node2", "litellm"])
  }

  @Test func logsAgreeWithMetrics() throws {
    var model = try PlatformModel(fleet: .default, seed: 8, course: .errors)
    model.advance(by: 3600)
    let answered = model.drainLogs().filter {
      $0.log == "litellm" && $0.text.hasPrefix("INFO:     10.") && !$0.text.contains("GET /metrics")
    }
    func count(_ status: String) -> Double {
      Double(answered.filter { $0.text.contains("\" \(status) ") }.count)
    }
    let total = model.samples(.litellm, "litellm_proxy_total_requests_metric_total")
    for status in ["200", "500"] {
      #expect(total.filter { $0["status_code"] == status }.map(\.value).reduce(0, +) == count(status))
    }
    #expect(count("500") > 100)
  }

  @Test func aRestartIsLogged() throws {
    let starts = try Self.lines(.nodeDown).filter { $0.text.contains("Starting vLLM server") }
    #expect(starts.map(\.log) == ["vllm@gpu-node1", "vllm@gpu-node2", "vllm@gpu-node1"])
  }
}
