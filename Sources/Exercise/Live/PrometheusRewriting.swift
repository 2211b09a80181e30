import Fleet
import Platform
import Syntax
import Vocabulary

/// Where the parts of a live run listen, all on 127.0.0.1.
struct LivePorts {
  var prometheus: Int
  var alertmanager: Int
  /// The synthetic exporters, in the order of the fleet.
  var targets: [(target: PlatformTarget, port: Int)]
}

extension Rewriting {
  /// A Prometheus configuration that scrapes the synthetic platform and nothing else.
  ///
  /// Kept: intervals (divided), external labels, relabelling of targets, series and alerts. Each job of the platform gets the
  /// synthetic exporters under the names that the fleet gives them; last relabelling steps send each to its loopback port
  /// and drop whatever is not on loopback by then, whatever the configuration's own steps did to the address. All else goes
  /// (remote write and read, tracing, service discovery, credentials, TLS, proxies), for the rest is built from a list of
  /// what is kept.
  static func prometheus(
    _ file: ConfigTree.File, ruleFiles: [String], ports: LivePorts, _ compression: Compression
  ) throws(Fault) -> Rewriting {
    var rewriting = Rewriting(file, try YAMLDocument.parse(file.bytes, path: file.path))
    var document = rewriting.document
    let plan = ScrapePlan(document)
    rewriting.keepOnly(["global", "rule_files", "alerting", "scrape_configs"], of: &document, at: "")
    rewriting.rewriteGlobal(&document, compression)

    document.set("rule_files", to: .list(ruleFiles.map { .text($0) }))
    rewriting.note("/rule_files", "became the rule files of the tree with durations divided")

    var alerting = document["alerting"] ?? .map([:])
    rewriting.keepOnly(["alertmanagers", "alert_relabel_configs"], of: &alerting, at: "/alerting")
    let alertmanager = PositionedValue.map([
      "static_configs": .list([.staticTarget("127.0.0.1:\(ports.alertmanager)")])
    ])
    alerting.set("alertmanagers", to: .list([alertmanager]))
    rewriting.note("/alerting/alertmanagers", "became the Alertmanager on loopback")
    document.set("alerting", to: alerting)

    var jobs: [PositionedValue] = []
    for (job, planned) in zip(document["scrape_configs"]?.array ?? [], plan.jobs) {
      if let rewritten = rewriting.rewrite(job, planned, ports, compression) { jobs.append(rewritten) }
    }
    document.set("scrape_configs", to: .list(jobs))
    rewriting.document = document
    return rewriting
  }

  private mutating func rewriteGlobal(_ document: inout PositionedValue, _ compression: Compression) {
    var global = document["global"] ?? .map([:])
    keepOnly(
      ["scrape_interval", "scrape_timeout", "evaluation_interval", "external_labels"], of: &global, at: "/global")
    for key in ["scrape_interval", "evaluation_interval"] {
      if global[key] == nil { global.set(key, to: .text(ScrapePlan.defaultInterval.text)) }
      compress(key, of: &global, at: "/global", by: compression.interval)
    }
    // The default, 10 s, is longer than the divided interval, which Prometheus refuses.
    global.set("scrape_timeout", to: global["scrape_interval"] ?? .text(Compression.shortestInterval.text))
    note("/global/scrape_timeout", "became the divided scrape_interval")
    document.set("global", to: global)
  }

  /// - Returns: Nil where the job scrapes nothing that the live run has.
  private mutating func rewrite(
    _ job: PositionedValue, _ planned: ScrapePlan.Job, _ ports: LivePorts, _ compression: Compression
  ) -> PositionedValue? {
    let pointer = "/scrape_configs/\(planned.index)"
    var targets: [(instance: String, port: Int)] = []
    if let kind = planned.kind {
      targets = ports.targets.filter { $0.target.job == kind }.map { ($0.target.instance, $0.port) }
    } else if let own = Self.ownTarget(job, planned, ports) {
      targets = [own]
    }
    guard !targets.isEmpty else {
      note(pointer, "removed: it scrapes nothing that the synthetic platform has")
      return nil
    }
    var out = job
    keepOnly(
      [
        "job_name", "metrics_path", "params", "honor_labels", "honor_timestamps", "scrape_interval", "scrape_timeout",
        "static_configs", "relabel_configs", "metric_relabel_configs", "sample_limit", "label_limit",
        "label_name_length_limit", "label_value_length_limit", "target_limit",
      ], of: &out, at: pointer)
    compress("scrape_interval", of: &out, at: pointer, by: compression.interval)
    out.set("scrape_timeout", to: .text(compression.interval(planned.interval).text))
    out.set("scheme", to: .text("http"))
    out.set(
      "static_configs",
      to: .list(targets.map { .staticTarget($0.instance, labels: planned.labels + [("instance", $0.instance)]) }))
    note(
      "\(pointer)/static_configs", "became \(targets.count) targets on loopback, with the fleet's names as `instance`")

    // The configuration's own steps see the address that the target has there, and may change it: another label, of the
    // prefix that Prometheus reserves for this, remembers whose it was.
    var steps: [PositionedValue] = [
      .map(["source_labels": .list([.text("__address__")]), "target_label": .text(Self.remembered)])
    ]
    steps += out["relabel_configs"]?.array ?? []
    for target in targets {
      steps.append(
        .map([
          "source_labels": .list([.text(Self.remembered)]), "regex": .text(Self.escaped(target.instance)),
          "target_label": .text("__address__"), "replacement": .text("127.0.0.1:\(target.port)"),
        ]))
    }
    steps.append(
      .map([
        "source_labels": .list([.text("__address__")]), "regex": .text(#"127\.0\.0\.1:[0-9]+"#),
        "action": .text("keep"),
      ]))
    out.set("relabel_configs", to: .list(steps))
    return out
  }

  private static let remembered = "__tmp_sigilo_address"

  /// Prometheus or Alertmanager where the job scrapes one of them; told by their usual ports and names.
  private static func ownTarget(
    _ job: PositionedValue, _ planned: ScrapePlan.Job, _ ports: LivePorts
  ) -> (instance: String, port: Int)? {
    let targets = (job["static_configs"]?.array ?? []).flatMap { $0["targets"]?.array ?? [] }.compactMap(\.string)
    for (name, usual, port) in [("prometheus", "9090", ports.prometheus), ("alertmanager", "9093", ports.alertmanager)]
    {
      if let target = targets.first(where: { $0.hasSuffix(":\(usual)") }) { return (target, port) }
      if planned.name == name { return ("\(name):\(usual)", port) }
    }
    return nil
  }

  /// A name of host and port as an RE2 expression that matches it alone.
  private static func escaped(_ text: String) -> String {
    var out = ""
    for character in text {
      if !character.isLetter, !character.isNumber { out += "\\" }
      out.append(character)
    }
    return out
  }
}

extension PositionedValue {
  static func flag(_ value: Bool) -> PositionedValue {
    PositionedValue(.scalar(value ? "true" : "false", .bool), line: 0, column: 0, offset: 0)
  }

  /// A static target group of one target.
  static func staticTarget(_ target: String, labels: [(name: String, value: String)] = []) -> PositionedValue {
    var group = PositionedValue.map(["targets": .list([.text(target)])])
    var values = PositionedValue.map([:])
    for label in labels { values.set(label.name, to: .text(label.value)) }
    if !labels.isEmpty { group.set("labels", to: values) }
    return group
  }
}
