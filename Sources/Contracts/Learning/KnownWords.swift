/// Words that are the same in every program, and words after which stands what somebody typed.
enum KnownWords {
  /// Closed sets of words that everybody knows: one of the set stands for all of it, whatever the samples showed of it.
  static let sets: [[String]] = [
    ["DEBUG", "INFO", "NOTICE", "WARNING", "WARN", "ERROR", "CRITICAL", "FATAL", "TRACE"],
    ["debug", "info", "notice", "warning", "warn", "error", "critical", "fatal", "trace"],
    ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"],
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    ["true", "false"], ["True", "False"], ["None"], ["null"], ["HTTP"],
  ]

  enum Group: Int { case upperLevel, lowerLevel, method, month, weekday, boolean, pythonBoolean, none, null, http }

  /// Groups whose words mean what they say wherever they stand by themselves.
  private static let unmistakable: [Group] = [.upperLevel, .pythonBoolean, .none]

  static let anywhere: [String: Group] = words(of: unmistakable)
  /// As values of keys, and in brackets.
  static let asValues: [String: Group] = words(of: [.upperLevel, .lowerLevel, .boolean, .pythonBoolean, .none, .null])
  static let months: [String: Group] = words(of: [.month])
  static let weekdays: [String: Group] = words(of: [.weekday])
  static let methods: [String: Group] = words(of: [.method])

  private static func words(of groups: [Group]) -> [String: Group] {
    var all: [String: Group] = [:]
    for group in groups { for word in sets[group.rawValue] { all[word] = group } }
    return all
  }

  /// Ends of domain names that are no endings of source files or packages. Source: IANA's root zone, of it the old generic ones and
  /// some countries'.
  static let topLevelDomains: Set<String> = [
    "com", "net", "org", "edu", "gov", "mil", "info", "biz", "br", "ar", "cl", "co", "mx", "pt", "es", "fr", "de", "it",
    "nl", "be", "uk", "ie", "ch", "pl", "cz", "se", "no", "fi", "dk", "ru", "ua", "jp", "cn", "hk", "tw", "kr", "sg",
    "au", "nz", "ca", "us", "za", "eu", "tv",
  ]
  /// Keys whose values are the program's own words.
  static let programKeys: Set<String> = [
    "component", "collector", "subsystem", "logger", "module", "level", "lvl", "severity", "caller", "method", "state",
    "phase", "stage", "kind", "type", "scheme", "proto", "protocol", "msg", "message", "event", "t", "ts",
  ]
  /// Labels whose values programs choose among a few words of their own.
  static let programLabels: Set<String> = [
    "mode", "state", "type", "kind", "method", "code", "status", "reason", "cause", "phase", "stage", "level", "result",
    "outcome", "direction", "operation", "op", "action", "collector", "component", "subsystem", "module", "role",
    "generation", "implementation", "protocol", "scheme", "event", "slice", "endpoint_type", "sleep_state", "source",
    "finished_reason", "integration", "handler_type", "goos", "goarch",
    "clocksource", "governor", "encoding",
  ]
  /// Keys whose quoted values are the program's own sentences.
  static let messageKeys: Set<String> = ["msg", "message", "event"]
  /// What follows these and a colon or `=` is what a client or somebody else wrote, to the end.
  static let contentKeys: Set<String> = [
    "prompt", "prompts", "content", "contents", "text", "input", "inputs", "output", "outputs", "query", "question",
    "answer", "response", "completion", "messages", "arguments", "args", "body", "payload", "request", "reason",
    "detail", "details", "err", "error", "exception", "description", "title", "subject", "comment", "note", "cause",
  ]
  /// The word after these may be a name.
  static let cues: Set<String> = [
    "user", "users", "username", "login", "logname", "logged", "ruser", "owner", "account", "name", "named", "called",
    "email", "mail", "customer", "client", "tenant", "team", "host", "hostname", "rhost", "node", "unit", "alias",
    "model", "for", "from", "by",
  ]

  /// Given names that are common where the platform runs, and some of elsewhere: none is ever taken for a program's word, however
  /// often it stands in a log. Source: the most frequent names of IBGE's "Nomes no Brasil" (censo 2010); those of examples in
  /// English.
  static let givenNames: Set<String> = Set(
    """
    maria jose joao ana antonio francisco carlos paulo pedro lucas luiz marcos luis gabriel rafael daniel marcelo bruno \
    eduardo felipe raimundo rodrigo manoel manuel mateus matheus andre fernando fabio leonardo gustavo guilherme leandro \
    tiago thiago anderson ricardo marcio jorge sebastiao alexandre roberto edson diego vitor victor sergio claudio \
    geraldo adriano luciano julio renato vinicius rogerio samuel ronaldo mario flavio douglas igor davi jeferson \
    cicero miguel mauricio danilo juliana marcia fernanda patricia aline sandra camila amanda bruna jessica leticia \
    julia luciana vanessa mariana gabriela vera vitoria larissa claudia beatriz rita luana sonia renata eliane \
    josefa simone natalia cristiane carla debora rosangela raquel jaqueline adriana francisca antonia iracema marta \
    john james robert michael william david richard joseph thomas charles mary jennifer linda elizabeth barbara susan \
    sarah karen alice bob eve carol peter paul anna laura emma
    """.split(separator: " ").map(String.init))
}
