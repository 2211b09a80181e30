import Contracts
import Launch
import Syntax

/// Secrets among the variables that a file sets for programs that it starts. Files of variables alone are where secrets are to stand.
///
/// Sources: grafana/grafana pkg/setting/setting.go (`EnvKey`); BerriAI/litellm docs/my-website/docs/proxy/config_settings.md;
/// vllm-project/vllm vllm/envs.py; huggingface/huggingface_hub constants.py; the image postgres.
extension SecretInConfig {
  private static let variables: Set<String> = [
    "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "LITELLM_MASTER_KEY", "LITELLM_SALT_KEY", "POSTGRES_PASSWORD",
    "REDIS_PASSWORD",
    "UI_PASSWORD", "VLLM_API_KEY",
  ]
  /// Addresses of which only a password in them is a secret.
  private static let addresses: Set<String> = ["DATABASE_URL", "REDIS_URL"]

  static func ofVariables(in file: CheckedFile) -> [ConfigFinding] {
    guard (variables.union(addresses).union(["GF_"])).contains(where: { file.bytes.firstRange(of: $0.utf8) != nil })
    else {
      return []
    }
    let settings = SettingsFile(path: file.path, bytes: file.bytes)
    guard !settings.isProse, settings.format != .environmentFile, settings.format != .goTemplate else { return [] }
    let reading = LaunchReader.read(file.bytes, documents: settings.documents, programs: Programs([]))
    var counter = PositionCounter()
    var places: Set<Int> = []
    let secrets = reading.assignments.filter { isSecret($0) && places.insert($0.offset).inserted }
    return secrets.sorted { $0.offset < $1.offset }.map { assignment in
      file.bytes.withUnsafeBytes { counter.move(to: assignment.offset, in: $0) }
      let place = PositionedValue(
        .scalar("", .plain), line: counter.line, column: counter.column, offset: assignment.offset)
      return finding(in: file, at: ("", place))
    }
  }

  private static func isSecret(_ assignment: Assignment) -> Bool {
    let text = assignment.value.string
    guard assignment.value.isKnown, !isPlaceholder(text) else { return false }
    if addresses.contains(assignment.name) { return hasPassword(text) }
    if variables.contains(assignment.name) { return true }
    return assignment.name.hasPrefix("GF_") && isSecret(ofGrafana: assignment.name.lowercased(), text)
  }

  /// Attributes of Alloy's blocks that are a text: those that are computed take it from elsewhere.
  ///
  /// Source: grafana/alloy internal/component/common/config/types.go (`alloytypes.Secret`).
  static func ofAlloy(in file: CheckedFile) -> [ConfigFinding] {
    AlloyBlock.all(in: file.bytes).flatMap(\.everyBlock).flatMap { block in
      // By a `routing_key` otelcol's load balancing parts what it sends.
      block.texts.filter {
        $0.name != "routing_key" && isSecret("/\($0.name)", $0.value) && !isPlaceholder($0.value.string ?? "")
      }
      .map { finding(in: file, at: ("", $0.value)) }
    }
  }
}
