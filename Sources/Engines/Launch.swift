import Foundation
import Subprocess
import SystemPackage
import Vocabulary

/// How every program is launched: in a process group of its own, with a clean environment, and so that it dies with
/// this process however that ends.
struct Launch {
  let executable: String
  let arguments: [String]

  /// Where `setpriv` (util-linux, always there on Debian) is present, the program gets SIGKILL from the kernel when this
  /// process dies: no handler could do that after SIGKILL or a crash. The signal hangs on the thread that launched;
  /// swift-subprocess launches everything on one thread that lives as long as the process.
  init(_ engine: Engine, _ arguments: [String]) {
    if let setpriv = Self.setpriv {
      executable = setpriv
      self.arguments = ["--pdeathsig", "KILL", engine.path] + arguments
    } else {
      executable = engine.path
      self.arguments = arguments
    }
  }

  /// True where not the engine but `setpriv` ended, because the engine is no program.
  func failedToStart(exit: Int32, errors: [UInt8]) -> Bool {
    executable == Self.setpriv && (exit == 126 || exit == 127) && errors.starts(with: Array("setpriv:".utf8))
  }

  /// No proxies, no locale, no `HOME` with someone's settings.
  static let environment = Environment.custom(["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"])

  /// - Parameter grace: Time between SIGTERM and SIGKILL, both to the whole group.
  static func options(grace: Duration) -> PlatformOptions {
    var options = PlatformOptions()
    options.processGroupID = 0
    options.teardownSequence = [teardown(grace: grace)]
    return options
  }

  static func teardown(grace: Duration) -> TeardownStep {
    .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: grace)
  }

  static func exit(_ status: TerminationStatus) -> Int32 {
    switch status {
    case .exited(let code): code
    case .signaled(let signal): 128 + signal
    }
  }

  /// A launch that failed, without the error's own text, which quotes the environment.
  static func fault(_ engine: Engine, _ error: (any Error)? = nil) -> Fault {
    let reason = (error as? SubprocessError)?.underlyingError.map { " (errno \($0.rawValue))" } ?? ""
    return Fault(
      .incomplete, "\(engine.name.rawValue) could not be run\(reason)", at: Location(path: engine.path),
      remedy: "run it once by hand to see why")
  }

  private static let setpriv: String? = ["/usr/bin/setpriv", "/bin/setpriv"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }
}
