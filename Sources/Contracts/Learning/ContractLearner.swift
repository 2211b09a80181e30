public import Vocabulary

/// Proposes a contract from samples: what the contract claims already stays, forms of lines that are seen often and hold nothing
/// but the program's words and typed values are claimed, all else is named for a person to decide.
///
/// Samples are gone through several times, until a round adds nothing: what is learned once more from the same samples is then
/// nothing, too.
public struct ContractLearner {
  /// More rounds than samples have needed.
  public static let maximumRounds = 6

  private var draft: ContractDraft
  private let names: FleetNames
  private let isContent: (String) -> Bool
  private var round: Round
  /// Hosts that samples name in the place where the system log does; the inventory may not know them yet.
  private var hosts: Set<String>
  private var hasLearned = false
  public private(set) var rounds = 0
  public private(set) var summary = LearningSummary()

  /// What one round keeps.
  fileprivate struct Round {
    let compiled: CompiledContract
    /// How many hosts of the samples it knows.
    let hosts: Int
    var lines: TemplateMatcher
    var continuations: [TemplateMatcher]
    var following: Int?
    var head: LineHead?
    var isTraceback = false
    var tokenizer: LineTokenizer
    var miner = LineMiner()
    /// Words of conversation.
    var tainted: Set<String> = []
    var summary = LearningSummary()
    var metrics: MetricState
    /// Knows lines too that a container's runtime has wrapped.
    var whole: ContractMatcher

    init(_ contract: Contract, names: FleetNames, hosts: Set<String>) throws(Fault) {
      tokenizer = LineTokenizer(names)
      self.hosts = hosts.count
      var names = names
      names.names[.hostname, default: []].formUnion(hosts)
      compiled = try CompiledContract(contract, names: names)
      lines = TemplateMatcher(compiled.lines)
      continuations = compiled.continuations.map { TemplateMatcher($0) }
      whole = ContractMatcher(compiled)
      metrics = MetricState(matcher: ContractMatcher(compiled), tokenizer: tokenizer)
    }
  }

  /// - Parameters:
  ///   - base: the contract's file as it stands; nil for a new contract.
  ///   - path: how errors call that file.
  ///   - names: what the inventory declares.
  ///   - isContent: whether detectors hold a text for conversation; no template that they hold for one is claimed.
  public init(
    _ source: String, base: String?, path: String, names: FleetNames, isContent: @escaping (String) -> Bool
  ) throws(Fault) {
    draft = try ContractDraft(source, base: base, path: path)
    self.names = names
    self.isContent = isContent
    hosts = []
    round = try Round(draft.contract, names: names, hosts: hosts)
  }

  // MARK: - Lines

  /// Another file begins.
  public mutating func beginSource() {
    round.following = nil
    round.head = nil
    round.isTraceback = false
  }

  /// Takes a line that is no conversation, without its line feed.
  public mutating func line(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, at place: @autoclosure () -> LearningPlace
  ) {
    let isCR = !range.isEmpty && bytes[range.upperBound - 1] == 0x0D
    let range = isCR ? range.lowerBound..<range.upperBound - 1 : range
    guard !range.isEmpty else { return }
    round.summary.lines += 1
    let isContinuation = round.isContinuation(bytes, range)
    if let claimed = round.claim(bytes, range) {
      round.summary.claimed += claimed.isForbidden ? 0 : 1
      round.summary.forbidden += claimed.isForbidden ? 1 : 0
      return
    }
    round.tokenizer.tokenize(bytes, range)
    noteHost(bytes)
    let cluster = round.miner.add(
      round.tokenizer.tokens, bytes, isContinuation: isContinuation, after: round.head, at: place())
    if !isContinuation { round.head = cluster.map(LineHead.cluster) }
  }

  private mutating func noteHost(_ bytes: UnsafeRawBufferPointer) {
    guard hosts.count < 10_000, let token = round.tokenizer.tokens.prefix(8).first(where: { $0.kind == .host }) else {
      return
    }
    hosts.insert(String(decoding: bytes[token.range], as: UTF8.self))
  }

  /// Counts a line that detectors hold for conversation: nothing is learned from it, nor of its words where they stand in lines in
  /// which detectors see nothing.
  public mutating func skipContent(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, at place: LearningPlace
  ) {
    round.summary.skip(place)
    round.tokenizer.tokenize(bytes, range)
    guard round.tainted.count < 50_000 else { return }
    round.tainted.formUnion(MessageWords.others(round.tokenizer.tokens, bytes, range))
  }

  // MARK: - Rounds

  /// Ends a pass over all samples.
  ///
  /// - Returns: whether another is needed.
  public mutating func endRound() throws(Fault) -> Bool {
    rounds += 1
    if !hasLearned, hosts.count > round.hosts, draft.contract.namesHosts {
      // Lines of the contract's own forms were not recognised for the hosts in them.
      round = try Round(draft.contract, names: names, hosts: hosts)
      return true
    }
    var proposals = LineProposals(round.miner.clusters, draft.contract, tainted: round.tainted) { isRefused($0) }
    let before = hasLearned ? summary.claimedBefore : round.summary.claimed
    let families = MetricProposals(round.metrics.miner, taken: Set(round.compiled.series.keys))
    let isChanged = try add(&proposals, families)
    hasLearned = true
    summary = round.summary
    summary.metrics = round.metrics.summary
    summary.metrics.claimed += families.clauses.reduce(0) { $0 + $1.families.count }
    summary.labels = families.decisions
    summary.overflow = round.miner.overflow + round.metrics.miner.overflow
    summary.claimedBefore = before
    // What the last round adds no other round counts.
    summary.claimed += proposals.claims.reduce(0) { $0 + $1.count }
    summary.decisions = proposals.decisions.values.sorted { ($1.count, $0.template) < ($0.count, $1.template) }
    summary.hosts = hosts.count
    summary.undeclaredHosts = hosts.subtracting(names.names[.hostname] ?? []).count
    guard isChanged, rounds < Self.maximumRounds else { return false }
    round = try Round(draft.contract, names: names, hosts: hosts)
    return true
  }

