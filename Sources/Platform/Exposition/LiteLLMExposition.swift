import Fleet
import Syntax

/// What `GET /metrics/` of a LiteLLM proxy 1.106.2 answers: by default every family with every label, else what
/// `prometheus_metrics_config` names.
///
/// Source: an exposition of the unmodified program. Labels that a site without teams and budgets leaves alone read `None`.
struct LiteLLMExposition {
  let gateway: Gateway
  let servers: [Server]
  let time: Double
  let exported: [String: Set<String>?]?

  func families(only names: Set<String>?) -> [MetricFamily] {
    Catalogue.litellm.families.filter { $0.isAsked(in: names) }.flatMap { family -> [MetricFamily] in
      if let own = process.meter(family.name) { return family.exposed(own) { _ in 0 } }
      var labels: Set<String>?
      if let exported {
        guard let chosen = exported[family.base] else { return [] }
        labels = chosen
      }
      if let fixed = fixed(family) { return family.exposed(Self.restricted(fixed, to: labels)) { _ in 0 } }
      let groups = groups(of: family, labels: labels)
      return family.exposed(reading(family, groups)) { PlatformModel.epoch + groups[$0].created }
    }
  }

  private var process: PythonProcess {
    let requests = gateway.tallies.values.reduce(0) { $0 + $1.requests }
    return PythonProcess(
      started: 0, now: time, cpuSeconds: 14 + 0.02 * time + 0.006 * Double(requests),
      residentBytes: 411_811_840 + 4096 * (time / 5).rounded(.down), virtualBytes: 1_147_084_800,
      openFiles: 26 + Double(2 * gateway.inFlight))
  }

  // MARK: What requests moved

  /// Tallies that bear the same labels in one family.
  private struct Group {
    var labels: Meter.Labels
    var tally: Gateway.Tally
    var created: Double
  }

  private func groups(of family: Catalogue.Family, labels chosen: Set<String>?) -> [Group] {
    guard !family.labels.isEmpty else { return [] }
    let names = family.labels.filter { chosen?.contains($0) ?? true }
    var places: [[String]: Int] = [:]
    var groups: [Group] = []
    for key in gateway.keys where counts(key.outcome, in: family.name) {
      guard let tally = gateway.tallies[key] else { continue }
      let values = names.map { value(of: $0, for: key, in: family.name) }
      if let place = places[values] {
        groups[place].tally.merge(tally)
      } else {
        places[values] = groups.count
        let labels = zip(names, values).map { MetricFamily.Label($0, $1) }
        groups.append(Group(labels: labels, tally: tally, created: tally.created))
      }
    }
    return groups
  }

  /// Which requests a family counts.
  private func counts(_ outcome: Request.Outcome, in family: String) -> Bool {
    switch family {
    case "litellm_proxy_failed_requests_metric_total": !outcome.isSuccess && outcome != .unknownModel
    case "litellm_proxy_total_requests_metric_total": outcome != .unknownModel
    case "litellm_deployment_failure_responses_total", "litellm_llm_api_failed_requests_metric_total":
      !outcome.isSuccess
    case "litellm_deployment_total_requests_total": true
    default: outcome.isSuccess
    }
  }

  private func reading(_ family: Catalogue.Family, _ groups: [Group]) -> Meter {
    if family.type == .histogram {
      return .histograms(groups.compactMap { group in group.tally.histograms[family.name].map { (group.labels, $0) } })
    }
    func values(_ value: (Gateway.Tally) -> Int) -> Meter {
      .values(groups.map { ($0.labels, Double(value($0.tally))) })
    }
    switch family.name {
    case "litellm_proxy_failed_requests_metric_total", "litellm_proxy_total_requests_metric_total",
      "litellm_deployment_success_responses_total", "litellm_deployment_failure_responses_total",
      "litellm_deployment_total_requests_total", "litellm_llm_api_failed_requests_metric_total",
      "litellm_requests_metric_total", "litellm_cache_misses_metric_total":
      return values(\.requests)
    case "litellm_spend_metric_total": return values { _ in 0 }
    case "litellm_total_tokens_metric_total": return values { $0.promptTokens + $0.replyTokens }
    case "litellm_input_tokens_metric_total": return values(\.promptTokens)
    case "litellm_output_tokens_metric_total": return values(\.replyTokens)
    default: return .none
    }
  }

