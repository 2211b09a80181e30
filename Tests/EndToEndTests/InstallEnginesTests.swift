import Foundation
import Glibc
import Testing

@Suite("tools/install-engines")
struct InstallEnginesTests {
  private let policy = "usr/sbin/policy-rc.d"
  private let units = ["prometheus-alertmanager.service", "prometheus.service"]

  @Test func installsWhatIsMissingUnderAPolicyAndDisablesItsUnits() async throws {
    let machine = try FakeMachine()
    let outcome = try await machine.command("test").run()
    #expect(outcome.status == 0)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.errors == "sigilo: installing with apt-get: \(FakeMachine.packages.joined(separator: " "))\n")
    let calls = machine.calls()
    #expect(calls.filter { $0.hasPrefix("apt-get") && $0.hasSuffix(" update") }.count == 1)
    #expect(calls.contains("policy-rc.d says 101"))
    #expect(calls.filter { $0.hasPrefix("systemctl") } == units.map { "systemctl disable --now --quiet \($0)" })
    #expect(!machine.disk.exists(policy))
    #expect(try machine.disk.tree("tmp").isEmpty)
  }

  @Test func asksNothingOfAptWhereAllIsThere() async throws {
    let machine = try FakeMachine()
    try await machine.installEverything()
    let outcome = try await machine.command("test").run()
    #expect(outcome.status == 0)
    #expect(outcome.output.isEmpty && outcome.errors.isEmpty)
    #expect(machine.calls().isEmpty)
  }

