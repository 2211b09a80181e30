import Foundation

extension RenderOptions {
  /// What the terminal behind a file descriptor can show.
  ///
  /// Colour needs a terminal that is not `TERM=dumb`, no `NO_COLOR` (https://no-color.org: set and not empty) and no
  /// `--no-color`. Signs beyond ASCII need a UTF-8 locale (`LC_ALL`, else `LC_CTYPE`, else `LANG`).
  public static func terminal(
    _ descriptor: Int32, environment: [String: String], noColour: Bool = false, reports: String? = nil,
    explains: Bool = false
  ) -> RenderOptions {
    var options = RenderOptions(
      isTerminal: isatty(descriptor) == 1, columns: columns(of: descriptor), environment: environment,
      noColour: noColour, reports: reports)
    options.explains = explains
    return options
  }

  init(isTerminal: Bool, columns: Int?, environment: [String: String], noColour: Bool, reports: String?) {
    let isDumb = environment["TERM"] == "dumb"
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    let encoding = locale.lowercased()
    self.init(
      width: columns ?? environment["COLUMNS"].flatMap(Int.init) ?? 100,
      hasColour: isTerminal && !isDumb && !noColour && (environment["NO_COLOR"] ?? "").isEmpty,
      isUnicode: !isDumb && (encoding.contains("utf-8") || encoding.contains("utf8")), reports: reports)
  }

  private static func columns(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
