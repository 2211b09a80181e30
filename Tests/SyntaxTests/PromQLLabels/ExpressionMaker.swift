import TestSupport

/// Makes expressions that Prometheus 2.42 understands over the series of `loaded`, most of which give some result.
struct ExpressionMaker {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed) }

  /// Series of one metric differ in their labels, some labels have one value in several metrics, so that sides match.
  static let loaded: [Series] = {
    var all: [Series] = []
    for job in ["api", "web"] {
      for instance in ["a:1", "b:2"] {
        let base = ["job": job, "instance": instance]
        all.append(base.merging(["__name__": "up"]) { $1 })
        all.append(
          base.merging(["__name__": "build_info", "version": "1.\(job.count)", "branch": "main/\(job)"]) { $1 })
        for code in ["200", "503"] {
          var series = base.merging(["__name__": "requests_total", "code": code, "path": "/v1/\(code)"]) { $1 }
          if instance == "b:2" { series["path"] = nil }
          all.append(series)
          if code == "200" { all.append(series.merging(["__name__": "errors_total"]) { $1 }) }
        }
        for bound in ["0.1", "1", "+Inf"] {
          all.append(base.merging(["__name__": "latency_bucket", "le": bound, "zone": "z\(job.count)"]) { $1 })
        }
      }
    }
    all.append(["__name__": "lonely"])
    all.append(["__name__": "odd", "user agent".replacing(" ", with: "_"): "curl/8 (x)", "dst": "was", "note": "é-ü"])
    return all
  }()

  private static let labels = [
    "job", "instance", "code", "path", "version", "zone", "le", "branch", "dst", "__name__", "none",
  ]
  private static let functions = [
    "abs", "ceil", "sgn", "sort", "sort_desc", "timestamp", "round", "-", "+", "ln", "hour", "day_of_month",
  ]
  private static let ranges = [
    "rate", "increase", "delta", "last_over_time", "max_over_time", "count_over_time", "present_over_time", "changes",
    "stddev_over_time", "last_over_time",
  ]
  private static let folds = ["sum", "avg", "min", "max", "count", "group", "stddev", "stdvar"]
  private static let arithmetic = ["+", "-", "*", "/", "%", "^", "atan2"]
  private static let comparisons = ["==", "!=", ">", "<", ">=", "<="]

  mutating func expression(depth: Int = 3) -> String {
    guard depth > 0 else { return selector() }
    switch Int.random(in: 0..<19, using: &random) {
    case 0, 1: return selector()
    case 2:
      let function = pick(Self.functions)
      return "+-".contains(function)
        ? "\(function)\(expression(depth: depth - 1))" : "\(function)(\(expression(depth: depth - 1)))"
    case 3: return "\(pick(Self.ranges))(\(selector(isPlain: true))[5m]\(pick(["", " offset 1m", " @ end()"])))"
    case 4: return "\(pick(Self.ranges))((\(expression(depth: depth - 1)))[5m:1m])"
    case 5, 6: return "\(pick(Self.folds))\(clause()) (\(expression(depth: depth - 1)))"
    case 7:
      return
        "\(pick(["topk", "bottomk", "quantile"]))\(clause()) (\(pick(["1", "2", "0.5"])), \(expression(depth: depth - 1)))"
    case 8: return "count_values\(clause()) (\"\(pick(["v", "job", "code"]))\", \(expression(depth: depth - 1)))"
    case 9:
      let (left, right) = (expression(depth: depth - 1), pick(["2", "0", "time()", "scalar(up{job=\"api\"})"]))
      return operation(Bool.random(using: &random) ? (left, right) : (right, left))
    case 10, 11: return operation((expression(depth: depth - 1), expression(depth: depth - 1)), matching())
    case 12: return grouped(depth)
    case 13:
      let op = pick(["and", "or", "or", "unless"])
      return "(\(expression(depth: depth - 1))) \(op) \(matching()) (\(expression(depth: depth - 1)))"
    case 14, 15: return replacement(depth)
    case 16:
      let sources = (0..<Int.random(in: 0...3, using: &random)).map { _ in ", \"\(pick(Self.labels))\"" }.joined()
      return
        "label_join(\(expression(depth: depth - 1)), \"\(pick(["dst", "job", "new"]))\", \"\(pick(["-", "", "::"]))\"\(sources))"
    case 17:
      return pick([
        "histogram_quantile(0.9, \(pick(["", "rate("]))latency_bucket",
        "histogram_quantile(0.5, sum by (le, zone) (latency_bucket",
        "absent(missing{job=\"api\", code!=\"1\", zone=\"\", le=~\"x\"}", "absent(sum(missing",
        "absent_over_time(missing{job=\"api\", job=\"web\", path=\"/\"}[5m]",
      ]).closed
    default: return pick(["vector(time())", "hour()", "vector(1)", "absent(nothing)"])
    }
  }

  private mutating func pick(_ choices: [String]) -> String { choices[Int.random(in: choices.indices, using: &random)] }

  private mutating func list(_ counts: ClosedRange<Int>) -> String {
    (0..<Int.random(in: counts, using: &random)).map { _ in pick(Self.labels) }.joined(separator: ", ")
  }

  private mutating func clause() -> String {
    pick(["", " by (\(list(0...3)))", " by (\(list(1...3)))", " without (\(list(0...3)))"])
  }

  private mutating func selector(isPlain: Bool = false) -> String {
    let name = pick([
      "requests_total", "requests_total", "errors_total", "up", "build_info", "latency_bucket", "lonely", "odd",
    ])
    let matchers = pick([
      "", "", "", "{job=\"api\"}", "{instance=~\"a:1|b:2\"}", "{code!=\"\"}", "{path=\"\"}", "{path=~\"/.*\"}",
      "{zone=~\".+\"}", "{code=~\"200|\"}", "{job!~\"x|\"}", "{job=\"api\",job=~\"a.*\"}",
    ])
    if isPlain { return name + matchers }
    return pick([name + matchers, name + matchers, name + matchers + " offset 1m", "{__name__=~\"up|build_info\"}"])
  }

  private mutating func matching() -> String {
    pick([
      "", "", "on (\(list(0...3)))", "on (job, instance)", "ignoring (\(list(0...3)))",
      "ignoring (code, path, version, branch)",
    ])
  }

  private mutating func operation(_ sides: (String, String), _ matching: String = "") -> String {
    let isComparison = Bool.random(using: &random)
    let op = pick(isComparison ? Self.comparisons : Self.arithmetic)
    let returnsBool = isComparison && (!matching.isEmpty || Bool.random(using: &random)) && Bool.random(using: &random)
    // Two numbers can only be compared to give a number.
    return "(\(sides.0)) \(op) \(returnsBool ? "bool" : "") \(matching) (\(sides.1))"
  }

  /// `group_left` or `group_right` where one side has one series for each pair of labels.
  private mutating func grouped(_ depth: Int) -> String {
    let keys = pick(["job", "job, instance"])
    let taken = pick(["", "version", "version, branch", "none", "zone, job", "code", "__name__"])
    let one =
      "\(pick(["max", "min", "group"])) by (\(keys), \(pick(["version", "branch, version", "zone", "__name__"]))) (\(pick(["build_info", "latency_bucket{le=\"1\"}", "up"])))"
    let many = expression(depth: depth - 2 > 0 ? depth - 2 : 0)
    let op = pick(Self.arithmetic + ["== bool", ">= bool", ">", "<="])
    let isLeft = Bool.random(using: &random)
    return isLeft
      ? "(\(many)) \(op) on (\(keys)) group_left (\(taken)) (\(one))"
      : "(\(one)) \(op) on (\(keys)) group_right (\(taken)) (\(many))"
  }

  private mutating func replacement(_ depth: Int) -> String {
    let target = pick(["dst", "job", "new", "code", "path"])
    let text = pick(["$1", "$1", "${1}", "x-$1", "fixed", "", "$0", "$2$1", "$1x", "$name", "$$"])
    let source = pick(Self.labels + [""])
    let expression = pick([
      "(.*)", "(.+)", ".*", "([a-z]+).*", "(.)(.*)", "(?P<name>.*)", "", "nothing", "(api|200)", "/v1/(.*)", "^(.*)$",
    ])
    return
      "label_replace(\(self.expression(depth: depth - 1)), \"\(target)\", \"\(text)\", \"\(source)\", \"\(expression)\")"
  }
}

extension String {
  /// With as many brackets closed as are open.
  fileprivate var closed: String {
    self + String(repeating: ")", count: count { $0 == "(" } - count { $0 == ")" })
  }
}
