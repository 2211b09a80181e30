import EngineSupport
import Engines
import Foundation
import Syntax
import Templates
import Testing

/// Held to the real Alertmanager: amtool renders all templates in one run, byte for byte.
struct NotificationRenderingTests {
  @Test(.enabled(if: Program.isWanted(.amtool), "amtool is not installed"))
  func equalAlertmanager() async throws {
    let folder = try Folder()
    defer { folder.remove() }
    let texts = NotificationTemplates.good
    let mark = "\u{1}"
    // Each is its own template, but for those that define one themselves.
    let library = texts.enumerated().map { number, text in
      text.contains("define") ? "" : "{{ define \"t\(number)\" }}\(text){{ end }}\n"
    }
    try Data((NotificationTemplates.library + library.joined()).utf8).write(
      to: folder.url.appendingPathComponent("a.tmpl"))
    try folder.write("data.json", Self.json(NotificationTemplates.data()))
    let calls = texts.enumerated().map { $1.contains("define") ? $1 : "{{ template \"t\($0)\" . }}" }
    let result = try await render(calls.joined(separator: mark), folder)
    #expect(result.exit == 0)
    let answers = result.stdoutText.components(separatedBy: mark)
    try #require(answers.count == texts.count && texts.count >= 40)
    for (text, answer) in zip(texts, answers) {
      let ours = try String(decoding: self.ours(text), as: UTF8.self)
      #expect(ours == answer, "\(text)")
    }
  }

  @Test(.enabled(if: Program.isWanted(.amtool), "amtool is not installed"))
  func failWhereAlertmanagerFails() async throws {
    let folder = try Folder()
    defer { folder.remove() }
    try Data(NotificationTemplates.library.utf8).write(to: folder.url.appendingPathComponent("a.tmpl"))
    try folder.write("data.json", Self.json(NotificationTemplates.data()))
    for text in NotificationTemplates.failing + NotificationTemplates.invalid {
      #expect(try await render(text, folder).exit != 0, "\(text)")
    }
  }

  @Test(arguments: NotificationTemplates.failing) func fails(_ text: String) throws {
    let error = #expect(throws: TemplateError.self) { try ours(text) }
    #expect(error?.isUnsupported == false)
  }

  @Test(arguments: NotificationTemplates.invalid) func refuses(_ text: String) {
    #expect(throws: (any Error).self) { try Template(text, dialect: .alertmanager) }
  }

  private func ours(_ text: String) throws -> [UInt8] {
    var library = TemplateLibrary(.alertmanager)
    try library.add(Array(NotificationTemplates.library.utf8), name: "a.tmpl")
    var environment = TemplateEnvironment()
    environment.release = .init(0, 25)
    return try Template(text, dialect: .alertmanager, library: library)
      .render(NotificationTemplates.data().value(isPointer: false), in: environment)
  }

  private func render(_ text: String, _ folder: Folder) async throws -> CommandResult {
    try await folder.run(
      .amtool,
      ["template", "render", "--template.glob=a.tmpl", "--template.data=data.json", "--template.text=\(text)"])
  }

  private static func json(_ data: NotificationData) -> [String: Any] {
    [
      "receiver": data.receiver, "status": data.status, "externalURL": data.externalURL,
      "groupLabels": data.groupLabels,
      "commonLabels": data.commonLabels, "commonAnnotations": data.commonAnnotations,
      "alerts": data.alerts.enumerated().map { number, alert in
        [
          "status": alert.status, "labels": alert.labels, "annotations": alert.annotations,
          "startsAt": NotificationTemplates.times[number],
          "endsAt": number == 1 ? "2024-02-29T23:59:59.5Z" : "0001-01-01T00:00:00Z", "generatorURL": alert.generatorURL,
          "fingerprint": alert.fingerprint,
        ] as [String: Any]
      },
    ]
  }
}