  /// A template whose own words read like conversation is not claimed.
  private func isRefused(_ text: String) -> Bool {
    guard let template = try? draft.template(text) else { return true }
    return template.examples(draft.contract.exampleNames).first.map(isContent) ?? true
  }

  /// Adds what can be claimed to the draft, and takes from the proposals what can't.
  private mutating func add(_ proposals: inout LineProposals, _ families: MetricProposals) throws(Fault) -> Bool {
    let before = draft
    let claims = proposals.claims.sorted {
      ($0.heads == nil ? 0 : 1, $1.count, $0.text) < ($1.heads == nil ? 0 : 1, $0.count, $1.text)
    }
    var refused = place(claims, families, isCareful: false)
    let isChanged: Bool
    do throws(Fault) {
      isChanged = draft.differs(from: before)
      if isChanged { try draft.read() }
    } catch {
      // Templates of which each is right by itself may be at odds with each other: the ones that are stay out.
      draft = before
      refused = place(claims, families, isCareful: true)
      if draft.differs(from: before) { try draft.read() }
      for claim in refused { proposals.withdraw(claim, round.miner.clusters[claim.cluster]) }
      return draft.differs(from: before)
    }
    for claim in refused { proposals.withdraw(claim, round.miner.clusters[claim.cluster]) }
    return isChanged
  }

  /// Puts claims into clauses.
  ///
  /// - Parameter isCareful: look with each whether all still make one graph.
  /// - Returns: the claims that have no place.
  private mutating func place(
    _ claims: [LineProposals.Claim], _ families: MetricProposals, isCareful: Bool
  ) -> [LineProposals.Claim] {
    let names = draft.contract.exampleNames
    var lines = OverlapCheck(draft.contract.logs.flatMap(\.lines), names: names)
    var following: [Int: OverlapCheck] = [:]
    var clauses: [Int: Int] = [:]
    var refused: [LineProposals.Claim] = []
    func admits(_ template: Template, _ check: inout OverlapCheck) -> Bool {
      guard check.admit(template) else { return false }
      guard isCareful, !check.isWhole else { return true }
      check.dismiss()
      return false
    }
    for clause in families.clauses { draft.add(clause) }
    for claim in claims {
      guard let template = try? draft.template(claim.text) else {
        refused.append(claim)
        continue
      }
      let heads = headClauses(of: claim, clauses)
      if heads.isEmpty {
        guard admits(template, &lines) else {
          refused.append(claim)
          continue
        }
        let index = draft.clause(named: claim.name)
        clauses[claim.cluster] = index
        draft.logs[index].lines.append(claim.text)
        continue
      }
      for index in heads {
        let known = draft.logs[index].continuations.compactMap { try? draft.template($0) }
        if admits(template, &following[index, default: OverlapCheck(known, names: names)]) {
          draft.logs[index].continuations.append(claim.text)
        }
      }
    }
    return refused
  }

  /// The learned clauses whose lines a continuation follows.
  private func headClauses(of claim: LineProposals.Claim, _ clauses: [Int: Int]) -> [Int] {
    let heads = (claim.heads ?? []).compactMap { head -> Int? in
      switch head {
      case .cluster(let cluster): clauses[cluster]
      case .clause(let clause): clause >= draft.baseLogs ? clause - draft.baseLogs : nil
      }
    }
    return Set(heads).sorted()
  }

  // MARK: - What came of it

  /// The proposed contract's file.
  public func text() throws(Fault) -> String {
    try draft.text(
      undecided: summary.decisions.map { Undecided(.line($0.template)) }
        + summary.labels.map { Undecided(.label($0.label, families: $0.families)) })
  }

  // MARK: - Metrics

  /// What the round keeps of expositions, to work on; nothing else holds it meanwhile.
  mutating func takeMetrics() -> MetricState {
    let state = round.metrics
    round.metrics = MetricState(matcher: ContractMatcher(round.compiled), tokenizer: state.tokenizer)
    return state
  }

  mutating func giveBack(_ state: MetricState) { round.metrics = state }
}

extension Contract {
  fileprivate var namesHosts: Bool {
    logs.contains { $0.lines.contains { $0.slots.contains { $0.kind == .fleet(.hostname) } } }
  }
}

extension ContractLearner.Round {
  /// Indented, or in a traceback up to the line that names the exception.
  fileprivate mutating func isContinuation(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
    let first = bytes[range.lowerBound]
    let isIndented = first == 0x20 || first == 0x09
    let wasTraceback = isTraceback
    if !isIndented { isTraceback = bytes[range].elementsEqual("Traceback (most recent call last):".utf8) }
    return isIndented || wasTraceback
  }

  /// Whether the contract claims the line, or forbids it by name.
  fileprivate mutating func claim(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> (isForbidden: Bool, Void)? {
    let breach = whole.line(bytes, range)
    if let template = lines.match(bytes, range) {
      let index = compiled.lineClauses[template]
      let clause = compiled.contract.logs[index]
      following = clause.continuations.isEmpty ? nil : index
      head = .clause(index)
      if case .forbidden = clause.standing { return (true, ()) }
      return (false, ())
    }
    if let following, continuations[following].match(bytes, range) != nil { return (false, ()) }
    return breach == nil ? (false, ()) : nil
  }
}
