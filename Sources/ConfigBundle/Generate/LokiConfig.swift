/// Loki, small: one process, files on disk, limits that leave no room for prose.
///
/// Keys and defaults: Loki 3.7.6.
enum LokiConfig {
  static let yaml = """
    auth_enabled: false

    server:
      http_listen_port: 3100
      # At "info" Loki logs the text of every query several times.
      log_level: warn

    common:
      path_prefix: /var/lib/loki
      replication_factor: 1
      ring:
        kvstore:
          store: inmemory
      storage:
        filesystem:
          chunks_directory: /var/lib/loki/chunks
          rules_directory: /var/lib/loki/rules

    schema_config:
      configs:
        - from: 2024-01-01
          store: tsdb
          object_store: filesystem
          schema: v13
          index:
            prefix: index_
            period: 24h

    # What the lines need that contracts claim; their labels are job and node, and they carry no metadata.
    limits_config:
      max_line_size: 2KB
      max_line_size_truncate: false
      max_label_name_length: 32
      max_label_value_length: 64
      max_label_names_per_series: 5
      allow_structured_metadata: false
      discover_log_levels: false
      reject_old_samples: true
      retention_period: 720h

    compactor:
      working_directory: /var/lib/loki/compactor
      retention_enabled: true
      delete_request_store: filesystem

    analytics:
      reporting_enabled: false

    """
}
