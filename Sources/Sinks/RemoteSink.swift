import Foundation
import Syntax
import Transport
import Vocabulary

/// What the sinks behind HTTP have in common: ask, read the answer, write down what became of it.
struct RemoteSink {
  let client: HTTPClient
  let base: URL
  let sink: Sink
  let receiver: any BatchReceiver
  private(set) var coverage: [Coverage] = []

  init(client: HTTPClient, base: URL, sink: Sink, receiver: any BatchReceiver) {
    self.client = client
    self.base = base
    self.sink = sink
    self.receiver = receiver
  }

  /// True where the target has not answered at all, so that asking on is in vain.
  var isUnreachable: Bool { coverage.last?.outcome == .unreachable }

  enum Answer {
    case body([UInt8])
    /// The target does not offer this: 404 and its relatives.
    case absent
    /// A status from 300 to 499.
    case rejected(Int)
    case failure(Coverage.Outcome, String)
    /// The beginning of more than is taken at a time.
    case tooLarge([UInt8], String)
  }

  /// Asks for a path. An answer is no error here: it becomes coverage.
  nonisolated(nonsending) func ask(
    _ path: String, _ query: KeyValuePairs<String, String> = [:], headers: [String: String] = [:]
  ) async -> Answer {
    do throws(Fault) {
      let response = try await client.get(base.endpoint(path, query), headers: headers, takesTruncated: true)
      switch response.status {
      case 200..<300 where response.isTruncated:
        return .tooLarge(response.body, "the answer is larger than \(response.body.count) bytes: the rest was not read")
      case 200..<300: return .body(response.body)
      case 404, 405, 410: return .absent
      default: return .rejected(response.status)
      }
    } catch {
      return .failure(error.status == .unreachable ? .unreachable : .incomplete, error.problem)
    }
  }

  /// Asks for one part of the sink and reads the JSON or text that comes back.
  ///
  /// - Parameter read: reads the body into the writer.
  nonisolated(nonsending) mutating func part(
    _ name: String, surface: Surface, path: String, _ query: KeyValuePairs<String, String> = [:],
    headers: [String: String] = [:], isOptional: Bool = false,
    _ read: ([UInt8], RecordWriter, inout Reading) throws(Fault) -> Void
  ) async throws(Fault) {
    guard !isUnreachable else { return }
    var reading = Reading(format: .json)
    let writer = RecordWriter(sink: sink, path: nil, part: name, receiver: receiver)
    switch await ask(path, query, headers: headers) {
    case .body(let bytes):
      reading.bytes = bytes.count
      try read(bytes, writer, &reading)
      try writer.flush()
    case .absent where isOptional: reading.notes.append("\(path) is not offered")
    case .absent: reading.fall(.incomplete, "\(path) is not offered")
    case .rejected(let status): reading.fall(.incomplete, "\(path) answered \(status)")
    case .failure(let outcome, let note): reading.fall(outcome, note)
    case .tooLarge(let bytes, let note):
      reading.fall(.incomplete, note)
      reading.bytes = bytes.count
      try read(bytes, writer, &reading)
      try writer.flush()
    }
    finish(name, surface, reading, records: writer.count)
  }

  mutating func finish(_ name: String, _ surface: Surface, _ reading: Reading, records: Int) {
    coverage.append(
      Coverage(
        sink: sink, surface: surface, outcome: reading.outcome, format: name, records: records, bytes: reading.bytes,
        notes: reading.notes))
  }

  /// Reads a JSON answer; one that is no JSON is judged as text.
  static func json(
    _ bytes: [UInt8], _ format: Format, _ state: inout JSONRecords.State, _ reading: inout Reading,
    into writer: RecordWriter
  ) throws(Fault) {
    var failure: Fault?
    var problem: Fault?
    bytes.withUnsafeBytes { raw in
      do throws(Fault) { try JSONScanner.validate(raw) } catch { problem = error }
      guard problem == nil else { return }
      do throws(Fault) { try JSONRecords.read(raw, format: format, &state, into: writer) } catch { failure = error }
    }
    if let failure { throw failure }
    if let problem {
      reading.fall(.incomplete, "the answer was judged as text: \(problem.problem)")
      var text = Reading(format: .text)
      try DocumentReader(writer: writer, surface: format.surface)
        .lines(ByteSource(head: bytes), &text, counts: false)
    }
  }
}
