import Testing

@testable import Contracts

@Suite struct SlotGrammarTests {
  private static let names = FleetNames([.model: ["carcara-chat", "carcara"], .hostname: ["gpu-n01"]])

  @Test(arguments: [
    (SlotKind.integer, "-41", true), (.integer, "4x", false), (.integer, "", false), (.grouped, "440,192", true),
    (.grouped, "440,19", false), (.float, "1.8e+07", true), (.float, "+Inf", true), (.float, "1.", false),
    (.floats, "0.612, 0.431", true), (.percent, "43.8%", true), (.duration, "1h2m3.5s", true), (.duration, "3", false),
    (.timestamp, "2026-11-22T10:08:43.392Z", true), (.timestamp, "2026-11-22 10:08:43+01:00", true),
    (.timestamp, "2026-11-22", false), (.time, "10:11:51", true), (.monthDay, "11-22", true), (.ip, "127.0.0.1", true),
    (.ip, "fe80::1", true), (.ip, "1.2.3", false), (.ip, "deadbeef", false), (.port, "65535", true),
    (.port, "70000", false),
    (.status, "404", true), (.status, "40", false), (.requestID, "chatcmpl-a8d3d75584c4a8eb-81582ced", true),
    (.requestID, "minha-pergunta", false), (.uuid, "0cb8c6c3-b269-4fea-9965-8d74057087c1", true),
    (.hex(64...64), "f886b3d11d2d0275b1e4c67d64d1e7d3917e556c288fff71c0a8f0825bbc8657", true),
    (.hex(8...8), "f886b3d11", false), (.pci, "00000000:1A:00.0", true),
    (.gpuUUID, "GPU-5a1c0f2e-8d41-4b0a-9c55-0f0d3a7be111", true), (.mac, "02:8b:45:8e:bb:ed", true),
    (.version, "1.5.0-1+b6", true), (.version, "go1.19.8", true), (.version, "uma frase", false),
    (.source, "v1/engine/async_llm.py:587", true), (.source, "entrypoints/.../request_logger.py:84", true),
    (.source, "uma frase.py:1", false), (.exception, "Openai.BadRequestError", true), (.exception, "uma", false),
    (.device, "/dev/vda", true), (.device, "a b", false), (.name, "Qwen2ForCausalLM", true),
    (.name, "duas palavras", false),
    (.oneOf(["a", "ab"]), "ab", true), (.fleet(.model), "carcara-chat", true), (.fleet(.model), "carcara-", false),
    (.settings, "{'port': 18151, 'eager': True, 'served_model_name': ['carcara-chat'], 'dtype': 'bfloat16'}", true),
    (.settings, "{'chat_template': 'uma frase'}", false),
  ])
  func takesWholeValuesOfItsTypeOnly(_ kind: SlotKind, _ text: String, _ isTaken: Bool) {
    var tables = SlotTables()
    let grammar = SlotGrammar(kind, names: Self.names, tables: &tables)
    let end = Array(text.utf8).withUnsafeBytes { grammar.end($0, 0, $0.count, tables) }
    #expect((end == text.utf8.count) == isTaken)
  }
}
