import Syntax
import Testing

@testable import Flow

extension [ConfigFile] {
  /// Puts the lines of a finding where it points.
  mutating func apply(_ finding: ConfigFinding) throws {
    let lines = finding.paste.map(\.string)
    let text = lines.joined(separator: "\n")
    let path = lines[0].hasPrefix("# ") ? String(lines[0].dropFirst(2)) : finding.path
    guard let index = firstIndex(where: { $0.path == path }) else {
      append(ConfigFile(path: path, role: .recognise(path: path, bytes: [UInt8](text.utf8)), bytes: [UInt8](text.utf8)))
      return
    }
    let file = self[index]
    let documents = CheckedFile(file).documents
    var tree = Tree(try #require(documents.first))
    let place = (finding.pointer ?? "").split(separator: "/").map { JSONPointer.unescaped($0) }
    if file.role == .dashboard {
      tree.replace(try JSONDocument.parse([UInt8]("{\(lines.joined(separator: ","))}".utf8)), at: place)
    } else {
      let isText = text.hasPrefix("{{")
      let paste = isText ? .text(text) : Tree(try #require(try YAMLDocument.parseAll([UInt8](text.utf8)).first))
      if case .map(let map) = paste, let key = map.first?.key, key == "\(place.last ?? "")_file" {
        tree.change(place.dropLast()) { $0.remove(place.last ?? "") }
      }
      tree.merge(paste, at: path == finding.path ? place : [])
    }
    self[index].bytes = [UInt8](tree.json.utf8)
  }
}

/// A document that can be changed.
private indirect enum Tree {
  case text(String)
  /// A number, a truth or nothing, as it is written.
  case bare(String)
  case list([Tree])
  case map([(key: String, value: Tree)])

  init(_ value: PositionedValue) {
    if let list = value.array {
      self = .list(list.map(Tree.init))
    } else if let map = value.mapping {
      self = .map(map.map { ($0.key.string ?? "", Tree($0.value)) })
    } else {
      let text = value.string ?? ""
      let isBare = value.isNull || value.bool != nil || value.double != nil && text.first?.isNumber == true
      self = isBare ? .bare(value.isNull ? "null" : value.bool.map { "\($0)" } ?? text) : .text(text)
    }
  }

  mutating func change(_ path: ArraySlice<String>, _ body: (inout Tree) -> Void) {
    guard let key = path.first else { return body(&self) }
    switch self {
    case .text, .bare: break
    case .list(var list):
      guard let index = Int(key), list.indices.contains(index) else { return }
      list[index].change(path.dropFirst(), body)
      self = .list(list)
    case .map(var map):
      guard let index = map.firstIndex(where: { $0.key == key }) else { return }
      map[index].value.change(path.dropFirst(), body)
      self = .map(map)
    }
  }

  /// What a key of a dashboard is set to; expressions behind the type of a panel are those of its queries.
  mutating func replace(_ members: PositionedValue, at path: [String]) {
    var target = 0
    for member in members.mapping ?? [] {
      guard let key = member.key.string else { continue }
      var place = path
      if key != path.last, path.last == "type" {
        place = path.dropLast() + ["targets", "\(target)", key]
        target += 1
      }
      change(place[...]) { $0 = Tree(member.value) }
    }
  }

  mutating func remove(_ key: String) {
    if case .map(let map) = self { self = .map(map.filter { $0.key != key }) }
  }

  /// A list goes into the innermost list around the place; a mapping into the innermost mapping that has its first key, else into the
  /// innermost one. What is no container of it is replaced, as is text in place of text.
  mutating func merge(_ paste: Tree, at path: [String]) {
    if case .text = paste { return change(path[...]) { $0 = paste } }
    let places = (0...path.count).reversed().map { path[..<$0] }
    for needsKey in [true, false] {
      for place in places {
        var isDone = false
        change(place) { if !needsKey || $0.hasFirstKey(of: paste) { isDone = $0.take(paste) } }
        if isDone { return }
      }
    }
  }

  private func hasFirstKey(of other: Tree) -> Bool {
    guard case .map(let own) = self, case .map(let more) = other else { return false }
    return own.contains { $0.key == more.first?.key }
  }

  private mutating func take(_ other: Tree) -> Bool {
    switch (self, other) {
    case (.list(let own), .list(let more)): self = .list(own + more)
    case (.map(var own), .map(let more)):
      for entry in more {
        if let index = own.firstIndex(where: { $0.key == entry.key }) {
          guard case .map = entry.value, own[index].value.take(entry.value) else {
            own[index].value = entry.value
            continue
          }
        } else {
          own.append(entry)
        }
      }
      self = .map(own)
    default: return false
    }
    return true
  }

  var json: String {
    switch self {
    case .text(let text): GoString.quote(text)
    case .bare(let text): text
    case .list(let list): "[" + list.map(\.json).joined(separator: ",") + "]"
    case .map(let map): "{" + map.map { "\(GoString.quote($0.key)):\($0.value.json)" }.joined(separator: ",") + "}"
    }
  }
}
