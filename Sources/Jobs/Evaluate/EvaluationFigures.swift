import Vocabulary

/// Recall and false positives on labelled texts; no text is in it.
struct EvaluationFigures: Encodable {
  /// Of a group of rows: how many there are, and which share of them the judge calls content at its thresholds and at those
  /// that would make the false positives of `strict` and `usual`.
  struct Group: Encodable {
    var name: String
    var rows: Int
    var shipped: Double
    var strict: Double
    var usual: Double
  }

  /// Recall where the threshold is moved so that a share of the operational rows is called content.
  struct Point: Encodable {
    var falsePositives: Double
    var recall: Double
    /// By how much all thresholds of the policy move.
    var shift: Double
  }

  /// True where each row was judged by a model that had not seen it.
  var isCrossValidated: Bool
  var conversation = 0
  var operational = 0
  var veryShort = 0
  /// At the policy's thresholds, very short rows left out; nil where there are no such rows.
  var recall: Double?
  var falsePositives: Double?
  var points: [Point] = []
  var kinds: [Group] = []
  var operationalKinds: [Group] = []
  var surfaces: [Group] = []
  var operationalSurfaces: [Group] = []
  var languages: [Group] = []
  var operationalLanguages: [Group] = []
  /// Conversation that nothing stands around.
  var alone: [Group] = []
  var veryShortRows: [Group] = []

  /// The two rates of false positives at which groups are shown beside the shipped thresholds.
  static let strict = 0.001
  static let usual = 0.002
  private static let rates = [0.0005, strict, usual, 0.005]
  /// Languages with fewer rows are counted together.
  private static let leastRows = 20

  init(_ rows: [EvaluatedRow], isCrossValidated: Bool) {
    self.isCrossValidated = isCrossValidated
    let content = rows.filter { $0.isContent && !$0.isVeryShort }
    let benign = rows.filter { !$0.isContent }
    let short = rows.filter { $0.isContent && $0.isVeryShort }
    (conversation, operational, veryShort) = (content.count, benign.count, short.count)
    recall = content.isEmpty ? nil : Self.share(of: content, where: \.isFound)
    falsePositives = benign.isEmpty ? nil : Self.share(of: benign, where: \.isFound)
    guard !benign.isEmpty else { return }

    let margins = benign.map(\.margin).sorted(by: >)
    func limit(_ rate: Double) -> Double { margins[min(margins.count - 1, Int(Double(margins.count) * rate))] }
    points =
      content.isEmpty
      ? []
      : Self.rates.map { rate in
        let shift = limit(rate)
        return Point(falsePositives: rate, recall: Self.share(of: content) { $0.margin > shift }, shift: shift)
      }
    let limits = (strict: limit(Self.strict), usual: limit(Self.usual))
    func groups(_ rows: [EvaluatedRow], _ names: (EvaluatedRow) -> [String]) -> [Group] {
      var members: [String: [EvaluatedRow]] = [:]
      for row in rows { for name in names(row) { members[name, default: []].append(row) } }
      return members.keys.sorted().map { name in
        let rows = members[name]!
        return Group(
          name: name, rows: rows.count, shipped: Self.share(of: rows, where: \.isFound),
          strict: Self.share(of: rows) { $0.margin > limits.strict },
          usual: Self.share(of: rows) { $0.margin > limits.usual })
      }
    }
    func languages(of rows: [EvaluatedRow]) -> [Group] {
      let counts = rows.reduce(into: [:]) { $0[$1.language, default: 0] += 1 }
      return groups(rows) { [counts[$0.language]! < Self.leastRows ? "others" : $0.language] }
    }
    kinds = groups(content) { [$0.kind] }
    operationalKinds = groups(benign) { [$0.kind] }
    surfaces = groups(content) { [$0.surface.rawValue] }
    operationalSurfaces = groups(benign) { [$0.surface.rawValue] }
    self.languages = languages(of: content)
    operationalLanguages = languages(of: benign)
    alone = groups(content, \.alone)
    veryShortRows = groups(short) { [$0.kind] }
  }

  private static func share(of rows: [EvaluatedRow], where isHit: (EvaluatedRow) -> Bool) -> Double {
    Double(rows.count(where: isHit)) / Double(max(1, rows.count))
  }
}
