import Foundation

/// The real Promtail, in a dry run.
package enum Promtail {
  package struct Entry: Hashable {
    package var labels: [String: String]
    package var line: String

    package init(labels: [String: String], line: String) {
      self.labels = labels
      self.line = line
    }

    package var text: String { labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value) " }.joined() + line }
  }

  package static var isWanted: Bool {
    (ProcessInfo.processInfo.environment["SIGILO_REQUIRE"] ?? "").split(separator: ",").contains("promtail")
      || (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .contains { FileManager.default.isExecutableFile(atPath: "\($0)/promtail") }
  }

  /// Runs Promtail on lines of standard input, which stays open until so many entries came out: at its end Promtail stops, done or
  /// not.
  package static func send(_ lines: [String], _ labels: [String: String], _ yaml: String, until count: Int) throws
    -> [Entry]
  {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sigilo-promtail-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let config = folder.appendingPathComponent("promtail.yaml")
    let pairs = labels.sorted { $0.key < $1.key }.map { "\($0.key): '\($0.value)'" }.joined(separator: ", ")
    let text =
      "server: {disable: true}\nclients: [{url: 'http://127.0.0.1:1/'}]\nscrape_configs:\n  - job_name: j\n"
      + yaml.split(separator: "\n").map { "    \($0)\n" }.joined()
      + "    static_configs: [{targets: [localhost], labels: {\(pairs)}}]\n"
    try Data(text.utf8).write(to: config)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["timeout", "120", "promtail", "-dry-run", "-stdin", "-config.file", config.path]
    let (input, output) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput, process.standardError) = (input, output, FileHandle.nullDevice)
    try process.run()
    let log = lines.map { $0 + "\n" }.joined()
    let writer = Thread { try? input.fileHandleForWriting.write(contentsOf: Data(log.utf8)) }
    writer.start()
    var bytes = Data()
    var entries: [Entry] = []
    while entries.count < count {
      let more = output.fileHandleForReading.availableData
      guard !more.isEmpty else { break }
      bytes += more
      // The last row may have come in part.
      let rows = bytes.prefix((bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1)
      entries = String(decoding: rows, as: UTF8.self).split(separator: "\n").compactMap(entry)
    }
    try? input.fileHandleForWriting.close()
    _ = try? output.fileHandleForReading.readToEnd()
    process.waitUntilExit()
    return entries
  }

  /// Time, labels and line, as a dry run prints entries: between them stand tabs, or none where a column is full.
  private static func entry(_ row: Substring) -> Entry? {
    guard let parts = row.wholeMatch(of: /[0-9T:.+-]+\t*\{((?:[a-z_]+="[^"]*"(?:, )?)*)\}\t*(.*)/) else { return nil }
    let labels = parts.output.1.matches(of: /([a-z_]+)="([^"]*)"/).map { (String($0.output.1), String($0.output.2)) }
    return Entry(labels: Dictionary(uniqueKeysWithValues: labels), line: String(parts.output.2))
  }
}
