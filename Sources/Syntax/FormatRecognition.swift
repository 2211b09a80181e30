extension Format {
  /// Tells the format of a file or an answer by its content; the extension decides only between formats that the content
  /// leaves open.
  ///
  /// - Parameters:
  ///   - path: for the extension; nil for standard input.
  ///   - bytes: the beginning or the whole; at most the first 256 KB of text and 4 MB of JSON are looked at.
  ///   - isWhole: whether nothing follows these bytes.
  public static func recognise(path: String?, bytes: UnsafeRawBufferPointer, isWhole: Bool = true) -> Format {
    if let format = byMagic(bytes) { return format }
    let name = path ?? ""
    let dot = name.lastIndex(of: ".")
    let hint = dot.map { name[name.index(after: $0)...].lowercased() } ?? ""
    let head = UnsafeRawBufferPointer(rebasing: bytes.prefix(256 << 10))
    let first = head.first { $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      let json = UnsafeRawBufferPointer(rebasing: bytes.prefix(4 << 20))
      if let format = JSONShape.recognise(json, isWhole: isWhole && json.count == bytes.count, hint: hint) {
        return format
      }
    }
    let lines = LineShape(head)
    if lines.isExposition { return .exposition }
    let isAll = isWhole && bytes.count == head.count
    if let format = YAMLShape.known(head, isWhole: isAll) { return format }
    if let format = LaunchShape.recognise(lines, hint: hint) { return format }
    if GrafanaShape.isOne(lines, path: name) { return .grafanaConfig }
    if lines.isGoTemplate || hint == "tmpl" || hint == "tpl" || hint == "gotmpl" { return .goTemplate }
    if lines.isCSV { return .csv }
    if hint == "yaml" || hint == "yml" { return .yaml }
    if lines.isLog, !lines.isSource { return .log }
    if isAll, YAMLShape.isGeneric(head) { return .yaml }
    if lines.isSource { return .text }
    switch hint {
    case "log", "out", "err": return .log
    case "json": return .json
    case "csv": return .csv
    default: return .text
    }
  }

  private static func byMagic(_ bytes: UnsafeRawBufferPointer) -> Format? {
    let magics: [(Format, [UInt8])] = [
      (.gzip, [0x1F, 0x8B]), (.compressed, [0x28, 0xB5, 0x2F, 0xFD]), (.compressed, [0x42, 0x5A, 0x68]),
      (.compressed, [0xFD, 0x37, 0x7A, 0x58, 0x5A]), (.compressed, [0x50, 0x4B, 0x03, 0x04]),
      (.compressed, [0x04, 0x22, 0x4D, 0x18]),
    ]
    // `BZh` is also how a text may begin; a digit follows in bzip2.
    for (format, magic) in magics where bytes.starts(with: magic) {
      if magic[0] == 0x42, bytes.count < 4 || !(0x31...0x39).contains(bytes[3]) { continue }
      return format
    }
    if UTF16Shape.isLittleEndian(bytes) != nil { return .utf16 }
    return isBinary(bytes) ? .binary : nil
  }

  /// More than three tenths of the first 64 KB outside UTF-8 (text in Latin-1 stays below); with NUL bytes, more than one in
  /// a hundred, or one NUL in ten. Holes of NUL bytes, which the rotation of a log that is still written to leaves, don't count.
  private static func isBinary(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let end = min(bytes.count, 64 << 10)
    var index = 0
    var (seen, strange, zeros) = (0, 0, 0)
    while index < end {
      if bytes[index] == 0 {
        let start = index
        while index < end, bytes[index] == 0 { index += 1 }
        if index - start < 64 {
          zeros += index - start
          seen += index - start
        }
        continue
      }
      let length = max(UTF8Check.sequenceLength(bytes, at: index), 1)
      if length == 1, bytes[index] >= 0x80 || bytes[index] < 0x20 && !isTextControl(bytes[index]) { strange += 1 }
      index += length
      seen += length
    }
    if seen == 0, end > 0 { return true }
    return strange * 10 > seen * 3 || zeros > 0 && (strange * 100 > seen || zeros * 10 > seen)
  }

  /// White space, and the escape that begins colours in logs.
  private static func isTextControl(_ byte: UInt8) -> Bool { (0x08...0x0D).contains(byte) || byte == 0x1B }
}
