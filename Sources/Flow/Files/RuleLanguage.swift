import Syntax

/// Whose rules a rule file holds.
public enum RuleLanguage: Sendable, Hashable {
  /// Prometheus'.
  case promQL
  /// Those of Loki's ruler.
  case logQL
  /// Rules inside a Kubernetes resource.
  case kubernetesResource

  public init(of file: ConfigFile) {
    let checked = CheckedFile(file)
    let isLogQL = checked.rules.contains { $0.queries.contains(where: \.isLogQL) }
    self = checked.documents.contains { $0["kind"] != nil } ? .kubernetesResource : isLogQL ? .logQL : .promQL
  }
}
