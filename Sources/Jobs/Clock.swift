import Foundation

/// The time that may stand in outputs: `SOURCE_DATE_EPOCH` where it is set, so that equal inputs give equal bytes.
///
/// Source: https://reproducible-builds.org/specs/source-date-epoch/
struct RunDate: Sendable {
  /// Seconds since 1970, only where the environment fixes them.
  let fixed: Int64?
  /// Today in UTC, `YYYY-MM-DD`, which decides whether an exception still holds.
  let today: String

  init(environment: [String: String], now: Date) {
    fixed = environment["SOURCE_DATE_EPOCH"].flatMap { Int64($0) }
    let date = fixed.map { Date(timeIntervalSince1970: Double($0)) } ?? now
    today = String(date.ISO8601Format().prefix(10))
  }
}
