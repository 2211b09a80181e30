extension Fleet {
  /// The commented inventory that `sigilo bundle init` writes and that an audit without `--fleet` uses.
  public static let defaultText: [UInt8] = Array((FleetFiles.files["default.yaml"] ?? "").utf8)

  /// The fleet of `defaultText`.
  public static let `default`: Fleet = {
    do {
      return try parse(defaultText, path: "default.yaml")
    } catch {
      preconditionFailure("the embedded inventory does not parse: \(error)")
    }
  }()
}
