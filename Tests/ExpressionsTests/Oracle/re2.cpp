// libre2 as a test oracle: reads a line "PATTERN TEXT" (hexadecimal, "-" for nothing), writes the match it finds.
#include <re2/re2.h>

#include <iostream>
#include <string>
#include <vector>

static std::string unhex(const std::string& text) {
  std::string out;
  if (text == "-") return out;
  for (size_t i = 0; i + 1 < text.size(); i += 2) out += static_cast<char>(std::stoi(text.substr(i, 2), nullptr, 16));
  return out;
}

int main() {
  std::string first, second;
  RE2::Options options;
  options.set_log_errors(false);
  while (std::cin >> first >> second) {
    RE2 pattern(unhex(first), options);
    if (!pattern.ok()) {
      std::cout << "refused\n";
      continue;
    }
    const std::string text = unhex(second);
    std::vector<re2::StringPiece> groups(1 + pattern.NumberOfCapturingGroups());
    if (!pattern.Match(text, 0, text.size(), RE2::UNANCHORED, groups.data(), static_cast<int>(groups.size()))) {
      std::cout << "none\n";
      continue;
    }
    for (const auto& group : groups) {
      if (group.data() == nullptr) {
        std::cout << "- ";
      } else {
        std::cout << group.data() - text.data() << "," << group.data() - text.data() + group.size() << " ";
      }
    }
    std::cout << "\n";
  }
}
