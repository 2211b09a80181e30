import Foundation
import Testing
import Vocabulary

@testable import Engines

/// Ordinary programs stand in for engines: what is tested is how they are run.
@Suite struct CommandTests {
  private func shell(_ script: String, deadline: Duration = .seconds(30), limit: Int = 1 << 20) -> Command {
    Command(
      Engine(name: .promtool, path: "/bin/sh"), ["-c", script], deadline: deadline, limit: limit)
  }

  @Test func exitCodeAndStreamsAreResults() async throws {
    let result = try await shell("echo out; echo err >&2; exit 3").run()
    #expect(result == CommandResult(exit: 3, stdout: Array("out\n".utf8), stderr: Array("err\n".utf8)))
    #expect(try await shell("kill -KILL $$").run().exit == 128 + 9)
  }

  @Test func outputOverTheLimitIsCountedNotKept() async throws {
    let result = try await shell("head -c 300000 /dev/zero", limit: 1000).run()
    #expect(result.stdout.count == 1000)
    #expect(result.dropped == 299_000)
    #expect(result.isSuccess)
  }

  @Test func environmentIsClean() async throws {
    setenv("SIGILO_TEST_PROXY", "http://proxy.invalid", 1)
    defer { unsetenv("SIGILO_TEST_PROXY") }
    #expect(try await shell("printenv SIGILO_TEST_PROXY").run().exit == 1)
  }

  @Test func argumentsSeeNoShell() async throws {
    let echo = Command(Engine(name: .promtool, path: "/bin/echo"), ["$HOME; *"])
    #expect(try await echo.run().stdoutText == "$HOME; *\n")
  }

  @Test func deadlineKillsTheWholeGroup() async throws {
    let folder = try WorkFolder.create()
    defer { folder.remove() }
    let script = "trap '' TERM; sleep 600 & echo $! > \(folder.file("pid")); wait"
    await #expect { try await shell(script, deadline: .seconds(1)).run() } throws: {
      ($0 as? Fault)?.problem.contains("did not end") == true
    }
    #expect(await isGone(try pid(in: folder.file("pid"))))
  }

  @Test func cancellationKillsTheWholeGroup() async throws {
    let folder = try WorkFolder.create()
    defer { folder.remove() }
    let task = Task { try await shell("sleep 600 & echo $! > \(folder.file("pid")); wait").run() }
    while (try? pid(in: folder.file("pid"))) == nil { try await Task.sleep(for: .milliseconds(10)) }
    task.cancel()
    await #expect(throws: Fault.cancelled) { try await task.value }
    #expect(await isGone(try pid(in: folder.file("pid"))))
  }

  @Test func aProgramThatDoesNotStartIsOneFault() async throws {
    let command = Command(Engine(name: .promtool, path: "/nonexistent/promtool"), [])
    await #expect { try await command.run() } throws: { ($0 as? Fault)?.status == .incomplete }
  }

  private func pid(in file: String) throws -> pid_t {
    let text = try String(contentsOfFile: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    return try #require(pid_t(text))
  }
}
