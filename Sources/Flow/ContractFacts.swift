public import Contracts
public import Syntax

/// What the policy says that checks of configurations ask for: its contracts, and what belongs to the site.
public struct ContractFacts: Sendable {
  let settings: SettingsJudge
  let metrics: MetricCatalogue
  let labels: ExportedLabels
  let ranges: ValueRanges
  let site: Site

  /// - Parameters:
  ///   - siteDomains: the site's own public domains, in lower case.
  ///   - siteNetworks: its own public addresses.
  public init(
    _ contracts: some Sequence<Contract>, siteDomains: [String] = [], siteNetworks: [AddressBlock] = []
  ) {
    settings = SettingsJudge(contracts)
    metrics = MetricCatalogue(contracts)
    labels = ExportedLabels(contracts)
    ranges = ValueRanges(contracts)
    site = Site(domains: siteDomains, networks: siteNetworks)
  }
}
