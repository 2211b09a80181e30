public import Contracts

/// What the policy says that checks of configurations ask for: its contracts, and what belongs to the site.
public struct ContractFacts: Sendable {
  let settings: SettingsJudge
  let metrics: MetricCatalogue
  let labels: ExportedLabels
  let ranges: ValueRanges
  let site: Site

  /// - Parameter siteDomains: the site's own public domains, in lower case.
  public init(_ contracts: some Sequence<Contract>, siteDomains: [String] = []) {
    settings = SettingsJudge(contracts)
    metrics = MetricCatalogue(contracts)
    labels = ExportedLabels(contracts)
    ranges = ValueRanges(contracts)
    site = Site(domains: siteDomains)
  }
}
