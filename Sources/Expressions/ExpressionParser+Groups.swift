extension ExpressionParser {
  mutating func openGroup() throws(ExpressionError) {
    let start = index
    guard starts(with: "(?") else {
      index += 1
      return open(capture: true, name: nil, at: start)
    }
    if starts(with: "(?P<") || starts(with: "(?<") && !starts(with: "(?<=") && !starts(with: "(?<!") {
      return try openNamed(at: start)
    }
    try refuse(at: start)
    try readFlags(at: start)
  }

  private mutating func open(capture: Bool, name: String?, at start: Int, outer: Flags? = nil) {
    if capture { names.append(name) }
    frames.append(Frame(capture: capture ? names.count - 1 : nil, offset: start, outer: outer ?? flags))
  }

  private mutating func openNamed(at start: Int) throws(ExpressionError) {
    index += starts(with: "(?P<") ? 4 : 3
    let begin = index
    while index < bytes.count, ASCII.isWord(bytes[index]) { index += 1 }
    guard index > begin, index < bytes.count, bytes[index] == UInt8(ascii: ">") else {
      throw ExpressionError(
        "a group's name is not letters, digits and underscores with `>` behind", at: begin,
        remedy: "write (?P<name>…)")
    }
    let name = String(decoding: bytes[begin..<index], as: UTF8.self)
    guard !names.contains(name) else {
      throw ExpressionError("two groups have the same name", at: begin, remedy: "give each its own name")
    }
    index += 1
    open(capture: true, name: name, at: start)
  }

  /// What other languages have and RE2 leaves out, since it would cost more than one pass over the text.
  private func refuse(at start: Int) throws(ExpressionError) {
    if starts(with: "(?=") || starts(with: "(?!") || starts(with: "(?<=") || starts(with: "(?<!") {
      throw ExpressionError(
        "look-around is not in RE2", at: start,
        remedy: "match what should be there and decide in a second step (a label and a keep or drop)")
    }
    if starts(with: "(?P=") {
      throw ExpressionError("a back reference is not in RE2", at: start, remedy: "compare two labels in a second step")
    }
    if starts(with: "(?>") {
      throw ExpressionError("an atomic group is not in RE2", at: start, remedy: "write (?:…)")
    }
    if starts(with: "(?#") {
      throw ExpressionError("a comment is not in RE2", at: start, remedy: "put it outside of the expression")
    }
    if starts(with: "(?(") || starts(with: "(?|") || starts(with: "(?R") || starts(with: "(?&") || starts(with: "(?P>")
    {
      throw ExpressionError(
        "conditions, recursion and branch resets are not in RE2", at: start, remedy: "write the alternatives out")
    }
  }

  private mutating func readFlags(at start: Int) throws(ExpressionError) {
    index += 2
    var new = flags
    var isOn = true
    var sawFlag = false
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "i"): new.foldsCase = isOn
      case UInt8(ascii: "m"): new.isMultiline = isOn
      case UInt8(ascii: "s"): new.dotTakesNewline = isOn
      case UInt8(ascii: "U"): new.isUngreedy = isOn
      case UInt8(ascii: "-") where isOn:
        isOn = false
        sawFlag = false
        index += 1
        continue
      case UInt8(ascii: ":") where isOn || sawFlag, UInt8(ascii: ")") where isOn || sawFlag:
        index += 1
        if byte == UInt8(ascii: ":") { open(capture: false, name: nil, at: start, outer: flags) }
        flags = new
        return
      default:
        throw ExpressionError(
          "not a flag of RE2", at: index, remedy: "the flags are i, m, s and U, and `-` before those to be switched off"
        )
      }
      sawFlag = true
      index += 1
    }
    throw ExpressionError("a group is not closed", at: start, remedy: "add `)`, or write `\\(`")
  }

  mutating func closeGroup() throws(ExpressionError) {
    guard frames.count > 1 else {
      throw ExpressionError("no group is open here", at: index, remedy: "write `\\)`")
    }
    var item = collapse()
    let frame = frames.removeLast()
    flags = frame.outer
    index += 1
    if let capture = frame.capture {
      item = Item(node: .capture(item.node, index: capture), height: item.height + 1, copies: item.copies)
    }
    try checkHeight(item.height, at: frame.offset)
    frames[frames.count - 1].items.append(item)
  }
}
