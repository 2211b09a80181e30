/// Where keys live between runs: `--state DIR`, else `$XDG_STATE_HOME/sigilo`, else `~/.local/state/sigilo`.
///
/// Source: XDG Base Directory Specification 0.8.
public enum StateFolder {
  public static func path(option: String?, environment: [String: String]) -> String {
    if let option { return option }
    if let base = environment["XDG_STATE_HOME"], base.hasPrefix("/") { return "\(base)/sigilo" }
    return "\(environment["HOME"] ?? "/root")/.local/state/sigilo"
  }
}
