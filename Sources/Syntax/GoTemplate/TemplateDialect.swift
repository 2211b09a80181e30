/// Which program runs a template: its functions, and the variables that it declares before a rule's text.
public enum TemplateDialect: String, Sendable, Hashable, CaseIterable, Codable {
  /// Labels and annotations of Prometheus's alerting rules, and of Loki's ruler and Mimir's, which use the same code
  /// (`template/template.go`, `rules/alerting.go` of Prometheus 3.14).
  case prometheus
  /// Notification templates and templated settings of Alertmanager (`template/template.go` of 0.34).
  case alertmanager
  /// `line_format` and `label_format` of LogQL (`pkg/logql/log/fmt.go` of Loki 3.8).
  case loki
  /// The stages `template` and `replace` of Promtail (`clients/pkg/logentry/stages/template.go` of Loki 3.7): all of Sprig 3.
  case promtail
  /// Labels and annotations of rules that Grafana evaluates itself (`pkg/services/ngalert/state/template` of Grafana 12).
  case grafanaRules
  /// Notification templates of Grafana's own Alertmanager (`templates` and `templates/gomplate` of grafana/alerting, 2026).
  case grafanaNotifications

  public struct Function: Sendable, Hashable {
    public var name: String
    /// The release of the program that had it first, where that is known and not long ago: `3.6`.
    public var since: String?
  }

  /// Nil where the program has no such function, so that a template that names it is refused.
  public func function(_ name: String) -> Function? { Self.tables[self]?[name] }

  /// Sorted by name.
  public var functions: [Function] { (Self.tables[self] ?? [:]).values.sorted { $0.name < $1.name } }

  /// Variables that a rule's text finds declared, in the order of their declaration; bodies of `define` don't see them.
  public var variables: [String] {
    switch self {
    case .prometheus: ["$labels", "$externalLabels", "$externalURL", "$value"]
    case .grafanaRules: ["$labels", "$values", "$value"]
    case .alertmanager, .loki, .promtail, .grafanaNotifications: []
    }
  }

  /// For messages.
  var subject: String {
    switch self {
    case .prometheus: "Prometheus"
    case .alertmanager: "Alertmanager"
    case .loki: "Loki"
    case .promtail: "Promtail"
    case .grafanaRules, .grafanaNotifications: "Grafana"
    }
  }

  // MARK: Tables

  private static let tables: [Self: [String: Function]] = {
    let texts: [Self: [String]] = [
      .prometheus: [prometheusNames], .alertmanager: [alertmanagerNames], .loki: [lokiNames],
      .promtail: [sprigNames, promtailNames], .grafanaRules: [prometheusNames, grafanaRuleNames],
      .grafanaNotifications: [alertmanagerNames, grafanaNotificationNames],
    ]
    return texts.mapValues { lists in
      var functions: [String: Function] = [:]
      for word in ([builtinNames] + lists).joined(separator: " ").split(whereSeparator: \.isWhitespace) {
        let parts = word.split(separator: "@").map(String.init)
        functions[parts[0]] = Function(name: parts[0], since: parts.count > 1 ? parts[1] : nil)
      }
      return functions
    }
  }()

  /// `text/template/funcs.go`.
  private static let builtinNames = """
    and call html index slice js len not or print printf println urlquery eq ge gt le lt ne
    """

  private static let prometheusNames = """
    query first label value strvalue args reReplaceAll safeHtml match title toUpper toLower graphLink tableLink sortByLabel
    stripPort@2.33 stripDomain@2.36 humanize humanize1024 humanizeDuration humanizePercentage@2.11 humanizeTimestamp toTime@2.38
    toDuration@3.6 now@3.6 pathPrefix externalURL parseDuration@2.32 urlQueryEscape@3.8
    """

