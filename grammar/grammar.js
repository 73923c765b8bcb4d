/**
 * Nix as people write it today: the grammar of the tree-sitter-nix package, extended with what its
 * 0.0.2 release does not know and kept from what Nix does not know.
 *
 *   { lib, pkgs, }: …      a trailing comma in formals
 *   xs |> map f            the pipe operators, below every other operator
 *   f <| g <| x
 *   ~/${x}                 a home path that begins with an interpolation
 *   inherit (x);           no name at all
 *   [ x or ]               `or` behind a value is an argument of it: one element
 *   let a = in a           a keyword is never a name, so that half-written code ends where it ends
 *
 * Built into tree-sitter-nix.wasm by `npm run build:grammar`, together with scanner.c.
 */
const nix = require("tree-sitter-nix/grammar");

// Nix gives both pipes the same level and forbids mixing them; the parser needs an order to accept a
// mixture at all, and lowering reports it.
const PIPE_FROM = -2;
const PIPE_INTO = -1;

module.exports = grammar(nix, {
  name: "nix",

  // No other white space: Nix refuses a no-break space.
  extras: ($) => [/[ \t\r\n]+/, $.comment],

  word: ($) => $.identifier,

  reserved: {
    global: () => ["if", "then", "else", "assert", "with", "let", "in", "rec", "inherit", "or"],
  },

  rules: {
    // A comment ends at a lone CR too, as every line does in Nix.
    comment: () => token(choice(seq("#", /[^\r\n]*/), seq("/*", /[^*]*\*+([^/*][^*]*\*+)*/, "/"))),

    // `~/${x}` is a path as well; `~/` alone is reported by lowering.
    _hpath_start: () => /~\/[a-zA-Z0-9._\-+/]*/,

    formals: ($) =>
      seq(
        "{",
        optional(
          choice(
            field("ellipses", $.ellipses),
            seq(
              field("formal", $.formal),
              repeat(seq(",", field("formal", $.formal))),
              optional(seq(",", optional(field("ellipses", $.ellipses)))),
            ),
          ),
        ),
        "}",
      ),

    binary_expression: ($, original) =>
      choice(
        original,
        prec.left(
          PIPE_INTO,
          seq(field("left", $._expr_op), field("operator", "|>"), field("right", $._expr_op)),
        ),
        prec.right(
          PIPE_FROM,
          seq(field("left", $._expr_op), field("operator", "<|"), field("right", $._expr_op)),
        ),
      ),

    _expr_select_expression: ($, original) => choice(original, alias($._or_application, $.apply_expression)),
    _or_application: ($) =>
      seq(field("function", $._expr_simple), field("argument", alias($._or_variable, $.variable_expression))),
    _or_variable: ($) => field("name", alias("or", $.identifier)),

    inherit: ($) => seq("inherit", optional(field("attrs", $.inherited_attrs)), ";"),
    inherit_from: ($) =>
      seq(
        "inherit",
        "(",
        field("expression", $._expression),
        ")",
        optional(field("attrs", $.inherited_attrs)),
        ";",
      ),
    attrpath: ($) => seq(attr($), repeat(seq(".", attr($)))),
    inherited_attrs: ($) => repeat1(attr($)),
  },
});

/** One name of an attribute path; `or` is a name there. */
function attr($) {
  return field("attr", choice($.identifier, alias("or", $.identifier), $.string_expression, $.interpolation));
}
