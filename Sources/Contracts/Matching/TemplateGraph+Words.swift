extension TemplateGraph {
  private static let maximumWords = 6

  /// What stands behind each byte that a table tells apart, as far as nothing else branches off.
  private func words(of state: State) -> [String] {
    (0..<256).filter { (0x20..<0x7F).contains($0) }.compactMap { byte in
      let next = tables[Int(state.table) + byte]
      guard next >= 0 else { return nil }
      let rest = pool[states[Int(next)].run]
      let isWhole = rest.count <= 24 && !branches(next)
      return "`\(String(decoding: [UInt8(byte)] + rest.prefix(24), as: UTF8.self))\(isWhole ? "" : "…")`"
    }
  }

  /// Whether what follows the state's own text differs.
  private func branches(_ state: Int32) -> Bool {
    let last = states[Int(state)].run.isEmpty ? state : states[Int(state)].afterRun
    return states[Int(last)].table >= 0
  }

  /// What may stand in a state, in the contract's own words: slots by type, text as it is written.
  func expected(in state: Int32) -> String {
    let state = states[Int(state)]
    if !state.run.isEmpty {
      return "`\(String(decoding: pool[state.run].prefix(40), as: UTF8.self))`"
    }
    var choices = state.slots.map { "{\(slotTexts[Int(slotEdges[$0].grammar)].prefix { $0 != ":" })}" }
    if state.table >= 0 {
      let words = words(of: state)
      choices += words.prefix(Self.maximumWords)
      if words.count > Self.maximumWords { choices.append("\(words.count - Self.maximumWords) others") }
    }
    if state.accepts >= 0 { choices.append("the end of the line") }
    return choices.joined(separator: " or ")
  }
}
