import Fleet
import Platform
import Syntax

/// Which course of the platform an alert is about, and whether it can be judged on the platform at all.
struct AlertSubject {
  var alert: RuleSet.Alert
  /// The course that it should notice; nil where it is about something else.
  var course: Course?
  /// Metric names it reads that nothing brings: no exporter of the platform, no recording rule, not Prometheus.
  var missing: [String]
  /// It selects a job that the Prometheus configuration does not scrape from the platform.
  var selectsOtherJob: Bool

  /// True where the synthetic platform has all that it reads, so that silence and firing mean something.
  var isJudged: Bool { missing.isEmpty && !selectsOtherJob }

  /// True where the course must raise this very alert: it bears the name that the platform's table gives it, or it is a form
  /// that can never fire. Others may have another threshold in mind.
  var mustNotice: Bool {
    guard let course else { return false }
    return alert.name == course.alert || selectsOtherJob || missing.contains { Self.dead[$0] != nil }
  }

  /// A dead man's switch: it fires always, so that its silence is noticed elsewhere.
  var isHeartbeat: Bool {
    guard case .call(let call) = (try? PromQLExpression.parse(alert.expression))?.node, call.function == "vector",
      case .number? = call.arguments.first?.node
    else { return false }
    return true
  }

  /// - Parameter exported: Sample names of the platform's exporters.
  init(_ alert: RuleSet.Alert, recorded: Set<String>, exported: Set<String>, jobs: Set<String>) {
    self.alert = alert
    let names = PromQLReading(ofAnyText: alert.expression).metrics
    missing = names.filter { !exported.contains($0) && !recorded.contains($0) && !Self.own.contains($0) }
    selectsOtherJob = Self.jobs(in: alert.expression).contains { !jobs.contains($0) }
    course = Self.course(name: alert.name, names: names, expression: alert.expression)
  }

  /// Series that Prometheus itself writes.
  static let own: Set<String> = [
    "up", "ALERTS", "ALERTS_FOR_STATE", "scrape_duration_seconds", "scrape_samples_scraped",
    "scrape_samples_post_metric_relabeling", "scrape_series_added",
  ]

  /// Metrics that rules commonly read and that no release exports as the platform is set up, with the course that they
  /// are meant to notice.
  ///
  /// Source: `litellm_errors` is in no version of LiteLLM (1.106.2 searched); `DCGM_FI_DEV_FB_TOTAL` is not among the default
  /// counters of the DCGM exporter 4.8; `vllm:gpu_cache_usage_perc` was removed for vLLM 0.12.
  static let dead: [String: String] = [
    "litellm_errors": "no version of LiteLLM exports it",
    "litellm_errors_total": "no version of LiteLLM exports it",
    "DCGM_FI_DEV_FB_TOTAL": "the DCGM exporter does not export it by default",
    "vllm:gpu_cache_usage_perc": "vLLM renamed it to vllm:kv_cache_usage_perc",
  ]

  private static func course(name: String, names: [String], expression: String) -> Course? {
    if let course = Course.allCases.first(where: { $0.alert == name }) { return course }
    for metric in names {
      switch metric {
      case "up" where jobs(in: expression).contains { ScrapePlan.kind(name: $0, targets: []) == .vllm }:
        return .nodeDown
      case "DCGM_FI_DEV_FB_USED", "DCGM_FI_DEV_FB_TOTAL", "DCGM_FI_DEV_FB_FREE": return .memory
      case "DCGM_FI_DEV_GPU_TEMP": return .temperature
      case "litellm_errors", "litellm_errors_total", "litellm_proxy_failed_requests_metric_total",
        "litellm_llm_api_failed_requests_metric_total", "litellm_deployment_failure_responses_total":
        return .errors
      case "vllm:num_requests_waiting", "vllm:num_requests_waiting_by_reason": return .queue
      default: continue
      }
    }
    return nil
  }

  /// Values that the expression demands of the label `job`.
  private static func jobs(in text: String) -> [String] {
    let selectors = (try? PromQLExpression.parse(text))?.selectors ?? []
    return selectors.flatMap(\.matchers).compactMap { matcher -> String? in
      let isPositive = matcher.op == .equal || matcher.op == .matches
      guard matcher.name == "job", isPositive else { return nil }
      return matcher.value.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" } ? matcher.value : nil
    }
  }
}
