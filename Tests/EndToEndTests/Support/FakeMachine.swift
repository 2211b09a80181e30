import Foundation

/// A machine made of fakes for `tools/install-engines`: a root folder, and a PATH on which nothing is but what stands
/// here. The fakes write what they were asked into `calls`; fake apt-get installs by putting files where dpkg would.
struct FakeMachine {
  let disk: TemporaryFolder
  var user = 0
  var sudo: Sudo = .absent
  /// Shell code that apt-get runs at its `install` proper, before anything is installed.
  var whileInstalling = ""
  var deadline: Duration = .seconds(300)

  enum Sudo { case absent, allows, refuses }

  static let packages = [
    "g++", "git", "libcurl4", "libcurl4-openssl-dev", "libncurses6", "libpcre2-dev", "libre2-dev", "libsqlite3-0",
    "libxml2",
    "libzstd-dev", "pkg-config", "prometheus", "prometheus-alertmanager", "python3-jsonschema", "zlib1g-dev",
  ]

  private static let tools = [
    "cat", "chmod", "comm", "flock", "grep", "ls", "mkdir", "mktemp", "paste", "rm", "sed", "sleep", "sort", "tail",
    "touch", "tr",
  ]

  /// A Debian on which systemd runs and nothing that Sigilo needs is installed.
  init() throws {
    disk = try TemporaryFolder()
    for folder in ["bin", "db", "tmp", "usr/sbin", "etc/systemd/system", "run/systemd/system", "lib/systemd/system"] {
      try disk.makeFolder(folder)
    }
    for tool in Self.tools {
      let places = ["/usr/bin/\(tool)", "/bin/\(tool)"]
      guard let place = places.first(where: FileManager.default.isExecutableFile) else {
        throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: tool])
      }
      try FileManager.default.createSymbolicLink(atPath: disk.path("bin/\(tool)"), withDestinationPath: place)
    }
    try fake("id", #"echo "$FAKE_USER""#)
    try fake("systemctl", #"echo "systemctl $*" >>"$SIGILO_ROOT/calls""#)
    try fake("update-rc.d", #"echo "update-rc.d $*" >>"$SIGILO_ROOT/calls""#)
    try fake("swift", #"[ -e "$SIGILO_ROOT/db/libncurses6" ]"#)
    // The package database: one file a package, which lists the package's files.
    try fake(
      "dpkg-query",
      #"""
      case $1 in
        -W) for package in "$SIGILO_ROOT"/db/*; do [ ! -e "$package" ] || echo "installed ${package##*/}"; done
            echo "config-files removed-once" ;;
        -L) cat "$SIGILO_ROOT/db/$2" ;;
      esac
      """#)
    try fake(
      "apt-get",
      #"""
      echo "apt-get $*" >>"$SIGILO_ROOT/calls"
      case " $* " in
        *" update "* | *" --download-only "*) exit 0 ;;
      esac
      policy=$SIGILO_ROOT/usr/sbin/policy-rc.d
      "$policy"
      echo "policy-rc.d says $?" >>"$SIGILO_ROOT/calls"
      . "$SIGILO_ROOT/hook"
      for package; do
        case $package in
          prometheus) commands="prometheus promtool" unit=prometheus.service ;;
          prometheus-alertmanager) commands="prometheus-alertmanager amtool" unit=prometheus-alertmanager.service ;;
          g++ | git | pkg-config) commands=$package unit= ;;
          python3-jsonschema) commands=python3 unit= ;;
          lib* | zlib*) commands= unit= ;;
          *) continue ;;
        esac
        : >"$SIGILO_ROOT/db/$package"
        for command in $commands; do
          echo '#!/bin/sh' >"$SIGILO_ROOT/bin/$command"
          chmod 755 "$SIGILO_ROOT/bin/$command"
        done
        if [ "$unit" ]; then
          : >"$SIGILO_ROOT/lib/systemd/system/$unit"
          echo "/lib/systemd/system/$unit" >"$SIGILO_ROOT/db/$package"
        fi
      done
      """#)
  }

  /// Installs all packages, and forgets that it did.
  func installEverything() async throws {
    _ = try await command("test").run()
    try FileManager.default.removeItem(atPath: disk.path("calls"))
  }

  private func fake(_ name: String, _ script: String) throws {
    try disk.write("#!/bin/sh\n\(script)\n", to: "bin/\(name)", executable: true)
  }

  func command(_ arguments: String...) throws -> Command {
    try disk.write(whileInstalling + "\n", to: "hook")
    switch sudo {
    case .absent: break
    case .allows:
      try fake("sudo", #"[ "$1" != -n ] || exit 0; echo "sudo $*" >>"$SIGILO_ROOT/calls"; FAKE_USER=0 exec "$@""#)
    case .refuses: try fake("sudo", "exit 1")
    }
    return Command(
      program: Repository.path("tools/install-engines"), arguments: arguments,
      environment: [
        "PATH": disk.path("bin"), "SIGILO_ROOT": disk.root, "FAKE_USER": String(user), "TMPDIR": disk.path("tmp"),
      ],
      folder: Repository.root, deadline: deadline)
  }

  /// What was asked of apt-get, systemctl, update-rc.d and sudo, in order.
  func calls() -> [String] {
    let text = (try? disk.read("calls")) ?? ""
    return text.split(separator: "\n").map(String.init)
  }
}

/// The checkout that the tests were built from.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .path

  static func path(_ relative: String) -> String { root + "/" + relative }
}
