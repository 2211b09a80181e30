import Detection
import Testing
import Vocabulary

/// What the language score says of sentences made up for this test.
@Suite struct LanguageScorerTests {
  private let scorer = LanguageScorer()

  private func logOdds(_ text: String, _ surface: Surface) -> Double {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBytes { scorer.logOdds($0, surface: surface) }
  }

  @Test(arguments: [
    ("Oi, você pode me ajudar a escrever uma carta para a minha mãe?", Surface.log),
    ("me explica como eu faço para declarar o imposto", .log),
    ("Could you please explain to me how I should talk to my daughter?", .log),
    ("write a short poem about the sea", .log),
    ("¿Puedes decirme cómo preparo una paella para seis personas?", .log),
    ("não sei o que fazer com o meu chefe", .label),
    ("prompt=\"tell me a joke about two cats\"", .label),
    ("{\"level\":\"info\",\"msg\":\"request\",\"body\":\"Why does my back hurt when I get up in the morning?\"}", .log),
    ("Request failed, the last message was: how do I leave my husband without losing the house?", .alert),
    ("note: \"Escreva um e-mail pedindo desculpas ao meu professor\"", .config),
    ("Wie kann ich meiner Freundin sagen, dass ich sie liebe?", .log),
    ("どうすれば日本語をもっと上手に話せますか？", .log),
  ])
  func `conversation is over even odds`(_ text: String, _ surface: Surface) {
    #expect(logOdds(text, surface) > 1)
  }

  @Test(arguments: [
    ("2026-11-02T10:15:31Z INFO worker 3 finished batch 1841 in 812 ms, 96 requests", Surface.log),
    ("ERROR: could not open relation mapping file \"global/pg_filenode.map\": No such file or directory", .log),
    ("Nov 20 10:01:12 gpu04 systemd[1]: Iniciado o serviço de coleta de métricas.", .log),
    ("mistral-small-24b-instruct", .label),
    ("instance=\"gpu01.cluster.local:9400\"", .label),
    ("GPU temperature on {{ $labels.instance }} is above 90 degrees for more than five minutes.", .alert),
    ("A fila de requisições do nó gpu02 está acima do limite há 10 minutos", .alert),
    ("scrape_interval: 15s", .config),
    ("# How often the rules are evaluated.", .config),
    ("sum by (model_name) (rate(vllm:request_success_total[5m]))", .config),
    ("allreduce bucket sizes: [26214400, 25165824, 26214400, 25165824, 26214400, 1048576]", .log),
    ("", .log),
  ])
  func `operation is under the odds of one false positive in five hundred`(_ text: String, _ surface: Surface) {
    #expect(logOdds(text, surface) < 1)
  }

