import Vocabulary

/// The part of the SARIF 2.1.0 object model that Sigilo writes; names are the standard's own.
struct SARIFLog: Encodable {
  let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
  let version = "2.1.0"
  let runs: [Run]

  init(runs: [Run]) { self.runs = runs }

  enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }

  struct Run: Encodable {
    let tool: Tool
    let automationDetails: AutomationDetails
    /// `startColumn` counts code points.
    let columnKind = "unicodeCodePoints"
    let invocations: [Invocation]
    let originalUriBaseIds: [String: Base]
    let results: [Result]
    let properties: Properties

    struct Properties: Encodable {
      let subject, policy: String
      let gate: Severity
      let verdict: Verdict
      let complete: Bool
      let seed: UInt64?
      let created: String?
    }
  }

  struct Tool: Encodable { let driver: Driver }

  struct Driver: Encodable {
    let name = "Sigilo"
    let version: String
    let rules: [Rule]
    let notifications = [
      NotificationKind(id: "coverage", shortDescription: Message("A sink was not judged completely.")),
      NotificationKind(id: "limit", shortDescription: Message("A limit was reached.")),
      NotificationKind(id: "check", shortDescription: Message("A check failed.")),
    ]

    struct NotificationKind: Encodable {
      let id: String
      let shortDescription: Message
    }
  }

  struct AutomationDetails: Encodable { let id: String }

  struct Base: Encodable { let description: Message }

  struct Message: Encodable {
    let text: String
    init(_ text: String) { self.text = text }
  }

  struct Rule: Encodable {
    let id: String
    let shortDescription, fullDescription, help: Message
    let defaultConfiguration: Configuration

    struct Configuration: Encodable { let level: String }
  }

  struct Result: Encodable {
    let ruleId: String
    let ruleIndex: Int
    let level: String
    let message: Message
    let locations: [Location]
    let relatedLocations: [Location]?
    let occurrenceCount: Int
    let partialFingerprints: [String: String]
    /// The way that text can take (3.27.18); nil for results about one place.
    let codeFlows: [CodeFlow]?
    /// Empty where nothing accepts the result: the standard's way to say so (3.27.23).
    let suppressions: [Suppression]
    let properties: Properties

    struct Properties: Encodable {
      let sink: String
      let surface: Surface
      let severity: Severity
      let shape, length: String?
      let score: Double?
      let detectors: [String]
      let paste: [String]?
    }
  }

  struct CodeFlow: Encodable {
    let threadFlows: [ThreadFlow]

    struct ThreadFlow: Encodable { let locations: [Station] }
    struct Station: Encodable { let location: Location }
  }

  struct Suppression: Encodable {
    /// `inSource` or `external` (3.35.2).
    let kind: String
    let status = "accepted"
    let justification: String
    /// Where the comment stands; nil for what stands outside the file.
    let location: Location?
  }

  struct Location: Encodable {
    var id: Int?
    var message: Message?
    let physicalLocation: PhysicalLocation?
    let logicalLocations: [LogicalLocation]
  }

  struct PhysicalLocation: Encodable {
    let artifactLocation: ArtifactLocation
    let region: Region?
  }

  struct ArtifactLocation: Encodable {
    let uri: String
    var uriBaseId: String?
  }

  struct Region: Encodable {
    let startLine: Int
    let startColumn: Int?
  }

  struct LogicalLocation: Encodable {
    let name, fullyQualifiedName, kind: String
  }

  struct Invocation: Encodable {
    let executionSuccessful: Bool
    let exitCode: Int32
    let exitCodeDescription: String
    let toolExecutionNotifications: [Notification]
  }

  struct Notification: Encodable {
    let descriptor: Descriptor
    let level: String
    let message: Message

    struct Descriptor: Encodable { let id: String }
  }
}
