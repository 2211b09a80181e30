import Foundation
public import Vocabulary

/// The inventory as a file that commands write.
public enum FleetFile {
  /// Writes the commented default inventory; `sigilo bundle init`.
  ///
  /// - Throws: `Fault(.usage)` where something of that name exists (it is left alone) or the file cannot be written.
  public static func create(at path: String) throws(Fault) {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw Fault(
        .usage, "the file exists and is left as it is", at: Location(path: path),
        remedy: "name another file, or edit this one")
    }
    try write(Fleet.defaultText, to: path)
  }

  /// Adds a GPU node to an inventory file; `sigilo bundle add-node`. The file is not touched where it has the node already.
  public static func addNode(_ name: String, at path: String) throws(Fault) -> Fleet.Edit {
    let edit = try Fleet.adding(node: name, to: try Fleet.bytes(of: path), path: path)
    if edit.isChanged {
      // Through a link, so that the link stays one.
      try write(edit.text, to: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
    }
    return edit
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(Fault) {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw Fault(
        .usage, "the inventory cannot be written", at: Location(path: path),
        remedy: "name a file in a folder that exists and can be written to")
    }
  }
}
