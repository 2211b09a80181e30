import Foundation
import Testing

@testable import Syntax

/// Templates of other projects, an optional part of the evaluation data.
@Suite(.enabled(if: Shared.isThere, "no evaluation data"))
struct GoTemplateFilesTests {
  /// What Go's parser says with Alertmanager's functions: all but those written for other programs, which name functions of theirs.
  @Test func realFiles() throws {
    let foreign = ["prometheus-msteams", "giantswarm", "metalmatze"]
    let files = Shared.files("corpora/real/templates")
    for file in files {
      let bytes = try Array(Data(contentsOf: URL(filePath: Shared.root + "/" + file)))
      let isForeign = foreign.contains { file.contains("/\($0)+") }
      #expect(((try? GoTemplate(bytes, dialect: .alertmanager)) == nil) == isForeign, "\(file)")
    }
    #expect(files.count > 10)
  }
}
