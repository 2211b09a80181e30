import Syntax
import Vocabulary

extension Rewriting {
  /// A rule file with every duration divided.
  static func rules(_ file: ConfigTree.File, _ compression: Compression) throws(Fault) -> Rewriting {
    // Prometheus reads the first document of a file.
    let first = try YAMLDocument.parseAll(file.bytes, path: file.path).first ?? .map([:])
    var rewriting = Rewriting(file, first)
    var document = first
    document.editEach("groups") { group, index in
      let pointer = "/groups/\(index)"
      rewriting.compress("interval", of: &group, at: pointer, by: compression.interval)
      rewriting.compress("query_offset", of: &group, at: pointer, by: compression.duration)
      group.editEach("rules") { rule, index in
        let pointer = "\(pointer)/rules/\(index)"
        rewriting.compress("for", of: &rule, at: pointer, by: compression.duration)
        rewriting.compress("keep_firing_for", of: &rule, at: pointer, by: compression.duration)
        guard let expression = rule["expr"]?.string else { return }
        let compressed = compression.expression(expression)
        if compressed != expression {
          rule.set("expr", to: .text(compressed))
          rewriting.note("\(pointer)/expr", "ranges and offsets divided, and rates by the same factor")
        }
        if Compression.hasPlainSeconds(expression) {
          rewriting.note("\(pointer)/expr", "plain seconds of the wall clock stay as they are")
        }
      }
    }
    rewriting.document = document
    return rewriting
  }
}
