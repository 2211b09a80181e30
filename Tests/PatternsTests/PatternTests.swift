import Testing

@testable import Patterns

@Suite struct PatternTests {
  @Test func compilesToMachineCodeAndFallsBackToTheInterpreter() throws {
    let compiled = try Pattern(#"prompt: '[^']+'"#)
    // PCRE2 leaves machine code out for this marker, as it does where memory may not be made executable.
    let refused = try Pattern(#"(*NO_JIT)prompt: '[^']+'"#)
    let told = try Pattern(#"prompt: '[^']+'"#, .interpreted)
    #expect(compiled.isCompiledToMachineCode)
    #expect(!refused.isCompiledToMachineCode && !told.isCompiledToMachineCode)
    for pattern in [compiled, refused, told] {
      #expect(first(pattern, in: "x prompt: 'abc' y") == .found(2..<15))
      #expect(first(pattern, in: "x prompt: None y") == .none)
    }
  }

  @Test(arguments: [("a(b", 3), ("a[b", 3), (#"a\Cb"#, 3), ("(*UTF)a", 6), ("(*UCP)a", 6)])
  func refusesAPatternAndSaysWhere(source: String, offset: Int) {
    #expect(throws: PatternError.self) { try Pattern(source) }
    do { _ = try Pattern(source) } catch { #expect(error.offset == offset && !error.message.isEmpty) }
  }

  @Test func refusesALongPattern() {
    #expect(throws: PatternError.self) { try Pattern(String(repeating: "a", count: Pattern.maximumLength + 1)) }
  }

  @Test func matchesBytesUnlessAskedForCodePoints() throws {
    #expect(first(try Pattern("é."), in: "é€") == .found(0..<3))
    #expect(first(try Pattern("é.", .utf), in: "é€") == .found(0..<5))
    #expect(first(try Pattern("ABC", .caseless), in: "xabc") == .found(1..<4))
  }

  @Test func skipsInvalidUTF8() throws {
    let bytes: [UInt8] = [0x61, 0xFF, 0xFE, 0x80] + Array("é!".utf8)
    let outcome = bytes.withUnsafeBytes { Matcher().firstMatch(try! Pattern("é!", .utf), in: $0, window: 64) }
    #expect(outcome == .found(4..<7))
  }

  @Test func ignoresEmptyMatches() throws {
    #expect(first(try Pattern("b*"), in: "aab") == .found(2..<3))
    #expect(first(try Pattern("b*"), in: "aaa") == .none)
  }

  @Test func emptySubjectsMatchNothing() throws {
    #expect(
      Matcher().firstMatch(try Pattern("a"), in: UnsafeRawBufferPointer(start: nil, count: 0), window: 8) == .none)
  }
}

@Suite struct MatcherLimitTests {
  @Test func aMatchBeginsBeforeTheEndAndSeesWhatStandsBehindIt() throws {
    func first(_ pattern: String, before end: Int) throws -> MatchOutcome {
      let pattern = try Pattern(pattern)
      return Array("ab12 34567".utf8).withUnsafeBytes {
        Matcher().firstMatch(pattern, in: $0, from: 1, before: end, window: 16)
      }
    }
    #expect(try first(#"\d{2,4}(?!\d)"#, before: 9) == .found(2..<4) && first(#"\d{3,4}(?!\d)"#, before: 6) == .none)
    #expect(try first("345", before: 6) == .found(5..<8) && first("345", before: 5) == .none)
  }

  @Test(arguments: [Pattern.Options(), .interpreted])
  func catastrophicBacktrackingIsUndecided(options: Pattern.Options) throws {
    let pattern = try Pattern("(a+)+$", options)
    guard case .undecided = first(pattern, in: String(repeating: "a", count: 40) + "!") else {
      Issue.record("not undecided")
      return
    }
  }

  @Test func aFullStackIsUndecided() throws {
    let pattern = try Pattern(#"(\((?:x|(?1))*\))"#)
    let matcher = Matcher(limits: MatchLimits(steps: .max, stackKiB: 32, stride: 1 << 20))
    let text = Array((String(repeating: "(", count: 200_000) + ")").utf8)
    guard case .undecided = text.withUnsafeBytes({ matcher.firstMatch(pattern, in: $0, window: 1 << 20) }) else {
      Issue.record("not undecided")
      return
    }
  }

  /// Without the window, each of a million starting positions would run to the end of the text.
  @Test func theWindowBoundsClassLoops() throws {
    #expect(first(try Pattern("[a-z]{40,}=[0-9]"), in: String(repeating: "a", count: 300_000), window: 64) == .none)
  }

  @Test func findsWhatStandsAfterManyStrides() throws {
    let pattern = try Pattern(#"(?<=x)needle\d"#)
    for padding in [0, 4_090, 4_095, 4_096, 4_097, 20_000] {
      let text = String(repeating: "x", count: padding + 1) + "needle7"
      #expect(first(pattern, in: text, window: 32) == .found(padding + 1..<padding + 8))
    }
  }

  @Test func anEndOfLineIsNotWhereAWindowEnds() throws {
    #expect(first(try Pattern("b+$"), in: "a" + String(repeating: "b", count: 20_000) + "c", window: 16) == .none)
  }

  @Test func onePatternServesManyWorkers() async throws {
    let pattern = try Pattern(#"\d{3}\.\d{3}-x"#)
    let found = await withTaskGroup(of: Int.self) { group in
      for worker in 0..<4 {
        group.addTask {
          let matcher = Matcher()
          return (0..<200).count { round in
            let text = Array((String(repeating: "1", count: worker * 200 + round) + "23.456-x").utf8)
            return text.withUnsafeBytes { matcher.firstMatch(pattern, in: $0, window: 64) } != .none
          }
        }
      }
      return await group.reduce(0, +)
    }
    #expect(found == 4 * 200 - 1)
  }
}

private func first(_ pattern: Pattern, in text: String, window: Int = 64) -> MatchOutcome {
  Array(text.utf8).withUnsafeBytes { Matcher().firstMatch(pattern, in: $0, window: window) }
}
