import TestSupport
import Testing
import Vocabulary

@testable import Detection

@Suite struct CanaryTests {
  private let markers = ["dorivaleno", "mupatirego", "kaselumibo"]
  private var set: CanarySet { CanarySet(markers: markers) }

  @Test(arguments: [
    "a dorivaleno b", "DORIVALENO", "xdorivalenox", #"{"a":"\ndorivaleno"}"#, "q=o%20dorivaleno%20x", "dorivaleno",
    "abcdefghijdorivaleno",
  ])
  func findsAMarkerWhereverItStands(text: String) throws {
    let judgement = try #require(try policyJudge(canaries: set).judge(text))
    #expect(judgement.isContent && judgement.canaryMarkers == 1 && judgement.leadingRule == "canary")
    let range = try #require(judgement.canaryRange)
    #expect(String(decoding: Array(text.utf8)[range], as: UTF8.self).lowercased() == "dorivaleno")
  }

  @Test func findsMarkersUnderBase64AndEscapes() throws {
    let judge = try policyJudge(canaries: set, without: [.detection])
    #expect(judge.judge("blob=" + base64("era uma vez dorivaleno e mupatirego"))?.canaryMarkers == 2)
    #expect(judge.judge(#"\u0064\u006f\u0072\u0069\u0076\u0061\u006c\u0065\u006e\u006f"#)?.canaryMarkers == 1)
  }

  @Test func countsDistinctMarkers() throws {
    let judgement = try policyJudge(canaries: set).judge("kaselumibo x dorivaleno y kaselumibo")
    #expect(judgement?.canaryMarkers == 2 && judgement?.canaryRange == 0..<36)
  }

  @Test func findsNeitherHalvesNorNeighbours() throws {
    let judge = try policyJudge(canaries: set)
    for text in ["dorivalen", "orivaleno", "dori valeno", "dorivalena", "mupatireg", ""] {
      judge.beginSource()
      #expect((judge.judge(text)?.canaryMarkers ?? 0) == 0)
    }
  }

  @Test func eachProofStandsAlone() throws {
    let text = "CPF 111.444.777-35 dorivaleno"
    let both = try policyJudge(canaries: set).judge(text)
    let detection = try policyJudge(canaries: set, without: [.canary]).judge(text)
    let canary = try policyJudge(canaries: set, without: [.detection]).judge(text)
    #expect(both?.canaryMarkers == 1 && both?.evidence.isEmpty == false)
    #expect(detection?.canaryMarkers == 0 && detection?.leadingRule == "cpf")
    #expect(canary?.canaryMarkers == 1 && canary?.evidence.isEmpty == true && canary?.logOdds == 0)
  }

  /// Against a plain search, among thousands of markers of several lengths.
  @Test func agreesWithAPlainSearch() {
    var random = SeededGenerator(3)
    func word(_ length: Int) -> String {
      String((0..<length).map { _ in "abc".randomElement(using: &random)! })
    }
    let markers = Set((0..<1_000).map { _ in word(Int.random(in: 8...11, using: &random)) })
    let sorted = markers.sorted()
    let set = CanarySet(markers: Array(markers))
    #expect(set.count == markers.count)
    for _ in 0..<100 {
      let text = (0..<6).map { _ in word(Int.random(in: 1...14, using: &random)) }.joined(separator: " ")
      var found: Set<String> = []
      Array(text.utf8).withUnsafeBytes { bytes in
        set.forEachMatch(in: bytes) { index, _ in found.insert(sorted[index]) }
      }
      #expect(found == markers.filter { text.contains($0) })
    }
  }

  @Test func saysHowMuchOfAMessageWasFound() throws {
    let set = CanarySet(messages: [["dorivaleno", "mupatirego", "kaselumibo"], ["bafolitezu", "gonevirasa"]])
    let judge = try policyJudge(canaries: set)
    func extent(_ text: String) -> CanaryExtent? { judge.judge(text)?.canaryExtent }
    #expect(extent("x dorivaleno y") == CanaryExtent(found: 1, planted: 3))
    // Of two messages the one of which more was seen.
    #expect(extent("dorivaleno bafolitezu") == CanaryExtent(found: 1, planted: 2))
    // What came before in the source counts, and once.
    #expect(extent("mupatirego mupatirego") == CanaryExtent(found: 2, planted: 3))
    #expect(extent("kaselumibo")?.description == "3 of 3 markers of one planted message")
    judge.beginSource()
    #expect(extent("kaselumibo") == CanaryExtent(found: 1, planted: 3))
  }
}
