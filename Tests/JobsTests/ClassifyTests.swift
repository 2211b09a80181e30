import Testing
import Vocabulary

@testable import Jobs

@Suite struct ClassifyTests {
  func verdict(_ line: String) throws -> String {
    String(decoding: try ClassifyJob(folder: nil).classify(Array(line.utf8), number: 7), as: UTF8.self)
  }

  @Test func judgesByTheSurface() throws {
    let found = try verdict(#"{"id":"a","surface":"label","text":"model=\"como faço para pedir a segunda via\""}"#)
    #expect(found.contains(#""content":true"#) && found.contains(#""id":"a""#) && found.hasSuffix("\n"))
    #expect(!found.contains("segunda"))
    #expect(try verdict(#"{"id":"b","surface":"log","text":"INFO: started"}"#).contains(#""content":false"#))
  }

  @Test func saysWhyWhereAsked() throws {
    let line = #"{"id":"a","surface":"log","text":"como faço para pedir a segunda via da conta?"}"#
    let job = try ClassifyJob(folder: nil, explains: true)
    let explained = String(decoding: try job.classify(Array(line.utf8), number: 1), as: UTF8.self)
    let plain = try verdict(line)
    for key in ["threshold", "weight", "decodings", "reasons"] {
      #expect(explained.contains("\"\(key)\":") && !plain.contains("\"\(key)\":"))
    }
    #expect(!explained.contains("segunda"))
  }

  @Test(arguments: [
    "", "{}", "[1]", #"{"id":"a","surface":"wall","text":"x"}"#, #"{"surface":"log","text":"x"}"#,
  ])
  func aLineOfAnotherFormIsAUsageErrorWithItsNumber(line: String) {
    #expect {
      try verdict(line)
    } throws: { error in
      (error as? Fault).map { $0.status == .usage && $0.place?.line == 7 } ?? false
    }
  }

  @Test func undoesTheEscapesOfLabels() {
    func value(_ text: String) -> String { JudgedText(text, surface: .label).text }
    #expect(value(#"a="x\"y\\z\nw""#) == "x\"y\\z\nw")
    #expect(value(#"a="\u00e3""#) == #"\u00e3"#)
    #expect(value("plain text") == "plain text")
    #expect(value(#"not a name="x""#) == #"not a name="x""#)
    #expect(JudgedText(#"a="x""#, surface: .label).labelName == "a")
  }
}
