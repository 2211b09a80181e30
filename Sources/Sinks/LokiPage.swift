import Syntax
import Vocabulary

/// How many entries an answer of `query_range` holds, and from when.
struct LokiPage: JSONVisitor {
  private(set) var count = 0
  private(set) var oldest: Int64?
  private(set) var newest: Int64?
  private var depth = 0
  private var place = 0
  private var isStreams = false
  private var key = ""
  private let bytes: UnsafeRawBufferPointer

  /// - Returns: nil where it is no answer with streams.
  init?(_ body: [UInt8]) {
    let page = body.withUnsafeBytes { raw -> LokiPage? in
      var page = LokiPage(bytes: raw)
      var scanner = JSONScanner(raw)
      guard (try? scanner.scan(&page)) != nil else { return nil }
      return page
    }
    guard let page, page.isStreams else { return nil }
    self = page
  }

  private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  // {"data": {"result": [{"values": [["ns", "line"]]}]}}: entries lie at depth 6.
  mutating func beginObject(at offset: Int) {
    depth += 1
    place += 1
  }
  mutating func endObject(at end: Int) { depth -= 1 }
  mutating func endArray(at end: Int) { depth -= 1 }

  mutating func beginArray(at offset: Int) {
    depth += 1
    place = 0
  }

  mutating func key(_ range: Range<Int>, isEscaped: Bool) {
    if depth <= 4 { key = JSONText.string(bytes, range, isEscaped: isEscaped) }
  }

  mutating func string(_ range: Range<Int>, isEscaped: Bool) {
    if depth == 2, key == "resultType" { isStreams = bytes[range].elementsEqual("streams".utf8) }
    defer { place += 1 }
    guard depth == 6, place == 0, key == "values", let time = Int64(String(decoding: bytes[range], as: UTF8.self))
    else {
      return
    }
    count += 1
    oldest = min(oldest ?? time, time)
    newest = max(newest ?? time, time)
  }
}

/// Which well-known labels the streams of a tenant bear.
struct StreamCensus {
  private var firstLabels: Set<Int> = []
  /// Streams that bear none of them.
  private(set) var unreachable = 0

  /// - Parameter body: the answer of `/loki/api/v1/series`.
  /// - Returns: nil where it is something else.
  init?(_ body: [UInt8]) {
    guard let root = try? JSONDocument.parse(body), let streams = root["data"]?.array else { return nil }
    for stream in streams {
      if let index = LokiSink.knownLabels.firstIndex(where: { stream[$0]?.string?.isEmpty == false }) {
        firstLabels.insert(index)
      } else {
        unreachable += 1
      }
    }
  }

  /// Selectors that together reach every stream with a well-known label, and none twice.
  var selectors: [String] {
    firstLabels.sorted().map { index in
      let without = LokiSink.knownLabels[..<index].map { "\($0)=\"\"" }
      return "{\((["\(LokiSink.knownLabels[index])=~\".+\""] + without).joined(separator: ","))}"
    }
  }
}
