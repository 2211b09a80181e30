import Foundation
import Reporting
import Testing
import Vocabulary

@testable import Jobs

@Suite("Learning a contract from files")
struct LearnTests {
  private func learn(
    _ files: [String: String], source: String = "mine", names: [String]? = nil
  ) async throws -> LearnOutcome {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sigilo-learn-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
    let paths = (names ?? files.keys.sorted()).map { $0.hasPrefix("/") ? $0 : folder.appending(path: $0).path }
    let progress = StageProgress.standardError(environment: [:], isQuiet: true)
    var outcome = try await LearnJob(LearnRequest(source: source, paths: paths)).run(progress: progress)
    outcome.page = outcome.page.replacing(folder.path + "/", with: "")
    return outcome
  }

  private static let ready = (1...9).map { "INFO 12:00:0\($0) worker \($0) ready\n" }.joined()

  /// As a load test leaves it: the same conversations again and again, in lines, in quotes, in values of labels.
  @Test func nothingOfAConversationIsWrittenOrPrinted() async throws {
    let said = [
      "quero cancelar minha consulta de amanhã", "minha filha está com febre há três dias",
      "resuma o laudo da paciente",
      "please rewrite my resignation letter to my boss", "how do I tell my wife about the diagnosis",
      "necesito ayuda con mi divorcio", "sou a paciente Iracema Potiguara, CPF 111.444.777-35",
    ]
    var log = Self.ready
    var exposition = "# TYPE up gauge\n"
    for text in said {
      for count in 10...29 {
        log += "INFO 12:00:\(count) request \(count) said \(text)\n"
        log += "{\"n\":\(count),\"msg\":\"\(text)\"}\nts=2026-01-02T03:04:\(count)Z level=info text=\"\(text)\"\n"
        log += "\(text)\nJan 12 03:04:\(count) \(text.split(separator: " ")[0]) app[\(count)]: \(text) \(count)\n"
        exposition += "up{cpu=\"\(count)\",note=\"\(text)\"} 1\n"
      }
    }
    let outcome = try await learn(["a.log": log, "b.prom": exposition])
    #expect(outcome.status == .findings && outcome.page.contains("lines read like conversation"))
    #expect(outcome.contract.contains("'INFO {time}") || outcome.contract.contains("worker {int} ready"))
    let words = Set(said.joined(separator: " ").split { !$0.isLetter }.map(String.init)).filter { $0.utf8.count > 4 }
    for text in [outcome.contract, outcome.page] {
      let written = Set(text.split { !$0.isLetter }.map(String.init))
      #expect(written.intersection(words).subtracting(["about"]).count == 0)
    }
  }

  @Test func cleanSamplesAreCleanThoughThereIsSomethingToDecide() async throws {
    let outcome = try await learn(["a.log": Self.ready + "INFO 12:00:09 other\n"])
    #expect(outcome.status == .clean && outcome.contract.contains("worker {int} ready'"))
    #expect(outcome.page.contains("mine: 10 lines read; 0 were claimed before, 9 are claimed now."))
    #expect(outcome.page.contains("Decide: a.log:10: 1 line: ") && !outcome.page.contains("other\n"))
  }

  @Test func aContractOfThePolicyIsAddedTo() async throws {
    let known = "(APIServer pid=1) INFO 11-22 10:11:51 [model.py:2170] Using max model len 512\n"
    let outcome = try await learn(["a.log": known + Self.ready], source: "vllm")
    #expect(
      outcome.contract.hasPrefix("# What vLLM may emit.") && outcome.contract.contains("id: learned-worker-ready"))
    #expect(outcome.page.contains("vllm: 10 lines read; 1 were claimed before, 10 are claimed now."))
  }

  @Test func onlyFilesThatCanBeReadAgainAreSamples() async throws {
    for (names, source) in [(["/"], "mine"), (["-"], "mine"), (["gone.log"], "mine"), (["a.log"], "Mine")] {
      let fault = await #expect(throws: Fault.self) {
        try await learn(["a.log": Self.ready], source: source, names: names)
      }
      #expect(fault?.status == .usage)
    }
  }

  @Test func nothingToLearnFromIsIncomplete() async throws {
    #expect(try await learn(["a.log": "\n\n"]).status == .incomplete)
  }
}
