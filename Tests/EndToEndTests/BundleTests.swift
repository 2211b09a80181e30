import Foundation
import Testing

/// `sigilo bundle`: from the inventory to a sealed folder, and what `verify` refuses.
@Suite("sigilo bundle")
struct BundleCommandTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  private func bundle(_ arguments: String...) async throws -> Outcome { try await place.sigilo(["bundle"] + arguments) }

  @Test func initNeverOverwrites() async throws {
    #expect(try await bundle("init").status == 0)
    let text = try place.folder.read("work/fleet.yaml")
    try place.folder.write(text + "# mine\n", to: "work/fleet.yaml")
    #expect(try await bundle("init").status == 2)
    #expect(try place.folder.read("work/fleet.yaml") == text + "# mine\n")
  }

  @Test func addingANodeAddsItsTargetsOnce() async throws {
    _ = try await bundle("init")
    #expect(try await bundle("add-node", "gpu-node3").status == 0)
    let once = try place.folder.read("work/fleet.yaml")
    #expect(try await bundle("add-node", "gpu-node3").status == 0)
    #expect(try place.folder.read("work/fleet.yaml") == once)
    #expect(try await bundle("build", "--fleet", "fleet.yaml", "--output", "made").status == 0)
    let prometheus = try place.folder.read("work/made/configs/base/prometheus.yaml")
    for port in [8000, 9100, 9400] { #expect(prometheus.contains("gpu-node3:\(port)")) }
    // Comments and annotations of our own are no conversation either.
    #expect(try await place.sigilo(["scan", "made"]).status == 0)
  }

  @Test func aBrokenInventoryIsAnErrorWithItsPlace() async throws {
    _ = try await bundle("init")
    let text = try place.folder.read("work/fleet.yaml")
    try place.folder.write(text + "nonsense: 1\n", to: "work/fleet.yaml")
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).count
    let outcome = try await bundle("build", "--fleet", "fleet.yaml", "--output", "made")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("fleet.yaml:\(line):1"))
    #expect(!place.folder.exists("work/made"))
  }

  @Test func aDraftIsVerifiedOnlyWhenAllowed() async throws {
    #expect(try await bundle("build", "--output", "made").status == 0)
    #expect(try await bundle("verify", "made").status != 0)
    #expect(try await bundle("verify", "made", "--allow-draft").status == 0)
  }

  @Test(arguments: Tampering.allCases)
  func verifyRefusesWhatIsNotAsSealed(_ tampering: Tampering) async throws {
    #expect(try await bundle("build", "--output", "made").status == 0)
    try tampering.apply(to: place.folder, bundle: "work/made")
    let outcome = try await bundle("verify", "made", "--allow-draft")
    #expect(outcome.status == 1)
    #expect((outcome.output + outcome.errors).contains(tampering.culprit))
  }

  @Test func verifyTrustsNoKeyThatIsNotItsOwn() async throws {
    #expect(try await bundle("build", "--output", "made").status == 0)
    let other = try await place.sigilo(["bundle", "verify", "made", "--allow-draft", "--state", "elsewhere"])
    #expect(other.status != 0)
    // Signed again with another key: whole in itself, and still not to be trusted.
    #expect(try await place.sigilo(["bundle", "build", "--output", "again", "--state", "elsewhere"]).status == 0)
    #expect(try await bundle("verify", "again", "--allow-draft").status == 1)
  }

  @Test func aMissingPromtoolIsNamedAndNothingIsWritten() async throws {
    var place = place
    place.path = place.folder.path("empty")
    try place.folder.makeFolder("empty")
    let outcome = try await place.sigilo(["bundle", "build", "--output", "made"])
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("promtool") && outcome.errors.contains("apt-get install prometheus"))
    #expect(!place.folder.exists("work/made"))
  }
}

/// What someone may do to a sealed folder.
enum Tampering: String, CaseIterable, Sendable {
  case changedFile, missingFile, extraFile, fileReplacedByALink, changedManifest, changedSignature

  private static let rules = "configs/base/rules/alerts.yaml"

  /// What the refusal must name.
  var culprit: String {
    switch self {
    case .changedFile, .missingFile, .fileReplacedByALink: Self.rules
    case .extraFile: "configs/base/rules/more.yaml"
    case .changedManifest, .changedSignature: "no trusted key signed this manifest"
    }
  }

  func apply(to folder: TemporaryFolder, bundle: String) throws {
    let file = "\(bundle)/\(Self.rules)"
    switch self {
    case .changedFile: try folder.write(folder.read(file) + "#", to: file)
    case .missingFile: try folder.remove(file)
    case .extraFile: try folder.write("groups: []\n", to: "\(bundle)/\(culprit)")
    case .fileReplacedByALink:
      let copy = try folder.write(folder.read(file), to: "elsewhere.yaml")
      try folder.remove(file)
      try FileManager.default.createSymbolicLink(atPath: folder.path(file), withDestinationPath: copy)
    case .changedManifest:
      try folder.write(folder.read("\(bundle)/manifest.json") + " ", to: "\(bundle)/manifest.json")
    case .changedSignature:
      let name = try folder.tree(bundle).first { $0.hasPrefix("manifest") && $0 != "manifest.json" }
      let signature = "\(bundle)/\(name ?? "manifest.json.sig")"
      let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path(signature)))
      try folder.write(Data(bytes.reversed()), to: signature)
    }
  }
}
