/// Names of labels that say by themselves that they hold what was said, or who said it, whatever metric bears them.
///
/// Sources: OpenTelemetry's semantic conventions for generative AI 1.37 (`gen_ai.prompt` and `gen_ai.completion` of before,
/// `gen_ai.input.messages`, `gen_ai.output.messages`, `gen_ai.system_instructions`, `gen_ai.tool.call.arguments` and `.result`),
/// with `_` for the points as Prometheus writes them; the fields of OpenAI's chat, completions and responses requests that hold
/// text; headers of HTTP that a client writes.
enum ConversationLabels {
  private static let names: Set<String> = [
    "gen_ai_prompt", "gen_ai_completion", "gen_ai_input_messages", "gen_ai_output_messages",
    "gen_ai_system_instructions", "gen_ai_tool_call_arguments", "gen_ai_tool_call_result",
    "prompt", "system_prompt", "user_prompt", "prompt_text", "completion", "completion_text", "messages",
    "user_message", "chat_message", "message_content", "user_input", "user_query", "instructions", "conversation",
    "user_agent", "http_user_agent", "x_request_id",
  ]

  static func contains(_ label: String) -> Bool { names.contains(label) }
}
