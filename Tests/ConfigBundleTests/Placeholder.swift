import Testing

@Suite struct PlaceholderConfigBundleTests {}
