/**
 * The tokens of Nix whose end depends on what surrounds them: text inside strings, and paths.
 *
 *   "a $${b} ${c}"    fragment `a $${b} `, then an interpolation
 *   a//b              an operator between names, not a path
 *   ./a/${b}.nix      path start `./a/`, an interpolation, fragment `.nix`
 *
 * The rules are those of Nix's lexer.l. The tokens and their order are those of tree-sitter-nix's grammar.
 */
#include <tree_sitter/parser.h>

enum Token {
  STRING_FRAGMENT,
  INDENTED_STRING_FRAGMENT,
  PATH_START,
  PATH_FRAGMENT,
  DOLLAR_ESCAPE,
  INDENTED_DOLLAR_ESCAPE,
  TOKEN_COUNT,
};

static void next(TSLexer *lexer) { lexer->advance(lexer, false); }

static bool is_space(int32_t c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

static bool is_path_char(int32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
         c == '-' || c == '+';
}

/** `\` before `$` in a string; any other escape is a token of the grammar. */
static bool scan_dollar_escape(TSLexer *lexer) {
  lexer->result_symbol = DOLLAR_ESCAPE;
  next(lexer);
  lexer->mark_end(lexer);
  return lexer->lookahead == '$';
}

/** `''` before `$`, or `''\` before `$`; the first quote is read already. */
static bool scan_indented_dollar_escape(TSLexer *lexer) {
  lexer->result_symbol = INDENTED_DOLLAR_ESCAPE;
  next(lexer);
  lexer->mark_end(lexer);
  if (lexer->lookahead == '$') return true;
  if (lexer->lookahead != '\\') return false;
  next(lexer);
  lexer->mark_end(lexer);
  return lexer->lookahead == '$';
}

/** Text up to an interpolation, an escape or the end. An unclosed string has no text: what follows is code. */
static bool scan_string_fragment(TSLexer *lexer) {
  lexer->result_symbol = STRING_FRAGMENT;
  for (bool found = false;; found = true) {
    lexer->mark_end(lexer);
    if (lexer->eof(lexer) || lexer->lookahead == '\0') return false;
    if (lexer->lookahead == '"' || lexer->lookahead == '\\') return found;
    bool dollar = lexer->lookahead == '$';
    next(lexer);
    if (!dollar) continue;
    if (lexer->lookahead == '{') return found;
    // `$` takes the next character along: `$${` opens nothing, `$$${` does.
    if (lexer->lookahead != '"' && lexer->lookahead != '\\' && !lexer->eof(lexer)) next(lexer);
  }
}

/** `found`: a lone quote before it is part of the text already. */
static bool scan_indented_string_fragment(TSLexer *lexer, bool found) {
  lexer->result_symbol = INDENTED_STRING_FRAGMENT;
  for (;; found = true) {
    lexer->mark_end(lexer);
    if (lexer->eof(lexer) || lexer->lookahead == '\0') return false;
    bool dollar = lexer->lookahead == '$';
    bool quote = lexer->lookahead == '\'';
    next(lexer);
    // Two quotes end the string or begin an escape.
    if (quote && lexer->lookahead == '\'') return found;
    if (!dollar) continue;
    if (lexer->lookahead == '{') return found;
    if (lexer->lookahead != '\'' && !lexer->eof(lexer)) next(lexer);
  }
}

/**
 * A path begins with a slash that has a name or an interpolation right behind it; `a//b` and `a/ b` are
 * operators. Once begun it runs over every slash.
 */
static bool scan_path_start(TSLexer *lexer) {
  lexer->result_symbol = PATH_START;
  while (is_space(lexer->lookahead)) lexer->advance(lexer, true);
  while (is_path_char(lexer->lookahead)) next(lexer);
  if (lexer->lookahead != '/') return false;
  next(lexer);
  lexer->mark_end(lexer);
  if (lexer->lookahead == '$') {
    next(lexer);
    return lexer->lookahead == '{';
  }
  if (!is_path_char(lexer->lookahead)) return false;
  while (is_path_char(lexer->lookahead) || lexer->lookahead == '/') next(lexer);
  lexer->mark_end(lexer);
  return true;
}

static bool scan_path_fragment(TSLexer *lexer) {
  lexer->result_symbol = PATH_FRAGMENT;
  while (is_path_char(lexer->lookahead) || lexer->lookahead == '/') next(lexer);
  lexer->mark_end(lexer);
  return true;
}

void *tree_sitter_nix_external_scanner_create(void) { return NULL; }
void tree_sitter_nix_external_scanner_destroy(void *payload) {}
unsigned tree_sitter_nix_external_scanner_serialize(void *payload, char *buffer) { return 0; }
void tree_sitter_nix_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {}

bool tree_sitter_nix_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
  // While it recovers from an error the parser holds every token valid; text would swallow code then.
  bool recovering = true;
  for (int token = 0; token < TOKEN_COUNT; token++) recovering = recovering && valid[token];
  if (recovering) return false;

  if (valid[STRING_FRAGMENT])
    return lexer->lookahead == '\\' ? scan_dollar_escape(lexer) : scan_string_fragment(lexer);
  if (valid[INDENTED_STRING_FRAGMENT]) {
    if (lexer->lookahead != '\'') return scan_indented_string_fragment(lexer, false);
    next(lexer);
    return lexer->lookahead == '\'' ? scan_indented_dollar_escape(lexer)
                                    : scan_indented_string_fragment(lexer, true);
  }
  // A fragment follows its path without a space; else a new path may begin.
  if (valid[PATH_FRAGMENT] && (is_path_char(lexer->lookahead) || lexer->lookahead == '/'))
    return scan_path_fragment(lexer);
  return valid[PATH_START] && scan_path_start(lexer);
}
