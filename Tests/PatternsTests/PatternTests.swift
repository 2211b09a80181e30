import Testing

@testable import Patterns

@Suite struct PatternTests {}