  @Test func installsOnlyWhatIsMissing() async throws {
    let machine = try FakeMachine()
    try await machine.installEverything()
    try machine.disk.remove("bin/amtool")
    #expect(try await machine.command("test").run().status == 0)
    let install = try #require(machine.calls().last { $0.hasPrefix("apt-get") })
    #expect(
      FakeMachine.packages.filter { install.split(separator: " ").contains(Substring($0)) } == [
        "prometheus-alertmanager"
      ])
    // The package and its unit were there before.
    #expect(!machine.calls().contains { $0.hasPrefix("systemctl") })
  }

  @Test func anAuditNeedsNoTestOracle() async throws {
    let machine = try FakeMachine()
    #expect(try await machine.command("audit").run().status == 0)
    #expect(!machine.disk.exists("db/python3-jsonschema"))
    #expect(machine.disk.exists("db/prometheus"))
  }

  @Test func removesThePolicyAndDisablesUnitsWhereAptFailsHalfWay() async throws {
    var machine = try FakeMachine()
    machine.whileInstalling = """
      touch "$SIGILO_ROOT/lib/systemd/system/prometheus.service"
      echo /lib/systemd/system/prometheus.service >"$SIGILO_ROOT/db/prometheus"
      echo 'E: no space left'
      exit 100
      """
    let outcome = try await machine.command("test").run()
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("E: no space left"))
    #expect(!machine.disk.exists(policy))
    #expect(machine.calls().last == "systemctl disable --now --quiet prometheus.service")
  }

  @Test(arguments: ["#!/bin/sh\nexit 0\n", "not even a script"])
  func leavesAPolicyThatWasThere(_ text: String) async throws {
    let machine = try FakeMachine()
    try machine.disk.write(text, to: policy, executable: true)
    let before = try machine.disk.identity(policy)
    #expect(try await machine.command("test").run().status == 0)
    #expect(try machine.disk.read(policy) == text)
    #expect(try machine.disk.identity(policy) == before)
  }

  @Test func leavesADanglingPolicyLinkThatWasThere() async throws {
    let machine = try FakeMachine()
    let link = machine.disk.path(policy)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/nowhere/policy")
    #expect(try await machine.command("test").run().status == 0)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "/nowhere/policy")
  }

  @Test(arguments: ["etc/systemd/system", "lib/systemd/system", "usr/local/lib/systemd/system"])
  func leavesAServiceThatWasThere(_ folder: String) async throws {
    let machine = try FakeMachine()
    try machine.disk.write("[Service]\n", to: "\(folder)/prometheus.service")
    #expect(try await machine.command("test").run().status == 0)
    #expect(
      machine.calls().filter { $0.hasPrefix("systemctl") } == [
        "systemctl disable --now --quiet prometheus-alertmanager.service"
      ])
  }

  @Test func saysWhichUnitCouldNotBeDisabled() async throws {
    let machine = try FakeMachine()
    try machine.disk.write("#!/bin/sh\nexit 1\n", to: "bin/systemctl", executable: true)
    let outcome = try await machine.command("test").run()
    #expect(outcome.status == 1)
    #expect(units.allSatisfy(outcome.errors.contains))
    #expect(!machine.disk.exists(policy))
  }

  @Test func disablesAlsoWhereSystemdDoesNotRun() async throws {
    let machine = try FakeMachine()
    try machine.disk.remove("run/systemd/system")
    #expect(try await machine.command("test").run().status == 0)
    #expect(machine.calls().suffix(2) == units.map { "systemctl disable --quiet \($0)" })
  }

  @Test func disablesAlsoWhereThereIsNoSystemd() async throws {
    let machine = try FakeMachine()
    try machine.disk.remove("run/systemd/system")
    try machine.disk.remove("bin/systemctl")
    #expect(try await machine.command("test").run().status == 0)
    #expect(
      machine.calls().suffix(2) == ["update-rc.d prometheus-alertmanager disable", "update-rc.d prometheus disable"])
  }

  @Test func goesThroughSudo() async throws {
    var machine = try FakeMachine()
    machine.user = 1000
    machine.sudo = .allows
    #expect(try await machine.command("test").run().status == 0)
    #expect(
      machine.calls().first?.hasPrefix("sudo \(Repository.path("tools/install-engines")) install g++ git") == true)
    #expect(machine.calls().contains("policy-rc.d says 101"))
    #expect(!machine.disk.exists(policy))
  }

  @Test(arguments: [FakeMachine.Sudo.absent, .refuses])
  func namesThePackagesWhereNeitherRootNorSudoIsPossible(_ sudo: FakeMachine.Sudo) async throws {
    var machine = try FakeMachine()
    machine.user = 1000
    machine.sudo = sudo
    let outcome = try await machine.command("test").run()
    #expect(outcome.status == 1)
    #expect(outcome.errors.split(separator: "\n").count == 1)
    #expect(FakeMachine.packages.allSatisfy(outcome.errors.contains))
    #expect(machine.calls().isEmpty)
    #expect(!machine.disk.exists(policy))
  }

  @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
  func aSignalWaitsForDpkgAndThenRemovesThePolicy(_ signal: Int32) async throws {
    var machine = try FakeMachine()
    machine.whileInstalling = """
      touch "$SIGILO_ROOT/installing"
      until [ -e "$SIGILO_ROOT/signalled" ]; do sleep 0.05; done
      [ -e "$policy" ] && echo "policy outlived the signal" >>"$SIGILO_ROOT/calls"
      """
    let disk = machine.disk
    let outcome = try await machine.command("test").run { process in
      while !disk.exists("installing") { try await Task.sleep(for: .milliseconds(5)) }
      // To the whole group, as a terminal and `timeout` do.
      kill(-process, signal)
      try disk.write("", to: "signalled")
    }
    #expect(outcome.status == 128 + signal)
    #expect(machine.calls().contains("policy outlived the signal"))
    #expect(machine.calls().suffix(2) == units.map { "systemctl disable --now --quiet \($0)" })
    #expect(!machine.disk.exists(policy))
  }

  @Test func removesThePolicyOfARunThatWasKilled() async throws {
    var machine = try FakeMachine()
    machine.whileInstalling = #"touch "$SIGILO_ROOT/installing"; sleep 600"#
    let disk = machine.disk
    _ = try await machine.command("test").run { process in
      while !disk.exists("installing") { try await Task.sleep(for: .milliseconds(5)) }
      kill(-process, SIGKILL)
    }
    #expect(machine.disk.exists(policy))
    machine.whileInstalling = ""
    #expect(try await machine.command("test").run().status == 0)
    #expect(!machine.disk.exists(policy))
  }
}
