/// Variables of Grafana, which it fills in before Loki sees the query.
extension LogQLLexer {
  /// A word that begins with a variable.
  mutating func variable() -> String? {
    let start = index
    guard skipVariable() else { return nil }
    _ = skipVariables()
    return text(from: start)
  }

  /// The rest of a word that may hold variables; whether it held one.
  mutating func skipVariables() -> Bool {
    var any = false
    while true {
      let start = index
      if skipVariable() { any = true } else if any { skipName() }
      if index == start { return any }
    }
  }

  mutating func skipVariable() -> Bool {
    guard let end = GrafanaVariable.end(in: bytes, at: offsets[index]) else { return false }
    while offsets[index] < end { index += 1 }
    return true
  }
}