  /// The same sentence in each encoding, in the same line.
  @Test(arguments: [
    // base64, whole and with its first character gone, and base64url
    "Q291bGQgeW91IHBsZWFzZSBleHBsYWluIHRvIG1lIGhvdyBJIHNob3VsZCB0YWxrIHRvIG15IGRhdWdodGVyIGFib3V0IHRoZSBkaXZvcmNlPw==",
    "291bGQgeW91IHBsZWFzZSBleHBsYWluIHRvIG1lIGhvdyBJIHNob3VsZCB0YWxrIHRvIG15IGRhdWdodGVyIGFib3V0IHRoZSBkaXZvcmNlPw",
    "T2ksIHZvY8OqIHBvZGUgbWUgYWp1ZGFyIGEgZXNjcmV2ZXIgdW1hIGNhcnRhIHBhcmEgYSBtaW5oYSBtw6NlPyBRdWVyaWEgcGVkaXI",
    // hex
    "436f756c6420796f7520706c65617365206578706c61696e20746f206d6520686f7720492073686f756c642074616c6b20746f206d79",
    // percent, plus signs
    "Could%20you%20please%20explain%20to%20me%20how%20I%20should%20talk%20to%20my%20daughter%3F",
    "Could+you+please+explain+to+me+how+I+should+talk+to+my+daughter%3F",
    // JSON escapes, and escaped once more
    #"\u0043ould\u0020you\u0020please\u0020explain\u0020to\u0020me\u0020how\u0020I\u0020should\u0020talk\u0020to my mum?"#,
    #"\\u0043ould\\u0020you\\u0020please\\u0020explain\\u0020to\\u0020me\\u0020how\\u0020I\\u0020should\\u0020talk?"#,
    // gzip (dynamic and fixed codes) and zlib (stored), in base64
    "H4sIAAAAAAACA3POL81JUajML1UoyElNLE5VSK0oyEnMzFMoyVfITVXIyC9X8FQozgCrKknMyQaLVyqkJJamZ5SkFikkJuWXliiUZKQqpGSW5Rclp9oDAJd59pBSAAAA",
    "H4sIAAAAAAACA+2OwRHCMAwEW7kCGFrIgxevDCUIW4MNTmRsK5B6+NFGGkOkA97koxndSbfXxx0mccsbWTxjYNBVPRUQuLrCExfoQHBUGiFTIXOGOAaby4s7nJRLNId9LPD2oylTtT0J7spghY+1MmRsPOz7jbfxfuAdRJPHLIqcmEzmZ04URzT5woM8cEQN61WjdFv1GZ70Epp1obNoQwtsqZMUx91/Jn4AX0snUOgDAAA=",
    "eAEBUgCt/0NvdWxkIHlvdSBwbGVhc2UgZXhwbGFpbiB0byBtZSBob3cgSSBzaG91bGQgdGFsayB0byBteSBkYXVnaHRlciBhYm91dCB0aGUgZGl2b3JjZT/RZx3L",
  ])
  func `an encoding hides nothing, and the region is the encoded run`(_ encoded: String) {
    let line = "2026-11-02 10:15:31,120 INFO [cache] state saved (value=\(encoded))"
    let score = Array(line.utf8).withUnsafeBytes { scorer.score($0, surface: .log) }
    #expect(score.logOdds > 1)
    let run = line.utf8.count - 1 - encoded.utf8.count..<line.utf8.count - 1
    #expect(score.region.overlaps(run) && score.region.lowerBound >= run.lowerBound - 8)
  }

  @Test func `a digest is no conversation`() {
    let line =
      "2026-11-02 10:15:31,120 INFO [cache] state saved (value=9b1f0a4de56c7788f13a2b9c4d5e6f708192a3b4c5d6e7f8)"
    #expect(logOdds(line, .log) < 1)
  }

  @Test func `the region is what is carried, not the carrier`() {
    let carried = "Why does my back hurt when I get up in the morning?"
    let line = "{\"level\":\"info\",\"msg\":\"done\",\"text\":\"\(carried)\",\"took_ms\":12}"
    let score = Array(line.utf8).withUnsafeBytes { scorer.score($0, surface: .log) }
    let start = line.utf8.count - "\",\"took_ms\":12}".utf8.count - carried.utf8.count
    #expect(score.region == start..<start + carried.utf8.count)
  }

  @Test func `what was judged before changes nothing`() {
    let text = Array("me conta uma história de dormir para a minha filha".utf8)
    let first = text.withUnsafeBytes { scorer.score($0, surface: .log) }
    _ = logOdds(String(repeating: "x=[1, 2, 3] \\u0041 QUJD %41 ", count: 40), .config)
    #expect(text.withUnsafeBytes { scorer.score($0, surface: .log) } == first)
    #expect(text.withUnsafeBytes { LanguageScorer().score($0, surface: .log) } == first)
  }

  @Test func `content at the end of a long text is found at its place`() {
    let carried = "Could you please explain to me how I should talk to my daughter about the divorce?"
    let filler = String(repeating: "level=info msg=\"scrape finished\" target=gpu01:9400 duration=0.012\n", count: 300)
    let text = Array((filler + carried).utf8)
    let score = text.withUnsafeBytes { scorer.score($0, surface: .log) }
    #expect(score.logOdds > 1)
    #expect(score.region.overlaps(filler.utf8.count..<text.count))
    #expect(score.region.upperBound <= text.count)
  }
}
