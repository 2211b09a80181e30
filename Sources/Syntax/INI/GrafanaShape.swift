/// Recognises Grafana's own configuration (`grafana.ini`, `custom.ini`).
///
/// Source: grafana/grafana conf/defaults.ini.
enum GrafanaShape {
  /// Sections that no other program's configuration has, and those below them (`auth.github`).
  private static let ownSections: Set<Substring> = [
    "auth.anonymous", "auth.azuread", "auth.basic", "auth.generic_oauth", "auth.github", "auth.gitlab", "auth.google",
    "auth.grafana_com", "auth.jwt", "auth.ldap", "auth.okta", "auth.proxy", "dataproxy", "date_formats",
    "external_image_storage", "feature_toggles", "grafana_com", "grafana_net", "public_dashboards", "remote_cache",
    "snapshots", "unified_alerting",
  ]

  /// Keys that are Grafana's in sections that others have too.
  private static let ownKeys: [Substring: Set<Substring>] = [
    "database": ["log_queries"],
    "security": ["admin_password", "admin_user", "allow_embedding", "disable_gravatar"],
    "server": ["enforce_domain", "router_logging", "serve_from_sub_path", "static_root_path"],
    "users": ["allow_org_create", "allow_sign_up", "auto_assign_org", "viewers_can_edit"],
  ]

  private static let otherSections: Set<Substring> = [
    "analytics", "auth", "database", "log", "metrics", "paths", "security", "server", "smtp", "users",
  ]

  /// Sections begin at the margin, as they don't where the file stands within YAML, and at most one line in ten is something else.
  static func isOne(_ shape: LineShape, path: String) -> Bool {
    let file = path.split(separator: "/").last ?? ""
    let isNamed = file == "grafana.ini" || file == "custom.ini"
    var section: Substring = ""
    var (isGrafanas, others) = (false, 0)
    for line in shape.lines {
      let text = line.drop(while: \.isWhitespace)
      if text.hasPrefix("#") || text.hasPrefix(";") { continue }
      if line.hasPrefix("["), let end = line.lastIndex(of: "]") {
        section = line[line.index(after: line.startIndex)..<end]
        if ownSections.contains(section) || isNamed && otherSections.contains(section) { isGrafanas = true }
      } else if let delimiter = text.firstIndex(where: { $0 == "=" || $0 == ":" }) {
        let key = text[..<delimiter].prefix { !$0.isWhitespace }
        if ownKeys[section]?.contains(key) == true { isGrafanas = true }
      } else {
        others += 1
      }
    }
    return isGrafanas && others * 10 <= shape.lines.count
  }
}
