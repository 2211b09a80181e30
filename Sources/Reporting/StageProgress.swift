import Foundation
import Synchronization
public import Vocabulary

/// Shows which stage is running, on standard error: one line that is rewritten in place, and one that stays for each
/// stage that ended. Safe to call from any task.
public final class StageProgress: Sendable {
  public enum Mode: Sendable, Hashable {
    /// Nothing at all: standard error is a pipe, or `--quiet`.
    case quiet
    /// Only the line of each stage that ended, for logs.
    case lines
    /// A terminal.
    case live
  }

  private struct State {
    var stage: String?
    var detail = ""
    var began: Duration = .zero
    var drawn: Duration = .zero
  }

  private let mode: Mode
  private let options: RenderOptions
  private let now: @Sendable () -> Duration
  private let write: @Sendable ([UInt8]) -> Void
  private let state = Mutex(State())

  /// Shows progress as standard error can: live on a terminal, not at all in a pipe unless `isVerbose`.
  public static func standardError(
    environment: [String: String], isQuiet: Bool = false, isVerbose: Bool = false, noColour: Bool = false
  ) -> StageProgress {
    let isLive = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
    let start = ContinuousClock.now
    return StageProgress(
      mode: isQuiet ? .quiet : isLive ? .live : isVerbose ? .lines : .quiet,
      options: .terminal(STDERR_FILENO, environment: environment, noColour: noColour),
      now: { ContinuousClock.now - start }, write: { FileHandle.standardError.write(Data($0)) })
  }

  init(
    mode: Mode, options: RenderOptions, now: @escaping @Sendable () -> Duration,
    write: @escaping @Sendable ([UInt8]) -> Void
  ) {
    self.mode = mode
    self.options = options
    self.now = now
    self.write = write
  }

  public func begin(_ stage: String) {
    state.withLock { state in
      state = State(stage: stage, began: now())
      draw(&state)
    }
  }

  /// Says how far the running stage is, e.g. `course 3 of 5`; drawn at most twenty times a second.
  public func update(_ detail: String) {
    state.withLock { state in
      state.detail = detail
      if now() - state.drawn >= .milliseconds(50) { draw(&state) }
    }
  }

  /// Ends the running stage with a line that stays.
  public func end(_ outcome: Check.Outcome, _ detail: String = "") {
    state.withLock { state in
      guard mode != .quiet, let stage = state.stage else { return }
      var page = TerminalPage(options)
      let marks = page.marks
      let mark: TerminalPage.Piece =
        switch outcome {
        case .passed: (marks.passed, .green)
        case .failed: (marks.failed, .red)
        case .skipped: (marks.skipped, .yellow)
        }
      page.line(
        [mark, (detail, nil), (elapsed(since: state.began), .dim)], lead: (stage, nil), indent: 11, leadIndent: 2)
      write(Array(((mode == .live ? Self.erase : "") + page.text).utf8))
      state.stage = nil
    }
  }

  /// Keeps the line moving while `work` runs, and takes it away however that ends, so that an error message stands alone.
  public func shown<Value>(while work: () async throws -> Value) async rethrows -> Value {
    let ticking = Task { await tick() }
    defer {
      ticking.cancel()
      clear()
    }
    return try await work()
  }

  /// Takes the live line away.
  func clear() {
    state.withLock { state in
      if mode == .live, state.stage != nil { write(Array(Self.erase.utf8)) }
      state.stage = nil
    }
  }

  /// Redraws the line every second until the task is cancelled, so that the seconds go on while a stage says nothing.
  private func tick() async {
    guard mode == .live else { return }
    while (try? await Task.sleep(for: .seconds(1))) != nil {
      state.withLock { draw(&$0) }
    }
  }

  private static let erase = "\r\u{1B}[K"

  private func draw(_ state: inout State) {
    guard mode == .live, let stage = state.stage else { return }
    state.drawn = now()
    let text = ["  \(stage)", state.detail, elapsed(since: state.began)].filter { !$0.isEmpty }.joined(separator: "  ")
    // One column is left free: a full line would wrap, and a wrapped line can't be taken back.
    write(Array((Self.erase + Printable.escaped(text, isUnicode: options.isUnicode).prefix(options.width - 1)).utf8))
  }

  private func elapsed(since start: Duration) -> String {
    let tenths = Int((now() - start) / .milliseconds(100))
    return tenths < 100 ? "\(tenths / 10).\(tenths % 10) s" : "\(tenths / 10) s"
  }
}
