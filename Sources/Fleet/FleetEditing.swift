import Foundation
import Syntax
public import Vocabulary

extension Fleet {
  /// An inventory's text after an edit.
  public struct Edit: Sendable {
    /// The text as it was, but for the lines that were added.
    public var text: [UInt8]
    public var fleet: Fleet
    /// False where the inventory already said what was asked for.
    public var isChanged: Bool
  }

  /// Adds a GPU node to an inventory's text, after the last node, with the GPUs of the last GPU node. Comments and layout
  /// stay as they are. By virtue of its role it is a target of vLLM, the node exporter and the DCGM exporter.
  ///
  /// - Returns: the text unchanged where that GPU node is there already.
  /// - Throws: `Fault(.usage)` where the name is no host name or belongs to a node of another role, or the text is not laid
  ///   out such that lines can be added.
  public static func adding(node name: String, to text: [UInt8], path: String? = nil) throws(Fault) -> Edit {
    let fleet = try parse(text, path: path)
    guard FleetGrammar.host.accepts(name) else {
      throw Fault(
        .usage, "not a name for a node", at: nil, remedy: "it must be \(FleetGrammar.host.description)")
    }
    if let node = fleet.nodes.first(where: { $0.name == name }) {
      guard node.roles.contains(.gpu) else {
        throw Fault(
          .usage, "a node of that name exists and has no GPUs", at: Location(path: path),
          remedy: "choose another name, or give that node the role gpu by hand")
      }
      return Edit(text: text, fleet: fleet, isChanged: false)
    }
    guard let gpus = fleet.nodes(with: .gpu).last?.gpus else {
      throw Fault(.usage, "no node has the role gpu", at: Location(path: path))
    }
    var expected = fleet
    expected.nodes.append(Node(name: name, roles: [.gpu], gpus: gpus))

    let root = try YAMLDocument.parse(text, path: path)
    let edited = insertion(after: root["nodes"]?.array?.last, in: text).map { place in
      Array(text[..<place.offset])
        + Array(
          entry(name: name, gpus: gpus, indent: place.indent, newline: place.newline, leading: place.needsNewline).utf8)
        + Array(text[place.offset...])
    }
    guard let edited, (try? parse(edited, path: path)) == expected else {
      throw Fault(
        .usage, "the list of nodes is not laid out such that lines can be added to it",
        at: root["nodes"].map { Location(path: path, line: $0.line, column: $0.column) },
        remedy: "write it as a block list, one `- name: …` for each node, or add the node by hand")
    }
    return Edit(text: edited, fleet: expected, isChanged: true)
  }

  private struct Insertion {
    /// Byte offset of the line before which the entry goes.
    var offset: Int
    /// Column of the list's dashes, from 0.
    var indent: Int
    var newline: String
    /// The last line has no line feed.
    var needsNewline: Bool
  }

  /// The end of a block list's last item; nil where it isn't one.
  private static func insertion(after item: PositionedValue?, in text: [UInt8]) -> Insertion? {
    guard let item else { return nil }
    var dash = item.offset - 1
    while dash >= 0, text[dash] == UInt8(ascii: " ") { dash -= 1 }
    guard dash >= 0, text[dash] == UInt8(ascii: "-") else { return nil }
    var lineStart = dash
    while lineStart > 0, text[lineStart - 1] == UInt8(ascii: " ") { lineStart -= 1 }
    guard lineStart == 0 || text[lineStart - 1] == UInt8(ascii: "\n") else { return nil }
    let indent = dash - lineStart

    var end = lineStart
    var next = lineStart
    while next < text.count {
      let stop = text[next...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? text.count
      let content = text[next..<stop].prefix { $0 == UInt8(ascii: " ") }.count
      let isBlank = text[(next + content)..<stop].allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
      if !isBlank {
        // The first line is the item's own; after it, only what is indented deeper belongs to the item.
        guard next == lineStart || content > indent else { break }
        end = stop
      }
      next = stop
    }
    let hasCarriageReturn = end >= 2 && text[end - 2] == UInt8(ascii: "\r")
    return Insertion(
      offset: end, indent: indent, newline: hasCarriageReturn ? "\r\n" : "\n",
      needsNewline: text[end - 1] != UInt8(ascii: "\n"))
  }

  private static func entry(name: String, gpus: GPUs, indent: Int, newline: String, leading: Bool) -> String {
    let margin = String(repeating: " ", count: indent)
    let lines = [
      "- name: \(name)", "  roles: [gpu]", "  gpus:", "    count: \(gpus.count)", "    name: \(gpus.name)",
      "    memory-mib: \(gpus.memoryMiB)", "    serves: \(gpus.serves)",
    ]
    return (leading ? newline : "") + newline + lines.map { margin + $0 + newline }.joined()
  }
}
