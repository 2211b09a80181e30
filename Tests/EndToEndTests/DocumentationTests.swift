import Foundation
import Testing

/// What the documents say about the program and the repository is so.
@Suite("documents")
struct DocumentationTests {
  @Test func theReadmeNamesOnlyOptionsThatThereAre() async throws {
    let place = try Workplace()
    // Indented lines go on with the command before them.
    let text = try read("README.md").replacing("\\\n", with: " ")
    let commands = text.split(separator: "\n").compactMap { line -> [Substring]? in
      let words = line.prefix { $0 != "#" }.split { " |".contains($0) }
      return words.firstIndex(of: "sigilo").map { Array(words[($0 + 1)...]) }
    }.filter { $0.contains { $0.hasPrefix("--") } }
    #expect(commands.count > 5)
    for command in commands {
      let subcommand = command.prefix { !$0.hasPrefix("-") && !"/.".contains($0.first ?? "/") }.prefix(2)
      let path = ["bundle", "contract"].contains(subcommand.first) ? subcommand : subcommand.prefix(1)
      let help = try await place.sigilo(["help"] + path.map(String.init))
      #expect(help.status == 0)
      let missing = command.filter { $0.hasPrefix("--") && !help.output.contains($0) }
      #expect(missing == [], "sigilo \(path.joined(separator: " "))")
    }
  }

  @Test(arguments: ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "docs/ARCHITECTURE.md"])
  func commandsThatAreNamedAreThere(_ document: String) async throws {
    let place = try Workplace()
    let named = try read(document).split(separator: "`").filter { $0.hasPrefix("sigilo ") && !$0.contains("->") }
    for text in named {
      let words = text.split(separator: " ").dropFirst().prefix {
        $0.first != "-" && !$0.contains(where: \.isUppercase)
      }
      let isParsed = try await place.sigilo(words.map(String.init) + ["--help"]).status == 0
      #expect(isParsed, "\(text)")
    }
  }

  @Test(arguments: ["README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/ARCHITECTURE.md"])
  func pathsThatAreNamedAreThere(_ document: String) throws {
    let roots = ["Sources/", "Tests/", "policies/", "Corpora/", "tools/", "docs/", ".ci/"]
    let quoted = try read(document).split(separator: "`").filter { text in roots.contains { text.hasPrefix($0) } }
    let missing = quoted.filter { !FileManager.default.fileExists(atPath: Repository.path(String($0))) }
    #expect(missing == [])
  }

  @Test func theArchitectureListsEveryTarget() throws {
    let there = try FileManager.default.contentsOfDirectory(atPath: Repository.path("Sources")).sorted()
    let listed = try read("docs/ARCHITECTURE.md").split(separator: "\n").compactMap { line in
      line.hasPrefix("  ")
        ? line.split(separator: " ").first.flatMap { $0.hasSuffix("/") ? String($0.dropLast()) : nil } : nil
    }
    #expect(listed.sorted() == there)
  }

  private func read(_ document: String) throws -> String {
    try String(contentsOfFile: Repository.path(document), encoding: .utf8)
  }
}