  private static let alertmanagerNames = """
    toUpper toLower title trimSpace@0.26 join match safeHtml safeUrl@0.30 urlUnescape@0.30 reReplaceAll stringSlice@0.20
    routeLabels@0.34 date@0.28 tz@0.28 now@0.33 since@0.28 humanizeDuration@0.28 toDate@0.34 mustToDate@0.34 toJson@0.30
    base64encode@0.34 base64decode@0.34 list@0.32 append@0.32 dict@0.32
    """

  private static let lokiNames = """
    __line__@2.7 __timestamp__@2.8 ToLower ToUpper Replace Trim TrimLeft TrimRight TrimPrefix TrimSuffix TrimSpace
    regexReplaceAll regexReplaceAllLiteral count@2.8 urldecode@2.8 urlencode@2.8 bytes@2.8 duration@2.8 duration_seconds@2.8
    unixEpochMillis@2.8 unixEpochNanos@2.8 toDateInZone@2.8 unixToTime@2.9 alignLeft@2.8 alignRight@2.8 b64dec@2.8 b64enc@2.8
    lower upper title trunc substr contains hasPrefix hasSuffix indent nindent replace repeat trim trimAll trimSuffix trimPrefix
    int float64 add sub mul div mod addf subf mulf divf max min maxf minf ceil floor round fromJson date toDate now unixEpoch
    default@2.7
    """

  private static let promtailNames = """
    ToLower ToUpper Replace Trim TrimLeft TrimRight TrimPrefix TrimSuffix TrimSpace Hash Sha2Hash regexReplaceAll
    regexReplaceAllLiteral
    """

  private static let grafanaRuleNames = """
    filterLabels filterLabelsRe removeLabels removeLabelsRe mergeLabelValues
    """

  /// The last four are name spaces: `coll.Dict`, `data.ToJSON`, `tmpl.Exec`, `time.Now`.
  private static let grafanaNotificationNames = "coll data tmpl time"

  /// `functions.go` of Sprig 3.3.
  private static let sprigNames = """
    hello ago date date_in_zone date_modify dateInZone dateModify duration durationRound htmlDate htmlDateInZone
    must_date_modify mustDateModify mustToDate now toDate unixEpoch abbrev abbrevboth trunc trim upper lower title untitle substr
    repeat trimall trimAll trimSuffix trimPrefix nospace initials randAlphaNum randAlpha randAscii randNumeric swapcase shuffle
    snakecase camelcase kebabcase wrap wrapWith contains hasPrefix hasSuffix quote squote cat indent nindent replace plural sha1sum
    sha256sum sha512sum adler32sum toString atoi int64 int float64 seq toDecimal split splitList splitn toStrings until untilStep add1 add
    sub div mod mul randInt add1f addf subf divf mulf biggest max min maxf minf ceil floor round join sortAlpha default empty
    coalesce all any compact mustCompact fromJson toJson toPrettyJson toRawJson mustFromJson mustToJson mustToPrettyJson
    mustToRawJson ternary deepCopy mustDeepCopy typeOf typeIs typeIsLike kindOf kindIs deepEqual env expandenv getHostByName base
    dir clean ext isAbs osBase osClean osDir osExt osIsAbs b64enc b64dec b32enc b32dec tuple list dict get set unset hasKey pluck
    keys pick omit merge mergeOverwrite mustMerge mustMergeOverwrite values append push mustAppend mustPush prepend mustPrepend
    first mustFirst rest mustRest last mustLast initial mustInitial reverse mustReverse uniq mustUniq without mustWithout has
    mustHas slice mustSlice concat dig chunk mustChunk bcrypt htpasswd genPrivateKey derivePassword buildCustomCert genCA
    genCAWithKey genSelfSignedCert genSelfSignedCertWithKey genSignedCert genSignedCertWithKey encryptAES decryptAES randBytes
    uuidv4 semver semverCompare fail regexMatch mustRegexMatch regexFindAll mustRegexFindAll regexFind mustRegexFind
    regexReplaceAll mustRegexReplaceAll regexReplaceAllLiteral mustRegexReplaceAllLiteral regexSplit mustRegexSplit regexQuoteMeta
    urlParse urlJoin
    """
}
