import Testing

@Suite struct PlaceholderAuditTests {}
