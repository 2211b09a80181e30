import Testing
import Vocabulary

@testable import Detection

@Suite struct CommentTextTests {
  @Test(
    arguments: [
      ("# two words", "two words", nil), ("  ## two words ##", "two words", nil), ("// two words", "two words", nil),
      ("{{/* two words */}}", "two words", nil), ("{{- /* two words */ -}}", "two words", nil),
      ("# ex.: two words", "ex.: two words", "two words"),
      ("{{/* a user asked:  one */}}", "a user asked:  one", "one"),
      ("# http://a", "http://a", nil), ("# port 80: closed", "port 80: closed", nil), ("# : a", ": a", nil),
      ("# this is no lead: a", "this is no lead: a", nil), ("# a:", "a:", nil), ("#", "", nil), ("{{", "", nil),
      ("{{}}", "", nil),
    ] as [(String, String, String?)])
  func theMarksAndWhatAnnouncesAreTakenOff(text: String, said: String, announced: String?) {
    let bytes = Array(text.utf8)
    let comment = bytes.withUnsafeBytes { CommentText($0) }
    #expect(String(decoding: bytes[comment.said], as: UTF8.self) == said)
    #expect(comment.announced.map { String(decoding: bytes[$0], as: UTF8.self) } == announced)
  }

  @Test(arguments: [
    "{{/* |could you please explain to me how I should talk to my daughter?| */}}",
    "# user asked: |me explica como eu faço para declarar o imposto|",
  ])
  func conversationInACommentIsFoundAtItsPlace(marked: String) throws {
    let parts = marked.split(separator: "|", omittingEmptySubsequences: false).map { $0.utf8.count }
    let text = marked.replacing("|", with: "")
    let judgement = try #require(try policyJudge().judge(text, .config, .comment))
    #expect(judgement.isContent)
    let language = try #require(judgement.evidence.first { $0.detector == "language" })
    #expect(language.start == parts[0] && language.end == parts[0] + parts[1])
  }

  @Test(arguments: [
    "# How often the rules are evaluated, in seconds; more often costs memory.",
    "{{/* Renders the alerts of one group, sorted by severity and name. */}}",
    "// note: keep this list in the order of the nodes",
  ])
  func whatAuthorsWriteIsNone(text: String) throws {
    #expect(try policyJudge().judge(text, .config, .comment)?.isContent != true)
  }
}
