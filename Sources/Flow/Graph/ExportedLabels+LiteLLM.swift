extension ExportedLabels {
  /// The same where LiteLLM is configured in one of these ways: labels are gone that all leave out, and there that one adds.
  func configured(_ ways: [LiteLLMConfiguration]) -> ExportedLabels {
    guard !ways.isEmpty else { return self }
    var configured = self
    let added = Set(ways.flatMap(\.metadataLabels)).sorted()
    for (sample, family) in families where sources[family.source].id == "litellm" && sample.hasPrefix("litellm_") {
      let (there, gone) = (family.clients + added.filter { !family.clients.contains($0) }).split { label in
        ways.contains { $0.exports(label, on: sample) }
      }
      configured.families[sample]?.clients = there
      configured.families[sample]?.absent = Set(gone)
    }
    configured.clients = Set(configured.families.values.flatMap(\.clients))
    configured.open = configured.families.filter { !$0.value.clients.isEmpty }.keys.sorted()
    return configured
  }
}

extension Array {
  /// Those of which something holds, and the others.
  fileprivate func split(_ holds: (Element) -> Bool) -> ([Element], [Element]) {
    (filter(holds), filter { !holds($0) })
  }
}
