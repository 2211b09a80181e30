extension TemplateGraph {
  /// What may stand in a state, in the contract's own words: slots by type, text as it is written.
  func expected(in state: Int32) -> String {
    let state = states[Int(state)]
    if !state.run.isEmpty {
      return "`\(String(decoding: pool[state.run].prefix(40), as: UTF8.self))`"
    }
    var choices = state.slots.map { "{\(slotTexts[Int(slotEdges[$0].grammar)].prefix { $0 != ":" })}" }
    if state.table >= 0 {
      let bytes = (0..<256).filter { tables[Int(state.table) + $0] >= 0 && (0x20..<0x7F).contains($0) }
      if !bytes.isEmpty {
        choices.append("one of `\(String(decoding: bytes.prefix(20).map(UInt8.init), as: UTF8.self))`")
      }
    }
    if state.accepts >= 0 { choices.append("the end of the line") }
    return choices.joined(separator: " or ")
  }
}
