import ConfigBundle
import Flow
import Foundation
import Testing

@testable import Jobs

@Suite struct LogStreamsTests {
  private struct Push: Decodable {
    struct Stream: Decodable {
      var stream: [String: String]
      var values: [[String]]
    }
    var streams: [Stream]
  }

  @Test func everyLineIsAnEntryAtItsOwnTime() throws {
    let bytes = try LogStreams.push(Data("one\ntwo \"quoted\"\nthree".utf8), labels: ["job": "vllm"], start: 10)
    let push = try JSONDecoder().decode(Push.self, from: Data(bytes))
    #expect(push.streams.map(\.stream) == [["job": "vllm"]])
    #expect(push.streams[0].values == [["10", "one"], ["11", "two \"quoted\""], ["12", "three"]])
  }

  @Test func takesTheStaticLabelsOfTheCollectorsOwnConfiguration() {
    let config = """
      scrape_configs:
        - job_name: vllm
          static_configs:
            - targets: [localhost]
              labels: {job: vllm, site: carcara, __path__: /var/log/vllm/*.log}
      """
    let files = ConfigFiles([
      ConfigFile(path: "promtail.yaml", role: .promtailConfig, bytes: Array(config.utf8))
    ])
    #expect(
      LogStreams.labels(of: "vllm", node: "gpu-node1", in: files)
        == ["job": "vllm", "site": "carcara", "node": "gpu-node1"])
    #expect(LogStreams.labels(of: "litellm", node: "litellm", in: files) == ["job": "litellm", "node": "litellm"])
  }
}