  private func value(of label: String, for key: Gateway.Key, in family: String) -> String {
    let server = servers.indices.contains(key.server) ? servers[key.server] : nil
    let client = Client.all[key.client]
    // The families about deployments leave blank what the others call "None".
    let absent = family.hasPrefix("litellm_deployment") || family.hasPrefix("litellm_llm_api") ? "" : "None"
    // Of a body that it could not read, the proxy knows no more than the key.
    let isUnread = key.outcome == .malformed
    switch label {
    case "api_base": return server.map(Self.base) ?? ""
    case "api_key_alias": return client.keyAlias
    case "hashed_api_key": return client.hashedKey
    case "api_provider": return server == nil ? absent : "openai"
    case "client_ip": return isUnread ? "None" : client.address
    case "user_agent": return isUnread ? "None" : client.userAgent
    case "exception_class": return Self.exceptionClass(key.outcome)
    case "exception_status", "status_code": return "\(key.outcome.status)"
    case "litellm_model_name": return server?.model.name ?? ""
    case "model": return server?.model.name ?? key.model ?? ""
    case "model_group", "requested_model":
      return server?.model.name ?? (key.outcome == .unknownModel ? "other" : "")
    case "model_id": return server.map(Self.identifier) ?? absent
    case "route": return "/v1/chat/completions"
    case "user": return "default_user_id"
    default: return "None"
    }
  }

  private static func exceptionClass(_ outcome: Request.Outcome) -> String {
    switch outcome {
    case .malformed: "ProxyException"
    case .unknownModel: "BadRequestError"
    case .invalid: "Openai.BadRequestError"
    case .engineError, .noServer: "Openai.InternalServerError"
    case .stop, .length: "None"
    }
  }

  private static func base(_ server: Server) -> String { "http://\(server.node):8000/v1" }

  private static func identifier(_ server: Server) -> String { hexDigits(of: "deployment \(server.node)", count: 64) }

  // MARK: What stands without requests

  /// Gauges that then bear equal labels are one, and the last to be set stands.
  private static func restricted(_ meter: Meter, to labels: Set<String>?) -> Meter {
    guard let labels, case .values(let series) = meter else { return meter }
    var places: [Meter.Labels: Int] = [:]
    var kept: [(Meter.Labels, Double)] = []
    for (all, value) in series {
      let own = all.filter { labels.contains($0.name) }
      if let place = places[own] {
        kept[place].1 = value
      } else {
        places[own] = kept.count
        kept.append((own, value))
      }
    }
    return .values(kept)
  }

  private func fixed(_ family: Catalogue.Family) -> Meter? {
    let deployments = servers.map { server -> Meter.Labels in
      [
        .init("api_base", Self.base(server)), .init("api_provider", "openai"),
        .init("litellm_model_name", server.model.name), .init("model_id", Self.identifier(server)),
      ]
    }
    let keys = Client.all.map {
      [MetricFamily.Label("hashed_api_key", $0.hashedKey), .init("api_key_alias", $0.keyAlias)]
    }
    switch family.name {
    case "litellm_deployment_state":
      return .values(zip(servers, deployments).map { server, labels in (labels, server.isUp ? 0 : 2) })
    case "litellm_deployment_cooled_down_total":
      return .values(
        gateway.coolings.sorted { $0.key < $1.key }.map { index, count in
          (deployments[index] + [.init("exception_status", "500")], Double(count))
        })
    case "litellm_remaining_api_key_budget_metric": return .values(keys.map { ($0, .infinity) })
    case "litellm_remaining_user_budget_metric": return .values([([.init("user", "default_user_id")], .infinity)])
    case "litellm_remaining_api_key_requests_for_model", "litellm_remaining_api_key_tokens_for_model":
      let unlimited = 9.223372036854776e+18
      return .values(
        servers.flatMap { server in
          keys.map {
            ($0 + [.init("model", server.model.name), .init("model_id", Self.identifier(server))], unlimited)
          }
        })
    case "litellm_in_flight_requests": return .values([([], Double(gateway.inFlight + 1))])
    case "litellm_total_users", "litellm_active_users", "litellm_teams_count", "litellm_check_batch_cost_jobs_polled",
      "litellm_check_batch_cost_last_run_timestamp":
      return .values([([], 0)])
    default: return nil
    }
  }
}

extension Gateway.Tally {
  fileprivate mutating func merge(_ other: Gateway.Tally) {
    requests += other.requests
    promptTokens += other.promptTokens
    cachedTokens += other.cachedTokens
    replyTokens += other.replyTokens
    for (name, histogram) in other.histograms { histograms[name]?.merge(histogram) }
  }
}
