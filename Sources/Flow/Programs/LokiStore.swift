import Syntax

/// A store of objects in which Loki keeps what it was sent.
///
/// Source: grafana/loki pkg/storage/factory.go, pkg/storage/chunk/client and pkg/storage/bucket (3.6): the same settings stand under
/// `common.storage`, `storage_config`, its `named_stores` and its `object_store`.
struct LokiStore {
  /// The address, or the store itself where it needs none.
  var place: (pointer: String, value: PositionedValue)
  /// Nil for a company's own service.
  var host: HostName?

  private struct Kind {
    /// As the configuration calls it.
    var names: Set<String>
    /// Keys of addresses.
    var addresses: [String]
    /// Keys of what is kept there; with one of them and no address it is the company's.
    var buckets: [String] = []
  }

  private static let kinds = [
    Kind(names: ["aws", "s3"], addresses: ["endpoint", "s3"], buckets: ["bucketnames", "bucket_name"]),
    Kind(names: ["gcs"], addresses: [], buckets: ["bucket_name"]),
    Kind(names: ["azure"], addresses: ["endpoint_suffix"], buckets: ["account_name", "connection_string"]),
    Kind(names: ["alibaba", "alibabacloud", "bos", "cos"], addresses: ["endpoint"]),
    Kind(names: ["swift"], addresses: ["auth_url"]),
  ]

  /// Stores that are set up, in the order of the document.
  static func all(in document: PositionedValue) -> [LokiStore] {
    let settings = ["common.storage", "storage_config", "common.storage.object_store", "storage_config.object_store"]
    let named = ["storage_config.named_stores.*", "storage_config.object_store.named_stores.*"]
    let plain = settings.flatMap { DocumentPath("\($0).*").entries(in: document) }
    let others = named.flatMap { path in
      DocumentPath("\(path).*").entries(in: document).map { entry in
        (kind: String(entry.pointer.split(separator: "/").dropLast().last ?? ""), entry)
      }
    }
    return (plain.map { (String($0.pointer.split(separator: "/").last ?? ""), $0) } + others).compactMap {
      name, entry in
      kinds.first { $0.names.contains(name) }.flatMap { LokiStore($0, entry) }
    }
  }

  private init?(_ kind: Kind, _ entry: DocumentPath.Entry) {
    for key in kind.addresses {
      guard let value = entry.value[key], value.string != "" else { continue }
      guard let host = HostName(value.string ?? "") else { return nil }
      place = ("\(entry.pointer)/\(key)", value)
      self.host = host
      return
    }
    guard kind.buckets.contains(where: { entry.value[$0] != nil }) else { return nil }
    place = (entry.pointer, entry.place)
  }
}
