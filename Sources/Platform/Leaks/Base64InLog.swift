import Fleet
import Foundation
import Vocabulary

extension Leak {
  /// A site's own callback that logs request bodies in base64 and so passes every filter that looks for words.
  static let base64InLog: Leak = {
    var leak = Leak(
      .base64InLog, "a callback writes request bodies to LiteLLM's log in base64", source: .litellm, kind: .logFile,
      surface: .log, rule: "chat-message")
    leak.litellmAnswers = { scene, _ in
      let body = Data(chatBody(prompt: scene.prompt, model: scene.model).utf8).base64EncodedString()
      return ["\(scene.clock) - LiteLLM Proxy:WARNING: audit_callback.py:27 - request body \(body)"]
    }
    return leak
  }()
}
