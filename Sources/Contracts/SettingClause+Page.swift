extension SettingClause {
  func page(_ words: PageWords) -> [String] {
    var lines = ["### \(id): \(title.text(in: words.language))", ""]
    lines.append("\(words.setting): \(carriers.names.map { "`\($0)`" }.joined(separator: ", "))")
    lines.append("")
    lines.append("- \(words.must(condition))")
    if let versions { lines.append("- \(words.inVersions) \(versions)") }
    if let trigger {
      lines.append("- \(words.where(trigger.holds, trigger.keys))")
    } else if let missing, let vetted {
      lines.append("- \(words.mustBeSet(vetted, missing))")
    }
    lines.append("- \(words.why): \(why.text(in: words.language)) (\(words.severity(severity)))")
    lines.append("- \(words.remedy): \(remedy.text(in: words.language))")
    if rule != id { lines.append("- \(words.rule): `\(rule)`") }
    return lines + [""]
  }
}
