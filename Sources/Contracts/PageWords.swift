import Vocabulary

/// The words of a contract's page in one language.
struct PageWords {
  let language: Language

  init(_ language: Language) { self.language = language }

  private func say(_ english: String, _ portuguese: String) -> String {
    language == .english ? english : portuguese
  }

  var opening: String {
    say(
      "This is all that the source may emit. Whatever is not claimed here is a finding. Between braces stand values of a "
        + "closed type; between double brackets, parts that may be absent.",
      "Isto é tudo o que a fonte pode emitir. O que não está previsto aqui é um achado. Entre chaves estão valores de um "
        + "tipo fechado; entre colchetes duplos, partes que podem faltar.")
  }
  var versions: String { say("Holds for versions", "Vale para as versões") }
  var facts: String { say("Established from", "Estabelecido a partir de") }
  var metrics: String { say("Metrics", "Métricas") }
  var logs: String { say("Log lines", "Linhas de log") }
  var forbiddenLabels: String { say("Labels that must never appear", "Rótulos que nunca podem aparecer") }
  var undecided: String {
    say("Seen, and not claimed until somebody decides", "Visto, e não aceito até que alguém decida")
  }
  var slots: String { say("Types of values", "Tipos de valores") }
  var families: String { say("Families", "Famílias") }
  var nothing: String { say("nothing", "nada") }
  var chosenByClients: String { say("a client chooses the value", "um cliente escolhe o valor") }
  var or: String { say(" or ", " ou ") }
  var followedBy: String { say("followed by", "seguida de") }

  var json: String { say("Log entries in JSON", "Entradas de log em JSON") }
  var aLine: String { say("one of the lines above", "uma das linhas acima") }

  func added(to entry: StoredEntry) -> String {
    switch entry {
    case .series: say("Labels that Prometheus adds to series", "Rótulos que o Prometheus acrescenta a séries")
    case .stream: say("Labels of streams in Loki", "Rótulos de streams no Loki")
    case .metadata: say("Structured metadata in Loki", "Metadados estruturados no Loki")
    }
  }

  func atMost(_ count: Int) -> String { say("at most \(count) values", "no máximo \(count) valores") }

  var settings: String { say("Settings", "Configurações") }
  var settingsOpening: String {
    say(
      "This must hold wherever the program is started or configured; what does not is a finding.",
      "Isto deve valer onde quer que o programa seja iniciado ou configurado; o que não vale é um achado.")
  }
  var setting: String { say("Set by", "Definida por") }
  var inVersions: String { say("in versions", "nas versões") }
  var why: String { say("Why", "Por quê") }
  var remedy: String { say("What to do", "O que fazer") }
  var rule: String { say("Rule of findings where it is set otherwise", "Regra dos achados onde o valor é outro") }

  func must(_ condition: SettingCondition) -> String {
    func listed(_ texts: [String]) -> String { texts.map { "`\($0)`" }.joined(separator: ", ") }
    return switch condition {
    case .nonexistent: say("must not stand there at all", "não pode constar de modo algum")
    case .absent: say("must not be set", "não pode ser definida")
    case .off: say("must not be switched on", "não pode ser ligada")
    case .on: say("must be switched on", "deve ser ligada")
    case .oneOf(let texts): say("if set, must be one of ", "se definida, deve ser uma de ") + listed(texts)
    case .noneOf(let texts): say("must be none of ", "não pode ser nenhuma de ") + listed(texts)
    case .only(let texts): say("may list only ", "só pode listar ") + listed(texts)
    case .atMost(let limit): say("must be at most \(limit)", "deve ser no máximo \(limit)")
    case .claimed: say("must be claimed by the clauses on metrics", "deve constar nas cláusulas sobre métricas")
    }
  }

  func mustBeSet(_ vetted: String, _ severity: Severity) -> String {
    let form = vetted.contains("\n") ? "" : " (`\(vetted)`)"
    return say("must be set\(form), else: ", "deve ser definida\(form), senão: ") + self.severity(severity)
  }

  func `where`(_ values: [String], _ keys: [String]) -> String {
    let names = keys.map { "`\($0.drop { $0 == "^" })`" }.joined(separator: ", ")
    let texts = values.map { "`\($0)`" }.joined(separator: or)
    return say("must be set where \(texts) stands in \(names)", "deve ser definida onde \(texts) consta em \(names)")
  }

  func severity(_ severity: Severity) -> String {
    switch severity {
    case .content: say("content", "conteúdo")
    case .exposure: say("exposure", "exposição")
    case .hygiene: say("hygiene", "higiene")
    }
  }

  func lines(on standing: Standing) -> [String] {
    switch standing {
    case .always: []
    case .optional(let text): [say("Optional: ", "Opcional: ") + text.text(in: language), ""]
    case .forbidden(let text): [say("**Forbidden**: ", "**Proibido**: ") + text.text(in: language), ""]
    }
  }

  /// Control characters, as in coloured lines, by their names.
  static func visible(_ text: String) -> String { text.replacing("\u{1B}", with: "␛") }

  func meanings(of names: Set<String>) -> [(name: String, meaning: String)] {
    names.sorted().map { ($0, meaning(of: $0)) }
  }

  private func meaning(of name: String) -> String {
    switch name {
    case "int": say("a whole number", "um número inteiro")
    case "grouped": say("a whole number with commas", "um número inteiro com vírgulas")
    case "float": say("a number", "um número")
    case "floats": say("numbers, parted by commas", "números, separados por vírgulas")
    case "percent": say("a percentage", "uma porcentagem")
    case "duration": say("a length of time, such as 1m2s", "uma duração, como 1m2s")
    case "timestamp": say("date and time", "data e hora")
    case "time": say("time of day", "hora do dia")
    case "month_day": say("month and day", "mês e dia")
    case "ip": say("an IP address", "um endereço IP")
    case "port": say("a port", "uma porta")
    case "status": say("an HTTP status", "um status HTTP")
    case "request_id": say("an id of a request, in hexadecimal digits", "um id de requisição, em dígitos hexadecimais")
    case "uuid": say("a UUID", "um UUID")
    case "hex": say("so many hexadecimal digits", "tantos dígitos hexadecimais")
    case "pci": say("the address of a card on its bus", "o endereço de uma placa em seu barramento")
    case "gpu_uuid": say("the UUID of a GPU", "o UUID de uma GPU")
    case "mac": say("a hardware address", "um endereço de hardware")
    case "version": say("a version number", "um número de versão")
    case "source": say("a source file of the program and a line in it", "um arquivo-fonte do programa e uma linha nele")
    case "exception": say("the name of a class of exceptions", "o nome de uma classe de exceções")
    case "device": say("the kernel's name of a device", "o nome de um dispositivo no núcleo")
    case "name":
      say("one identifier of at most 63 letters, without spaces", "um identificador de até 63 letras, sem espaços")
    case "file": say("an absolute path without spaces", "um caminho absoluto sem espaços")
    case "spaces": say("spaces", "espaços")
    case "art": say("characters that frames are drawn with", "caracteres com que se desenham molduras")
    case "settings":
      say(
        "options with numbers, declared names and identifiers", "opções com números, nomes declarados e identificadores"
      )
    case "model": say("a model that the fleet declares", "um modelo que a frota declara")
    case "weights": say("weights that the fleet declares", "pesos que a frota declara")
    case "hostname": say("a host that the fleet declares", "uma máquina que a frota declara")
    case "gpu": say("a GPU model that the fleet declares", "um modelo de GPU que a frota declara")
    default: say("one of the values that are listed", "um dos valores listados")
    }
  }
}
