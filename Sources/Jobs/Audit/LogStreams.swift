import ConfigBundle
import Flow
import Foundation
import Platform
import Syntax
import Vocabulary

/// A log file as the Loki streams that static labels alone would make of it, in the shape of Loki's push API.
///
/// The pipeline of the collector is not evaluated: lines are pushed as they were written, so what the scan sees is at least
/// what Loki would get.
/// Source: Loki push API, JSON form (`{"streams":[{"stream":{…},"values":[["<ns>","<line>"],…]}]}`).
enum LogStreams {
  private struct Push: Encodable {
    struct Stream: Encodable {
      var stream: [String: String]
      var values: [[String]]
    }
    var streams: [Stream]
  }

  /// - Parameters:
  ///   - log: the whole file.
  ///   - labels: of the stream.
  ///   - start: nanoseconds since 1970 of the first line; each next line is one later, so that no two are equal.
  static func push(_ log: Data, labels: [String: String], start: Int64) throws(Fault) -> [UInt8] {
    var values: [[String]] = []
    for (index, line) in log.split(separator: UInt8(ascii: "\n")).enumerated() {
      values.append([String(start + Int64(index)), String(decoding: line, as: UTF8.self)])
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return Array(try encoder.encode(Push(streams: [Push.Stream(stream: labels, values: values)])))
    } catch {
      throw Fault(.internal, "a log could not be written as a stream")
    }
  }

  /// The static labels that a Promtail configuration gives to a job's log, without its path; the job alone where it has none.
  static func labels(of job: String, node: String, in files: ConfigFiles) -> [String: String] {
    for file in files.files(with: .promtailConfig) {
      guard let document = try? YAMLDocument.parse(file.bytes, path: file.path) else { continue }
      for scrape in document["scrape_configs"]?.array ?? [] {
        for target in scrape["static_configs"]?.array ?? [] {
          var labels: [String: String] = [:]
          for pair in target["labels"]?.mapping ?? [] {
            if let name = pair.key.string, let value = pair.value.string { labels[name] = value }
          }
          guard labels["job"] == job || scrape["job_name"]?.string == job else { continue }
          return labels.filter { !$0.key.hasPrefix("__") }.merging(["node": node]) { _, own in own }
        }
      }
    }
    return ["job": job, "node": node]
  }
}
