import Testing

@Suite struct PlaceholderPolicyTests {}
