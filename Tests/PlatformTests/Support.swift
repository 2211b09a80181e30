import Fleet
import Foundation
import Syntax

@testable import Platform

extension PlatformModel {
  /// The labels and values of one series name over all targets of a job.
  func samples(_ job: ScrapeJob, _ name: String) -> [MetricFamily.Sample] {
    targets.filter { $0.job == job }
      .flatMap { families(of: $0, only: [name]) }.flatMap(\.samples).filter { $0.name == name }
  }

  func values(_ job: ScrapeJob, _ name: String) -> [Double] { samples(job, name).map(\.value) }
}

extension MetricFamily.Sample {
  subscript(label: String) -> String? { labels.first { $0.name == label }?.value }
}

enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
}

/// The optional evaluation data beside the checkout; tests that read it skip where it is missing.
enum Shared {
  static let samples: URL = {
    let named = ProcessInfo.processInfo.environment["SIGILO_SHARED"].map { URL(filePath: $0) }
    let root = named ?? Repository.root.deletingLastPathComponent().appending(path: "shared")
    return root.appending(path: "facts/samples")
  }()

  static var isThere: Bool { FileManager.default.fileExists(atPath: samples.path) }
}
