"""A PCRE2 pattern in the nearest form that Rust's regex takes.

Possessive quantifiers become greedy and atomic groups plain; calls and back references become what their groups match; what
looks around is left out, so that the result matches all that the pattern does and more; a line feed, which no line holds, becomes
NUL.
"""
import re

_META = set(r"\.+*?()|[]{}^$#&-~")


def translate(pattern, caseless=False):
    tokens = _tokens(pattern)
    groups, named = _groups(tokens)
    text = _join(tokens, 0, len(tokens), groups, named, 0)
    return f"(?i:{text})" if caseless else f"(?:{text})"


def _tokens(pattern):
    """Characters, classes, quantifiers and parentheses, without blanks and comments where the pattern is extended."""
    tokens, place = [], 0
    extended = pattern.startswith("(?x)")
    while place < len(pattern):
        rest = pattern[place:]
        if extended and rest[0].isspace():
            place += 1
            continue
        if extended and rest[0] == "#":
            place += (rest + "\n").index("\n")
            continue
        for form in (
            r"\\x[0-9a-fA-F]{2}", r"\\.", r"\[\^?\]?(?:\\.|[^\]\\])*\]", r"\(\?\(DEFINE\)", r"\(\?&\w+\)", r"\(\?<\w+>",
            r"\(\?(?:<=|<!|=|!|>|:|[imsx]+:)", r"\(\?[imsx]+\)", r"\(", r"\)", r"(?:[*+?]|\{\d+(?:,\d*)?\})[+?]?", r".",
        ):
            found = re.match(form, rest, re.S)
            if found:
                tokens.append(found[0])
                place += len(found[0])
                break
    return tokens


def _end(tokens, start):
    """The place of the parenthesis that closes the one at `start`."""
    depth = 0
    for place in range(start, len(tokens)):
        if tokens[place] == ")":
            depth -= 1
        elif tokens[place].startswith("(") and not re.fullmatch(r"\(\?&\w+\)|\(\?[imsx]+\)", tokens[place]):
            depth += 1
        if depth == 0:
            return place
    raise ValueError("a parenthesis is not closed")


def _groups(tokens):
    groups, named = {}, {}
    for place, token in enumerate(tokens):
        name = re.fullmatch(r"\(\?<(\w+)>", token)
        if token == "(" or name:
            groups[len(groups) + 1] = (place + 1, _end(tokens, place))
            if name:
                named[name[1]] = groups[len(groups)]
    return groups, named


def _join(tokens, start, end, groups, named, depth):
    if depth > 16:
        raise ValueError("calls itself")
    out, place = [], start
    while place < end:
        token = tokens[place]
        if token == "(?(DEFINE)" or re.fullmatch(r"\(\?(?:<=|<!|=|!)", token):
            place = _end(tokens, place)
            # A quantifier of what is left out goes with it.
            if place + 1 < end and re.fullmatch(r"(?:[*+?]|\{\d+(?:,\d*)?\})[+?]?", tokens[place + 1]):
                place += 1
        elif re.fullmatch(r"\(\?&\w+\)", token):
            out.append("(?:" + _join(tokens, *named[token[3:-1]], groups, named, depth + 1) + ")")
        elif re.fullmatch(r"\\[1-9]", token):
            out.append("(?:" + _join(tokens, *groups[int(token[1])], groups, named, depth + 1) + ")")
        elif re.fullmatch(r"\(\?[imsx]+\)", token):
            out.append(token.replace("x", "").replace("(?)", ""))
        elif token.startswith("("):
            out.append("(?:" if not re.fullmatch(r"\(\?[ims]+:", token) else token)
        elif re.fullmatch(r"(?:[*+?]|\{\d+(?:,\d*)?\})\+", token):
            out.append(token[:-1])
        elif token.startswith("[") and len(token) > 1:
            out.append(_class(token))
        elif token in ("{", "}"):
            out.append("\\" + token)
        elif token == "\\n":
            out.append("\\x00")
        elif token != "\\K":
            out.append("".join(f"\\x{byte:02x}" for byte in token.encode()) if ord(token[0]) > 127 else _escape(token))
        place += 1
    return "".join(out)


def _escape(token):
    """Rust refuses to escape what needs no escaping."""
    if len(token) == 2 and token[0] == "\\" and not token[1].isalnum() and token[1] not in _META:
        return token[1]
    return "\\z" if token == "\\Z" else token


def _class(token):
    negative = token.startswith("[^")
    body = token[2 if negative else 1 : -1]
    parts = re.findall(r"\\x[0-9a-fA-F]{2}|\\.|.", body, re.S)
    parts = [
        "\\" + part if part in "[&~" or part == "-" and place in (0, len(parts) - 1) else _escape(part)
        for place, part in enumerate(parts)
    ]
    return ("[^" if negative else "[") + "".join(parts) + "]"
