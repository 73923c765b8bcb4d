/**
 * Nix as people write it today: the grammar of the tree-sitter-nix package, extended with what its
 * 0.0.2 release does not know.
 *
 *   { lib, pkgs, }: …      a trailing comma in formals
 *   xs |> map f            the pipe operators, below every other operator
 *   f <| g <| x
 *   ~/${x}                 a home path that begins with an interpolation
 *
 * Built into tree-sitter-nix.wasm by `npm run build:grammar`.
 */
const nix = require("tree-sitter-nix/grammar");

// Nix gives both pipes the same level and forbids mixing them; the parser needs an order to accept a
// mixture at all, and lowering reports it.
const PIPE_FROM = -2;
const PIPE_INTO = -1;

module.exports = grammar(nix, {
  name: "nix",

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
  },
});
