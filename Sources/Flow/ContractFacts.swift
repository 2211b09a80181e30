public import Contracts

/// What the contracts say that checks of configurations ask for.
public struct ContractFacts: Sendable {
  let settings: SettingsJudge
  let metrics: MetricCatalogue
  let labels: ExportedLabels
  let ranges: ValueRanges

  public init(_ contracts: some Sequence<Contract>) {
    settings = SettingsJudge(contracts)
    metrics = MetricCatalogue(contracts)
    labels = ExportedLabels(contracts)
    ranges = ValueRanges(contracts)
  }
}
