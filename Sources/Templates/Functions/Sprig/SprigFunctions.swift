/// The functions of Sprig 3.3 (`functions.go`), which Promtail has whole and Loki in part.
///
/// Not evaluated are those that read what is not in the data (`env`, `getHostByName`), draw by lot (`randAlpha`, `shuffle`,
/// `uuidv4`), make keys, certificates and passwords, or change maps (see `sprigMaps`), and of the others `snakecase`, `camelcase`,
/// `kebabcase`, `semver`, `semverCompare`, `urlParse` and `urlJoin`.
extension TemplateFunctions {
  static let sprig = [sprigTexts, sprigNumbers, sprigLists, sprigMaps, sprigDates, sprigChoices].reduce(into: [:]) {
    $0.merge($1) { $1 }
  }

  private static let sprigChoices: [String: TemplateFunction] = [
    "default": TemplateFunction(.any, rest: .any) { _, values in
      guard values.count > 1, values[1].isTrue else { return values[0] }
      return values[1]
    },
    "empty": TemplateFunction(.any) { _, values in .bool(!values[0].isTrue) },
    "all": TemplateFunction(rest: .any) { _, values in .bool(values.allSatisfy(\.isTrue)) },
    "any": TemplateFunction(rest: .any) { _, values in .bool(values.contains(where: \.isTrue)) },
    "coalesce": TemplateFunction(rest: .any) { _, values in values.first(where: \.isTrue) ?? .none },
    "ternary": TemplateFunction(.any, .any, .bool) { _, values in values[2].isTrue ? values[0] : values[1] },
  ]
}
