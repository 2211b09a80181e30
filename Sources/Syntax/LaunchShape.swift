/// Recognises files that start programs or set variables for them, which read like logs where they name a level.
enum LaunchShape {
  static func recognise(_ shape: LineShape, hint: String) -> Format? {
    let lines = shape.lines
    guard let first = lines.first else { return nil }
    if hint == "alloy" || lines.contains(where: isBlockOfAlloy) { return .alloyConfig }
    if isDockerfile(lines) { return .dockerfile }
    if lines.contains(where: { ["[Service]", "[Container]"].contains($0.trimmed) }) { return .systemdUnit }
    if first.hasPrefix("#!") {
      let program = first.prefix { $0 != "\r" }.split { $0 == "/" || $0 == " " }.dropFirst()
      if program.contains(where: { ["sh", "bash", "dash", "zsh", "ksh"].contains($0) }) { return .shellScript }
    }
    if lines.contains(where: { $0.hasPrefix("#SBATCH ") }) { return .shellScript }
    if ["sh", "bash", "sbatch", "slurm", "args"].contains(hint) { return .shellScript }
    if hint == "service" || hint == "container" { return .systemdUnit }
    let code = lines.filter { !$0.trimmed.hasPrefix("#") }
    return !code.isEmpty && code.allSatisfy(isAssignment) ? .environmentFile : nil
  }

  /// An image is named first, but for arguments, and what is done with it follows.
  private static func isDockerfile(_ lines: [Substring]) -> Bool {
    let instructions = lines.lazy.filter { !$0.trimmed.hasPrefix("#") }.map { $0.prefix { $0 != " " } }
      .drop { $0 == "ARG" }
    guard instructions.first == "FROM" else { return false }
    let others: Set<Substring> = ["CMD", "COPY", "ENTRYPOINT", "ENV", "RUN", "USER", "WORKDIR"]
    return instructions.dropFirst().contains(where: others.contains)
  }

  /// `loki.process "x" {`: a component and its label at the margin.
  private static func isBlockOfAlloy(_ line: Substring) -> Bool {
    let kinds = ["loki.", "prometheus.", "discovery.", "otelcol.", "local.file"]
    guard kinds.contains(where: line.hasPrefix) else { return false }
    let parts = line.split(separator: " ")
    return parts.count == 3 && parts[1].hasPrefix("\"") && parts[1].hasSuffix("\"") && parts[2] == "{"
  }

  /// `NAME=value` in capitals, as a log of `key=value` pairs has none; nothing follows the value.
  private static func isAssignment(_ line: Substring) -> Bool {
    var text = line.trimmed
    if text.hasPrefix("export ") { text = text.dropFirst(7) }
    let name = text.prefix { $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_") }
    guard let initial = name.first, !initial.isNumber, text.dropFirst(name.count).first == "=" else { return false }
    let value = text.dropFirst(name.count + 1)
    if let quote = value.first, quote == "\"" || quote == "'" { return value.count > 1 && value.last == quote }
    return !(value.firstRange(of: " #").map { value[..<$0.lowerBound] } ?? value).trimmed.contains(" ")
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    let start = drop { $0.isWhitespace }
    return start.lastIndex { !$0.isWhitespace }.map { start[...$0] } ?? ""
  }
}
