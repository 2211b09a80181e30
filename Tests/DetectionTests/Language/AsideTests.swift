import Foundation
import Testing
import Vocabulary

@testable import Detection

/// Text amid bytes that are none, as messages in a binary encoding hold it.
@Suite struct AsideTests {
  private func judged(_ message: String) throws -> (evidence: Evidence?, run: Range<Int>) {
    let header: [UInt8] = [0x0A, 0x96, 0xFE, 0x01, 0x12, 0x80, 0xC3, 0x1A, 0x00, 0xB1, 0x22, 0xF0]
    let trailer: [UInt8] = [0xFF, 0x07, 0x18, 0x9C, 0x00, 0x81]
    let run = Data(header + Array(message.utf8) + trailer).base64EncodedString()
    let line = "grpc frame=\(run) sent"
    let judgement = try policyJudge().judge(line)
    let start = "grpc frame=".utf8.count
    return (judgement?.evidence.first { $0.detector == "language" }, start..<start + run.utf8.count)
  }

  @Test func isScoredAsLanguageAtItsRun() throws {
    let (evidence, run) = try judged("Our neighbours keep complaining about my dog and I am so tired of it")
    let found = try #require(evidence)
    #expect(found.weight >= 4 && run.contains(found.start) && run.contains(found.end - 1))
  }

  @Test func operationIsNone() throws {
    #expect(try judged("INFO worker 3 finished batch 1841 in 812 ms, 96 requests").evidence == nil)
  }
}
