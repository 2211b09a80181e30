import EngineSupport
import Engines
import Foundation
import Syntax
import TestSupport
import Testing

@testable import Flow

/// Which receivers an alert reaches.
@Suite struct AlertRoutesTests {
  private static func receivers(_ routes: String, _ labels: [String: String?]) throws -> [String] {
    AlertRoutes(try YAMLDocument.parse(Array("route: \(routes)".utf8)), path: "am.yml").receivers(of: labels)
  }

  private static let tree = """
    {receiver: ops, routes: [
      {receiver: team, matchers: [team="x"], routes: [{receiver: inner, matchers: [severity="warning"]}]},
      {receiver: warnings, matchers: [severity="warning"], continue: true},
      {receiver: all, matchers: ['severity=~".+"']}]}
    """

  @Test func whatIsKnownDecides() throws {
    #expect(try Self.receivers(Self.tree, ["severity": "warning", "team": "y"]) == ["warnings", "all"])
    #expect(try Self.receivers(Self.tree, ["severity": "warning", "team": "x"]) == ["inner"])
    #expect(try Self.receivers(Self.tree, ["severity": "critical", "team": "x"]) == ["team"])
    #expect(try Self.receivers(Self.tree, ["severity": "", "team": ""]) == ["ops"])
  }

  @Test func resourcesOfGrafanasOperatorAreOneTreeOfRoutes() throws {
    let stream = """
      kind: GrafanaNotificationPolicy
      spec: {route: {receiver: ops, routes: [{receiver: odd, object_matchers: [[team, '=', x]]}]}}
      ---
      kind: GrafanaNotificationPolicyRoute
      spec: {receiver: far, object_matchers: [[team, '=', y]]}
      ---
      kind: GrafanaContactPointList
      items:
        - {kind: GrafanaContactPoint, metadata: {name: a}, spec: {type: email, receivers: [{type: slack}]}}
        - {kind: GrafanaContactPoint, metadata: {name: a}, spec: {name: b, type: email, settings: {}}}
      """
    let routes = try YAMLDocument.parseAll(Array(stream.utf8)).flatMap { AlertRoutes.ofGrafana($0, path: "g.yml") }
    #expect(routes.flatMap { $0.receivers(of: ["team": "x"]) } == ["odd"])
    #expect(routes.flatMap { $0.receivers(of: ["team": "y"]) } == ["ops", "far"])
    let receivers = routes.flatMap(\.receivers)
    #expect(receivers.map(\.name) == ["a", "b"])
    #expect(receivers.flatMap(\.integrations).map(\.kind) == ["slack", "email"])
    #expect(
      receivers.flatMap(\.integrations).map(\.pointer) == ["/items/0/spec/receivers/0", "/items/1/spec/settings"])
  }

  @Test func whatIsNotKnownMayHold() throws {
    #expect(
      try Self.receivers(Self.tree, ["severity": nil, "team": "y"]) == ["warnings", "all", "ops"])
    #expect(
      try Self.receivers(Self.tree, ["severity": "warning"]) == ["inner", "warnings", "all"])
    let vague = "{receiver: ops, routes: [{receiver: odd, matchers: ['{{']}]}"
    #expect(try Self.receivers(vague, [:]) == ["odd", "ops"])
    let grafanas =
      "{receiver: ops, routes: [{receiver: odd, object_matchers: [[team, '=']]}, {receiver: x, object_matchers: [[team, '=', y]]}]}"
    #expect(try Self.receivers(grafanas, ["team": "z"]) == ["odd", "ops"])
  }

  /// The real program's answers, over trees and alerts of which every label is known.
  @Test(.enabled(if: Program.isWanted(.amtool), "amtool is not installed")) func amtoolRoutesTheSame() async throws {
    let amtool = try Engine.find(.amtool)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("routes-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var random = SeededGenerator(11)
    var reached: Set<String> = []
    for index in 0..<25 {
      var count = 0
      let route = Self.route(depth: 0, &count, &random)
      let document: [String: Any] = ["route": route, "receivers": (0..<count).map { ["name": "r\($0)"] }]
      let bytes = try JSONSerialization.data(withJSONObject: document)
      let path = folder.appendingPathComponent("\(index).yml")
      try bytes.write(to: path)
      let routes = AlertRoutes(try JSONDocument.parse(Array(bytes)), path: "am.yml")
      for _ in 0..<4 {
        let labels = ["a", "b"].map { ($0, ["", "x", "y", "xy"].randomElement(using: &random) ?? "") }
        let set = labels.filter { !$0.1.isEmpty }.map { "\($0.0)=\($0.1)" }
        let result = try await Command(
          amtool, ["config", "routes", "test", "--config.file=\(path.path)"] + (set.isEmpty ? ["c=z"] : set)
        ).run()
        try #require(result.exit == 0)
        var seen: Set<Substring> = []
        let expected = result.stdoutText.split(whereSeparator: { $0.isWhitespace || $0 == "," }).filter {
          seen.insert($0).inserted
        }.map(String.init)
        #expect(routes.receivers(of: Dictionary(uniqueKeysWithValues: labels)) == expected, "tree \(index), \(set)")
        reached.formUnion(expected)
      }
    }
    // So that not every alert stayed at the root.
    #expect(reached.count > 5)
  }

  private static func route(depth: Int, _ count: inout Int, _ random: inout SeededGenerator) -> [String: Any] {
    var route: [String: Any] = [:]
    // A route without a receiver has its parent's.
    if depth == 0 || Int.random(in: 0..<4, using: &random) > 0 {
      route["receiver"] = "r\(count)"
      count += 1
    }
    if depth > 0 {
      let name = ["a", "b"].randomElement(using: &random) ?? ""
      let value = ["x", "y", "x|y", "x.*", ""].randomElement(using: &random) ?? ""
      switch Int.random(in: 0..<4, using: &random) {
      case 0: route["match"] = [name: value]
      case 1: route["match_re"] = [name: value]
      default:
        let op = ["=", "!=", "=~", "!~"].randomElement(using: &random) ?? ""
        route["matchers"] = ["\(name)\(op)\"\(value)\""]
      }
      if Bool.random(using: &random) { route["continue"] = true }
    }
    if depth < 3 {
      route["routes"] = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        Self.route(depth: depth + 1, &count, &random)
      }
    }
    return route
  }
}
