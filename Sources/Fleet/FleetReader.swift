import Foundation
import Syntax
public import Vocabulary

extension Fleet {
  /// An inventory is small; a larger file is some other file.
  static let maximumBytes = 1 << 20

  /// Reads an inventory file (YAML, at most 1 MB).
  ///
  /// - Throws: `Fault(.usage)` with file, line and column where the file is missing, is not an inventory, or contradicts
  ///   itself.
  public static func load(_ path: String) throws(Fault) -> Fleet { try parse(try bytes(of: path), path: path) }

  static func bytes(of path: String) throws(Fault) -> [UInt8] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue,
      let handle = FileHandle(forReadingAtPath: path)
    else {
      throw Fault(
        .usage, "there is no inventory that can be read", at: Location(path: path),
        remedy: "write one with `sigilo bundle init`")
    }
    defer { try? handle.close() }
    guard let data = try? handle.read(upToCount: maximumBytes + 1), data.count <= maximumBytes else {
      throw Fault(
        .usage, "the inventory cannot be read, or is larger than \(maximumBytes >> 20) MB", at: Location(path: path))
    }
    return Array(data)
  }

  /// Reads an inventory from its text.
  ///
  /// - Parameter path: named in errors.
  /// - Throws: `Fault(.usage)` with line and column for YAML that does not parse, unknown keys or versions, names outside
  ///   their grammar, duplicates, a GPU node without GPUs, a model that is not listed, or a role that no node has.
  public static func parse(_ bytes: [UInt8], path: String? = nil) throws(Fault) -> Fleet {
    let root = try YAMLDocument.parse(bytes, path: path)
    let fields = try FleetFields(
      root, of: "the inventory", path: path, known: ["version", "site", "models", "nodes", "receivers"])
    let version = try fields.required("version")
    guard version.int == Fleet.version else {
      throw fields.fault(
        "unknown version of the inventory", at: version, remedy: "this Sigilo knows version \(Fleet.version)")
    }
    let reader = FleetReader(path: path)
    let models = try reader.models(try fields.list("models"))
    return Fleet(
      site: try fields.text("site", .name), nodes: try reader.nodes(try fields.list("nodes"), models: models, in: root),
      models: models, receivers: try reader.receivers(try fields.list("receivers")))
  }
}

private struct FleetReader {
  let path: String?

  func models(_ values: [PositionedValue]) throws(Fault) -> [Model] {
    var models: [Model] = []
    for value in values {
      let fields = try FleetFields(
        value, of: "a model", path: path,
        known: ["name", "weights", "max-model-len", "max-num-seqs", "gpu-memory-utilization"])
      let share = try fields.required("gpu-memory-utilization")
      guard let utilization = share.double, utilization > 0, utilization <= 1 else {
        throw fields.fault(
          "`gpu-memory-utilization` of a model is not valid", at: share, remedy: "it must be over 0 and at most 1")
      }
      let model = Model(
        name: try fields.text("name", .model), weights: try fields.text("weights", .weights),
        maxModelLength: try fields.integer("max-model-len", in: 1...100_000_000),
        maxSequences: try fields.integer("max-num-seqs", in: 1...100_000), memoryUtilization: utilization)
      guard !models.contains(where: { $0.name == model.name }) else {
        throw fields.fault("two models have one name", at: try fields.required("name"))
      }
      models.append(model)
    }
    return models
  }

  func nodes(_ values: [PositionedValue], models: [Model], in root: PositionedValue) throws(Fault) -> [Node] {
    var nodes: [Node] = []
    for value in values {
      let fields = try FleetFields(value, of: "a node", path: path, known: ["name", "roles", "gpus"])
      let name = try fields.text("name", .host)
      guard !nodes.contains(where: { $0.name == name }) else {
        throw fields.fault("two nodes have one name", at: try fields.required("name"))
      }
      let roles = try roles(of: fields)
      let gpus = value["gpus"]
      guard roles.contains(.gpu) == (gpus != nil) else {
        throw fields.fault(
          roles.contains(.gpu) ? "a node with the role gpu needs `gpus`" : "a node without the role gpu has `gpus`",
          at: gpus ?? value)
      }
      nodes.append(
        Node(name: name, roles: roles, gpus: try gpus.map { value throws(Fault) in try self.gpus(value, models) }))
    }
    for role in Role.allCases where !nodes.contains(where: { $0.roles.contains(role) }) {
      throw Fault(
        .usage, "no node has the role \(role.rawValue)",
        at: root["nodes"].map { Location(path: path, line: $0.line, column: $0.column) },
        remedy: "a platform needs at least one node of each role")
    }
    return nodes
  }

  private func roles(of fields: FleetFields) throws(Fault) -> Set<Role> {
    var roles: Set<Role> = []
    for value in try fields.list("roles") {
      guard let role = value.string.flatMap(Role.init), roles.insert(role).inserted else {
        throw fields.fault(
          "unknown or repeated role", at: value,
          remedy: "roles are \(Role.allCases.map(\.rawValue).joined(separator: ", "))")
      }
    }
    return roles
  }

  private func gpus(_ value: PositionedValue, _ models: [Model]) throws(Fault) -> GPUs {
    let fields = try FleetFields(
      value, of: "a node's GPUs", path: path, known: ["count", "name", "memory-mib", "serves"])
    let gpus = GPUs(
      count: try fields.integer("count", in: 1...64), name: try fields.text("name", .product),
      memoryMiB: try fields.integer("memory-mib", in: 1...16_777_216), serves: try fields.text("serves", .model))
    guard models.contains(where: { $0.name == gpus.serves }) else {
      throw fields.fault(
        "`serves` names no model of this inventory", at: try fields.required("serves"),
        remedy: "list it under `models`, or name one that is listed there")
    }
    return gpus
  }

  func receivers(_ values: [PositionedValue]) throws(Fault) -> [Receiver] {
    var receivers: [Receiver] = []
    for value in values {
      let receiver = try receiver(value)
      guard !receivers.contains(where: { $0.name == receiver.name }) else {
        throw Fault(
          .usage, "two receivers have one name",
          at: value["name"].map { Location(path: path, line: $0.line, column: $0.column) })
      }
      receivers.append(receiver)
    }
    return receivers
  }

  private func receiver(_ value: PositionedValue) throws(Fault) -> Receiver {
    let isEmail = value["email"] != nil
    guard isEmail != (value["webhook"] != nil) else {
      throw Fault(
        .usage, "a receiver needs either `webhook` or `email`",
        at: Location(path: path, line: value.line, column: value.column))
    }
    guard isEmail else {
      let fields = try FleetFields(value, of: "a webhook receiver", path: path, known: ["name", "webhook"])
      return Receiver(name: try fields.text("name", .name), kind: .webhook, target: try fields.text("webhook", .url))
    }
    let fields = try FleetFields(
      value, of: "an e-mail receiver", path: path, known: ["name", "email", "smarthost", "from"])
    return Receiver(
      name: try fields.text("name", .name), kind: .email, target: try fields.text("email", .email),
      smarthost: try fields.text("smarthost", .endpoint), sender: try fields.text("from", .email))
  }
}
