import Syntax

/// Ways to write values, by their kind, for templates made by chance.
///
/// `toUpper <text>` is one of a text out of a text; what stands in `<…>` is written by a way of that kind, `<any>` by one of any.
struct Grammar {
  struct Way: Hashable {
    var kind: String
    var pattern: Substring

    var words: [String] { pattern.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init) }
  }

  let ways: [Way]
  /// Those that need no other value.
  let leaves: [Way]

  /// - Parameter functions: names of functions that may be written; nil for all that the program has.
  init(_ dialect: TemplateDialect, functions: [String]? = nil) {
    let tables =
      switch dialect {
      case .prometheus: [Self.builtin, Self.structures, Self.prometheus, Self.ruleLinks, Self.rule]
      case .alertmanager: [Self.builtin, Self.structures, Self.alertmanager, Self.notification]
      case .loki: [Self.builtin, Self.structures, Self.logTexts, Self.lokiSprig, Self.loki, Self.logFields]
      case .promtail:
        [Self.builtin, Self.logTexts, Self.lokiSprig, Self.sprig, Self.sprigLists, Self.promtail, Self.logFields]
      case .grafanaRules: [Self.builtin, Self.structures, Self.prometheus, Self.grafanaRules, Self.grafanaRule]
      case .grafanaNotifications:
        [Self.builtin, Self.structures, Self.alertmanager, Self.grafana, Self.notification, Self.grafanaNotification]
      }
    var all: [Way] = []
    for line in tables.joined(separator: "\n").split(separator: "\n") {
      let colon = line.firstIndex(of: ":")!
      for pattern in line[line.index(after: colon)...].split(separator: " ; ") {
        all.append(Way(kind: String(line[..<colon]), pattern: pattern.trimmed))
      }
    }
    if let functions {
      let others = Set(dialect.functions.map(\.name)).subtracting(functions + ["and", "or"])
      all.removeAll { !others.isDisjoint(with: $0.words) }
    }
    ways = all
    leaves = all.filter { !$0.pattern.contains("<") }
  }

  // MARK: Go

  static let builtin = """
    bool: not <any> ; eq <text> <text> ; ne <text> "a" ; lt <int> 3 ; le <text> <text> ; gt <int> <int> ; ge <text> "b" ; true
    int: len <text> ; len <list> ; len <map> ; 1 ; 2
    any: and <any> <any> ; or <any> <any> ; index <map> <key> ; index <list> 0 ; index <list> 1 ; print <any> <any>
    text: print <text> <any> ; printf "%v-%s" <any> <text> ; printf "%q" <text> ; println <text> ; html <text> ; js <text>
    text: urlquery <text> ; printf "%v" <map> ; printf "%+v" <list> ; or <text> <text> ; and <text> <text> ; "a" ; "x y"
    text: printf "%s" <any> ; printf "%[2]v" <any> <text> ; printf "%*v" 9 <text>
    key: "a" ; "b" ; <text>
    regex: "q(.)" ; "a|b" ; "x"
    float: 1.5
    duration: "1m30s"
    """

  /// Go's own `slice`; Sprig has another.
  static let structures = """
    text: slice <text> 0 ; slice <text> 0 1
    list: slice <list> 0
    """

  // MARK: Rules

  static let prometheus = """
    samples: query "x" ; query <text> ; sortByLabel "a" <samples> ; <samples> | sortByLabel <text>
    sample: first <samples> ; <samples> | first
    text: label "a" <sample> ; <sample> | label <key> ; strvalue <sample>
    float: value <sample> ; <sample> | value ; parseDuration <duration>
    map: args <any> <text>
    any: (args <any> <any>).arg1 ; <samples> ; <sample>
    text: (args <text>).arg0 ; reReplaceAll <regex> <text> <text> ; title <text> ; toUpper <text> ; toLower <text>
    any: safeHtml <text>
    bool: match <regex> <text>
    text: stripPort <text> ; stripDomain <text> ; urlQueryEscape <text>
    text: humanize <float> ; humanize1024 <float> ; humanizeDuration <float> ; humanizePercentage <float>
    text: humanizeTimestamp <float> ; pathPrefix ; externalURL ; graphLink <text> ; tableLink <text>
    any: toTime <float> ; toDuration <float> ; now
    list: <samples>
    """

  static let ruleLinks = """
    text: (<sample>).Labels.a
    float: (<sample>).Value
    """

  static let rule = """
    text: $.Labels.a ; $labels.b ; $.ExternalLabels.a ; $externalLabels.a ; $.ExternalURL ; $externalURL
    map: $.Labels ; $labels ; $.ExternalLabels ; $externalLabels
    float: $.Value ; $value
    any: $
    list: <samples>
    """

  static let grafanaRules = """
    labels: filterLabels <labels> <key> ; filterLabelsRe <labels> <regex> ; removeLabels <labels> <key>
    labels: removeLabelsRe <labels> <regex> ; mergeLabelValues <values>
    map: <labels> ; <values>
    text: graphLink <json> ; tableLink <json>
    json: printf `{"datasource":%q,"expr":%q}` <text> <text> ; "{"
    """

  static let grafanaRule = """
    labels: $.Labels ; $labels ; $values.A.Labels ; (index $values "B").Labels
    values: $.Values ; $values
    text: $.Labels.a ; $labels.b ; $.Value ; $value ; $values.A.Labels.a ; printf "%v" $values.A
    float: $values.A.Value ; $.Values.B.Value
    any: $ ; $values.A
    list: <samples>
    """

  // MARK: Notifications

  static let alertmanager = """
    text: toUpper <text> ; toLower <text> ; title <text> ; trimSpace <text> ; join "-" <texts> ; urlUnescape <text>
    text: reReplaceAll <regex> <text> <text> ; date "2006 Jan 15:04" <time> ; humanizeDuration <any> ; toJson <any>
    text: base64encode <text> ; base64decode (base64encode <text>) ; humanizeDuration (since <time>)
    any: safeHtml <text> ; safeUrl <text> ; since <time> ; routeLabels <key>
    bool: match <regex> <text>
    texts: stringSlice <text> <text> ; (<kv>).Names ; (<kv>).Values ; (<pairs>).Names ; (<pairs>).Values
    list: <texts> ; list <any> <any> ; append (list <any>) <any> <text> ; <pairs>
    map: dict "a" <any> "b" <any> ; <kv>
    any: (dict "a" <any>).a ; <alerts> ; <alert> ; <time>
    time: now ; (<alert>).StartsAt ; tz "Asia/Tokyo" <time> ; toDate "2006" "2024" ; mustToDate "2006-01-02" "2024-02-29"
    kv: (<kv>).Remove (stringSlice "a") ; (<kv>).Remove <texts>
    pairs: (<kv>).SortedPairs
    text: (<texts>).Join <text> ; (<kv>).String ; (index <pairs> 0).Value ; (<time>).Format <text>
    alerts: (<alerts>).Firing ; (<alerts>).Resolved
    alert: index $.Alerts 0 ; index $.Alerts 1
    """

  static let notification = """
    text: $.Receiver ; $.Status ; $.ExternalURL ; $.GroupLabels.a ; $.CommonLabels.b ; $.CommonAnnotations.a
    text: (<alert>).Labels.a ; (<alert>).Annotations.a ; (<alert>).GeneratorURL ; (<alert>).Fingerprint
    kv: $.GroupLabels ; $.CommonLabels ; $.CommonAnnotations ; (<alert>).Labels ; (<alert>).Annotations
    alerts: $.Alerts
    any: $
    """

  static let grafana = """
    map: coll.Dict "a" <any> "b" <any> ; coll.Dict "a"
    list: coll.Slice <any> <any> ; coll.Append <any> <list>
    any: (coll.Dict "a" <any>).a ; data.JSON (data.ToJSON <any>)
    text: data.ToJSON <any> ; data.ToJSONPretty "  " <any> ; tmpl.Exec "t" <any> ; tmpl.Inline "{{ . }}" <text>
    time: time.Now
    """

  static let grafanaNotification = """
    text: (<alert>).SilenceURL ; (<alert>).DashboardURL ; (<alert>).PanelURL ; (<alert>).ValueString ; $.GroupKey
    text: (<alert>).ImageURL ; $.Vars.a ; $.AppVersion ; (<alert>).RuleUID
    map: (<alert>).Values ; $.Vars
    float: (<alert>).Values.A
    """

  // MARK: Logs

  static let logTexts = """
    text: ToLower <text> ; ToUpper <text> ; Replace <text> "q" <text> -1 ; Trim <text> "a" ; TrimLeft <text> "q"
    text: TrimRight <text> <text> ; TrimPrefix <text> "q" ; TrimSuffix <text> "b" ; TrimSpace <text>
    text: regexReplaceAll <regex> <text> <text> ; regexReplaceAllLiteral <regex> <text> <text>
    """

  static let logFields = """
    text: $.a ; $.b
    map: $
    any: $ ; .
    """

  /// The functions of Sprig that Loki has, too.
  static let lokiSprig = """
    text: b64enc <text> ; b64dec (b64enc <text>) ; lower <text> ; upper <text> ; title <text> ; trunc 30 <text>
    text: substr 0 5 <text> ; indent 2 <text> ; nindent 1 <text> ; replace "q" <text> <text> ; repeat 2 <text> ; trim <text>
    text: trimAll "a" <text> ; trimSuffix "b" <text> ; trimPrefix "q" <text> ; date "2006-01-02" <time> ; unixEpoch <time>
    bool: contains <text> <text> ; hasPrefix "q" <text> ; hasSuffix <text> <text>
    int: int <any> ; int <text> ; add <any> <any> 1 ; sub <any> <int> ; mul <any> 2 ; div <any> 2 ; mod <any> 7 ; max <any> <int>
    int: min <int> <any>
    float: float64 <any> ; addf <any> 1.5 ; subf <any> <float> ; mulf <any> 2 ; divf <any> 4 ; maxf <any> <float>
    float: minf <float> <any> ; ceil <any> ; floor <any> ; round <any> 2
    any: fromJson <json> ; default <any> <any> ; default <any> <text> ; (fromJson <json>).k
    json: printf `{"k":%q,"l":[%q]}` <text> <text> ; printf `[%q,"a"]` <text> ; "1"
    time: toDate "2006-01-02" "2024-02-29" ; now
    list: fromJson (printf `[%q,%q]` <text> <text>)
    any: <time>
    """

  static let loki = """
    text: __line__ ; urldecode <text> ; urlencode <text> ; unixEpochMillis <time> ; unixEpochNanos <time> ; alignLeft 9 <text>
    text: alignRight 9 <text>
    int: count <regex> <text>
    float: bytes "2KB" ; duration <duration> ; duration_seconds <duration>
    time: __timestamp__ ; toDateInZone "2006" "Asia/Tokyo" "2024" ; unixToTime "1700000000"
    """

  static let promtail = """
    text: Hash "s" <text> ; Sha2Hash <text> <text> ; $.Value ; $.Entry
    """

  /// The others of Sprig, of texts and numbers.
  static let sprig = """
    text: hello ; ago <time> ; date_in_zone "2006" <time> "UTC" ; dateInZone "15:04" <time> "Asia/Tokyo" ; duration "95"
    text: durationRound "2h" ; htmlDate <time> ; htmlDateInZone <time> "UTC" ; abbrev 9 <text> ; abbrevboth 2 9 <text>
    text: trimall "a" <text> ; nospace <text> ; initials <text> ; untitle <text> ; swapcase <text> ; shuffle <text>
    text: randAlphaNum 3 ; randAlpha 3 ; randAscii 3 ; randNumeric 3 ; randBytes 3 ; uuidv4
    text: snakecase <text> ; camelcase <text> ; kebabcase <text> ; wrap 9 <text> ; wrapWith 9 "-" <text> ; quote <any> <text>
    text: squote <any> <text> ; cat <any> <text> ; plural <text> <text> 2 ; sha1sum <text> ; sha256sum <text> ; sha512sum <text>
    text: adler32sum <text> ; toString <any> ; seq 1 3 ; toJson <any> ; toPrettyJson <any> ; toRawJson <any> ; mustToJson <any>
    text: mustToPrettyJson <any> ; mustToRawJson <any> ; typeOf <any> ; kindOf <any> ; env "NOSUCH" ; expandenv <text>
    text: base <text> ; dir <text> ; clean <text> ; ext <text> ; osBase <text> ; osDir <text> ; osClean <text> ; osExt <text>
    text: b32enc <text> ; b32dec (b32enc <text>) ; regexFind <regex> <text> ; mustRegexFind <regex> <text> ; regexQuoteMeta <text>
    text: mustRegexReplaceAll <regex> <text> <text> ; mustRegexReplaceAllLiteral <regex> <text> <text> ; join <text> <list>
    text: urlJoin (urlParse <text>) ; getHostByName "127.0.0.1" ; encryptAES "k" <text> ; decryptAES "k" (encryptAES "k" <text>)
    text: derivePassword 1 "long" <text> "u" "s" ; bcrypt <text> ; htpasswd "u" <text> ; fail <text>
    int: atoi "12" ; int64 <any> ; toDecimal "17" ; add1 <any> ; biggest <any> 1 ; randInt 1 9
    float: add1f <any>
    time: dateModify "1h" <time> ; date_modify "-1h" <time> ; mustDateModify "1h" <time> ; must_date_modify "1h" <time>
    time: mustToDate "2006" "2024"
    bool: empty <any> ; all <any> <any> ; any <any> <any> ; typeIs "string" <any> ; typeIsLike "string" <any>
    bool: kindIs "map" <any> ; deepEqual <any> <any> ; isAbs <text> ; osIsAbs <text> ; regexMatch <regex> <text>
    bool: mustRegexMatch <regex> <text> ; semverCompare "^1.2" "1.3.0"
    any: coalesce <any> <any> ; ternary <any> <any> <bool> ; mustFromJson <json> ; semver "1.2.3"
    text: ternary <text> <text> true
    any: genPrivateKey "ed25519"
    any: genCA <text> 1 ; genSelfSignedCert <text> nil nil 1 ; genSignedCert <text> nil nil 1 (genCA "c" 1)
    any: genCAWithKey <text> 1 (genPrivateKey "ecdsa") ; genSelfSignedCertWithKey <text> nil nil 1 (genPrivateKey "ecdsa")
    any: genSignedCertWithKey <text> nil nil 1 (genCA "c" 1) (genPrivateKey "ecdsa") ; buildCustomCert <text> <text>
    """

  /// The others of Sprig, of lists and maps. Maps are changed where they are, whoever holds them; one that came to hold itself
  /// would end Promtail.
  static let sprigLists = """
    map: split "b" <text> ; splitn "b" 2 <text> ; urlParse <text> ; dict "a" <any> "b" <any> ; pick <dict> "a" ; omit <dict> "b"
    map: <dict> ; deepCopy <dict> ; mustDeepCopy <dict> ; unset <dict> "b"
    dict: dict "a" <any> "b" <text> ; dict <text> <text> ; $ ; $d ; set <dict> "c" <text> ; set $d <text> <text> ; merge $d (dict "e" <text>)
    dict: mergeOverwrite $d (dict <text> <text>) ; mustMerge $d (dict "e" <text>) ; set (dict) "a" <any>
    dict: mustMergeOverwrite $d (dict "a" <text>)
    any: $d.a ; $d.c ; $d.e ; get <dict> <key> ; dig "a" <any> <dict> ; $.c
    bool: hasKey <dict> <key> ; has <any> <list> ; mustHas <any> <list>
    list: splitList "b" <text> ; toStrings <any> ; until 3 ; untilStep 1 5 2 ; sortAlpha <list> ; compact <list>
    list: mustCompact <list> ; tuple <any> <any> ; list <any> <any> ; pluck "a" <dict> <dict> ; keys <dict> ; values <dict>
    list: append <list> <any> ; push <list> <any> ; mustAppend <list> <any> ; mustPush <list> <any> ; prepend <list> <any>
    list: mustPrepend <list> <any> ; rest <list> ; mustRest <list> ; initial <list> ; mustInitial <list> ; reverse <list>
    list: mustReverse <list> ; uniq <list> ; mustUniq <list> ; without <list> <any> ; mustWithout <list> <any> ; slice <list> 1
    list: mustSlice <list> 0 1 ; concat <list> <list> ; chunk 1 <list> ; mustChunk 2 <list> ; regexFindAll <regex> <text> -1
    list: mustRegexFindAll <regex> <text> 2 ; regexSplit <regex> <text> -1 ; mustRegexSplit <regex> <text> 2
    any: first <list> ; mustFirst <list> ; last <list> ; mustLast <list>
    """
}

extension Substring {
  fileprivate var trimmed: Substring {
    var text = drop { $0 == " " }
    while text.last == " " { text = text.dropLast() }
    return text
  }
}
