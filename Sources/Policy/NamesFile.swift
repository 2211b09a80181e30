import Syntax
import Vocabulary

/// `names/*.yaml`: names that a source's software chose, not its users, so that a location may print them.
enum NamesFile {
  static let keys = ["version", "source", "families", "labels", "keys"]

  static func read(_ file: Fields) throws(Fault) -> Set<String> {
    _ = try file.text("source")
    return Set(try file.texts("families") + file.texts("labels") + file.texts("keys"))
  }
}
