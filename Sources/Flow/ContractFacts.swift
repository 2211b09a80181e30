public import Contracts

/// What the contracts say that checks of configurations ask for.
public struct ContractFacts: Sendable {
  let settings: SettingsJudge
  let metrics: MetricCatalogue

  public init(_ contracts: some Sequence<Contract>) {
    settings = SettingsJudge(contracts)
    metrics = MetricCatalogue(contracts)
  }
}
