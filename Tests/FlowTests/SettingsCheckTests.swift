import Testing
import Vocabulary

@testable import Flow

/// Files of a tree that name one another are held to settings together.
@Suite struct SettingsCheckTests {
  private static let unit = """
    [Service]
    EnvironmentFile=/opt/vllm/vllm.env
    ExecStart=/opt/vllm/bin/vllm serve ${MODEL} $ARGS

    """
  private static let dropIn = "[Service]\nEnvironment=VLLM_LOGGING_LEVEL=INFO VLLM_NO_USAGE_STATS=1\n"
  private static let variables = "MODEL=m\nARGS=\"--no-enable-log-requests --disable-uvicorn-access-log\"\n"

  private static func findings(_ files: [(path: String, text: String)]) -> [String] {
    let tree = ConfigFiles(
      files.map { file in
        let bytes = Array(file.text.utf8)
        return ConfigFile(path: file.path, role: FileRole.recognise(path: file.path, bytes: bytes), bytes: bytes)
      })
    return ConfigChecks.check(tree, facts).map { "\($0.path):\($0.line ?? 0):\($0.column ?? 0) \($0.rule)" }
  }

  @Test func aUnitItsDropInsAndItsVariablesAreOne() {
    let unit = (path: "etc/vllm.service", text: Self.unit)
    let dropIn = (path: "etc/vllm.service.d/10.conf", text: Self.dropIn)
    let variables = (path: "env/vllm.env", text: Self.variables)
    #expect(Self.findings([unit, dropIn, variables]) == [])
    #expect(
      Self.findings([unit, variables]) == [
        "etc/vllm.service:3:11 vllm-logging-level", "etc/vllm.service:3:11 vllm-usage-statistics",
      ])
    #expect(
      Self.findings([unit, dropIn]) == ["etc/vllm.service:3:45 settings-unknown"])
    let loud = (path: "env/vllm.env", text: Self.variables.replacing("--no-enable", with: "--enable"))
    #expect(
      Self.findings([unit, dropIn, loud]) == [
        "env/vllm.env:2:7 vllm-content-flag", "etc/vllm.service:2:17 vllm-content-flag",
      ])
  }

  @Test func whatGrafanaPutsInAtItsStartIsUnknown() {
    let text = "[auth.anonymous]\nenabled = $__env{OPEN}\n[log]\nlevel = ${LEVEL}\nmode = console\n"
    #expect(
      Self.findings([("etc/grafana.ini", text)]) == [
        "etc/grafana.ini:2:1 settings-unknown", "etc/grafana.ini:4:1 settings-unknown",
      ])
    #expect(
      Self.findings([("etc/grafana.ini", text.replacing("$__env{OPEN}", with: "true"))]).first
        == "etc/grafana.ini:2:1 grafana-anonymous")
  }

  @Test func aDropInIsHeldTogetherWithItsUnit() {
    let unit = "[Service]\nEnvironment=ARGS=--enable-log-requests\nExecStart=/bin/true\n"
    let dropIn = "[Service]\nExecStart=\nExecStart=/opt/vllm/bin/vllm serve m $ARGS\n"
    let found = Self.findings([("etc/vllm.service", unit), ("etc/vllm.service.d/10.conf", dropIn)])
    #expect(found.contains("etc/vllm.service.d/10.conf:1:1 vllm-content-flag"))
    // Alone, or in a folder of another name, it tells nothing of the variable.
    for path in ["x/vllm.service.d/10.conf", "etc/vllm.service/10.conf"] {
      let alone = Self.findings([("etc/vllm.service", unit), (path, dropIn)]).filter { $0.hasPrefix(path) }
      #expect(alone.contains { $0.hasSuffix("settings-unknown") })
    }
  }

  @Test func whatADropInSetsForItsUnitIsFoundThere() {
    let unit =
      "[Service]\nEnvironment=VLLM_LOGGING_LEVEL=INFO VLLM_NO_USAGE_STATS=1\nExecStart=/opt/vllm/bin/vllm serve m"
      + " --no-enable-log-requests --disable-uvicorn-access-log\n"
    func findings(_ dropIns: [(String, String)]) -> [String] {
      Self.findings(
        [("etc/vllm.service", unit)]
          + dropIns.map { ("etc/vllm.service.d/\($0).conf", "[Service]\nEnvironment=\($1)\n") })
    }
    #expect(
      findings([("10", "VLLM_NO_USAGE_STATS=0")]) == ["etc/vllm.service.d/10.conf:2:13 vllm-usage-statistics"])
    // Another drop-in has the last word, whether it comes first in the listing or not.
    #expect(findings([("10", "VLLM_NO_USAGE_STATS=0"), ("20", "VLLM_NO_USAGE_STATS=1")]) == [])
    #expect(
      findings([("10", "VLLM_LOGGING_LEVEL=INFO"), ("20", "VLLM_LOGGING_LEVEL=DEBUG")])
        == ["etc/vllm.service.d/20.conf:2:13 vllm-content-flag"])
  }

  @Test func keysOfOneProgramAloneAreHeldToItInAnyFile() {
    let runtime = "configs:\n  tenant:\n    log_push_request: true\n    log_duplicate_stream_info: false\n"
    #expect(Self.findings([("loki/runtime.yaml", runtime)]) == ["loki/runtime.yaml:3:5 loki-push-log"])
  }

  @Test func composeTakesItsVariablesFromItsOwnFolder() {
    let compose = "services: {g: {image: grafana/grafana, environment: {GF_LOG_LEVEL: '${LEVEL:-warn}'}}}\n"
    #expect(Self.findings([("a/compose.yml", compose)]) == [])
    #expect(
      Self.findings([("a/compose.yml", compose), ("a/.env", "LEVEL=debug\n")]) == [
        "a/compose.yml:1:54 grafana-log-level"
      ])
    #expect(Self.findings([("a/compose.yml", compose), ("b/.env", "LEVEL=debug\n")]) == [])
  }

  @Test func filesOfOptionsAreFoundBesideWhatNamesThem() {
    let start = (
      path: "start/run.sh",
      text: "export VLLM_LOGGING_LEVEL=INFO DO_NOT_TRACK=1\nvllm serve m --config ../conf/v.yaml\n"
    )
    let options = "model: m\nenable-log-requests: false\ndisable-uvicorn-access-log: true\n"
    #expect(Self.findings([start, ("conf/v.yaml", options)]) == [])
    #expect(Self.findings([start, ("other/v.yml", options)]) == ["start/run.sh:2:14 settings-unknown"])
    let merged = "x: &x {enable-log-requests: true}\n<<: *x\ndisable-uvicorn-access-log: true\n"
    #expect(Self.findings([start, ("conf/v.yaml", merged)]) == ["conf/v.yaml:1:8 vllm-content-flag"])
    // Two of that name: which of them is meant is not told.
    #expect(
      Self.findings([start, ("a/v.yaml", options), ("b/v.yaml", options)]) == ["start/run.sh:2:14 settings-unknown"])
    #expect(
      Self.findings([start, ("conf/v.yaml", options.replacing("requests: false", with: "requests: true"))])
        == ["conf/v.yaml:2:1 vllm-content-flag"])
  }
}
