public import Vocabulary

extension Service {
  /// Prometheus on loopback, without lifecycle or admin API, that logs warnings and worse.
  ///
  /// - Parameter config: Makes the configuration, given the port on which this Prometheus will listen; files that it
  ///   names are written into the folder.
  /// - Parameter flags: Further arguments, e.g. a shorter `--query.lookback-delta`.
  public static func prometheus(
    _ engine: Engine, parent: String? = nil, flags: [String] = [],
    config: @escaping @Sendable (_ port: Int, _ folder: WorkFolder) throws(Fault) -> [UInt8]
  ) -> Service {
    Service(engine, parent: parent) { port, folder throws(Fault) in
      let file = try folder.write(try config(port, folder), to: "prometheus.yaml")
      return [
        "--config.file=\(file)", "--storage.tsdb.path=\(folder.file("data"))",
        "--web.listen-address=127.0.0.1:\(port)", "--web.external-url=http://127.0.0.1:\(port)", "--log.level=warn",
      ] + flags
    }
  }

  /// Alertmanager on loopback, alone: it gossips with nobody.
  public static func alertmanager(
    _ engine: Engine, parent: String? = nil,
    config: @escaping @Sendable (_ port: Int, _ folder: WorkFolder) throws(Fault) -> [UInt8]
  ) -> Service {
    Service(engine, parent: parent) { port, folder throws(Fault) in
      let file = try folder.write(try config(port, folder), to: "alertmanager.yaml")
      return [
        "--config.file=\(file)", "--storage.path=\(folder.file("data"))", "--web.listen-address=127.0.0.1:\(port)",
        "--web.external-url=http://127.0.0.1:\(port)",
        "--cluster.listen-address=", "--log.level=warn",
      ]
    }
  }
}
