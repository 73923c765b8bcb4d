/**
 * Reads the shell script in a Nix string.
 *
 *   script = "cat $in/ca/key > \"$out\"/copy";
 *   ->  one command: cat, argument $in /ca/key, redirect > to $out /copy
 */
import type { StringExpr } from "../ast.ts";
import { type NixParser, ParserEnded, type SyntaxNode, type Tree } from "../parser.ts";
import type { ShellCommand, ShellRedirect, ShellScript, ShellWord } from "./ast.ts";
import { scriptTextOf } from "./script-text.ts";
import { isWord, WordReader } from "./words.ts";

/** Nobody writes longer scripts into a string: 3,000 lines. */
const MAX_LENGTH = 200_000;

/** Commands that give variables a value which are not `name=value`. */
const assigning = new Set(["read", "mapfile", "readarray", "getopts", "unset"]);

/** Never throws; what cannot be read leaves the script `broken`. */
export function parseShell(parser: NixParser, string: StringExpr): ShellScript {
  const text = scriptTextOf(string);
  const unread = (): ShellScript => new ScriptReader(new WordReader(text, () => undefined)).script(true);
  if (text.text.length > MAX_LENGTH) return unread();
  let tree: Tree | undefined;
  try {
    tree = parser.parseShell(text.text);
    const reader = new ScriptReader(new WordReader(text, (node, depth) => reader.visit(node, false, depth)));
    reader.visit(tree.rootNode, false, 0);
    return reader.script(tree.rootNode.hasError);
  } catch (thrown) {
    if (!(thrown instanceof ParserEnded)) throw thrown;
    return unread();
  } finally {
    tree?.delete();
  }
}

type OpenCommand = { -readonly [K in keyof ShellCommand]: ShellCommand[K] };

class ScriptReader {
  private readonly commands: ShellCommand[] = [];
  private readonly functions = new Set<string>();
  private readonly assigned = new Set<string>();

  constructor(private readonly words: WordReader) {}

  script(broken: boolean): ShellScript {
    const { commands, functions, assigned, words } = this;
    return { commands, functions, assigned, broken: broken || words.tooDeep || words.misread };
  }

  /** Reads a statement or list of statements. `isOptional`: its failure does no harm. */
  visit(node: SyntaxNode, isOptional: boolean, depth: number): void {
    if (this.words.isTooDeep(depth)) return;
    switch (node.type) {
      case "command":
      case "declaration_command":
      case "unset_command":
      case "variable_assignment":
      case "test_command":
        this.readCommand(node, isOptional, depth);
        return;
      case "redirected_statement":
        this.readRedirected(node, isOptional, depth);
        return;
      case "function_definition":
        this.functions.add(node.childForFieldName("name")?.text ?? "");
        this.visitChildren(node, isOptional, depth);
        return;
      case "for_statement":
      case "case_statement":
      case "case_item":
        this.readHead(node, isOptional, depth);
        return;
      case "list":
      case "if_statement":
      case "elif_clause":
      case "while_statement":
      case "negated_command":
        this.visitConditional(node, isOptional, depth);
        return;
      default:
        // Of a function, for instance: `f() { …; } > file`.
        if (node.type.endsWith("_redirect")) this.readRedirect(node, this.open(isOptional), depth);
        else this.visitChildren(node, isOptional, depth);
    }
  }

  private visitChildren(node: SyntaxNode, isOptional: boolean, depth: number): void {
    for (const child of node.namedChildren)
      if (child !== null && !isWord(child)) this.visit(child, isOptional, depth + 1);
  }

  /** What stands before `||` or `then`, after `!`, or hangs on a condition that only Nix can tell, is optional. */
  private visitConditional(node: SyntaxNode, isOptional: boolean, depth: number): void {
    const children = node.children.filter((child) => child !== null);
    const then = children.findIndex(({ type }) => type === "||" || type === "then" || type === "do_group");
    const hangsOnNix =
      node.type !== "list" && children.slice(0, then).some(({ text }) => this.words.hasHole(text));
    for (const [index, child] of children.entries()) {
      if (!child.isNamed || isWord(child)) continue;
      const isCondition = node.type === "negated_command" || index < then;
      this.visit(child, isOptional || isCondition || hangsOnNix, depth + 1);
    }
  }

  private readCommand(node: SyntaxNode, isOptional: boolean, depth: number): void {
    const isTest = node.type === "test_command";
    const command = this.open(isOptional || isTest);
    if (isTest) command.name = this.words.literal("test", node);
    const [first] = node.children;
    if (node.type.startsWith("declaration") || node.type.startsWith("unset"))
      command.name = first && this.words.literal(first.text, first);
    if (node.type === "variable_assignment") this.readAssignment(node, command, depth);
    else this.readParts(node, command, depth);
    const args = command.args.map(({ parts: [part] }) => (part?.kind === "text" ? part.text : ""));
    const [name] = command.name?.parts ?? [];
    if (name?.kind === "text" && assigning.has(name.text)) for (const arg of args) this.assigned.add(arg);
  }

  private readParts(node: SyntaxNode, command: OpenCommand, depth: number): void {
    const args: ShellWord[] = [];
    let previousEnd = -1;
    for (const child of node.children) {
      if (child === null) continue;
      if (child.type === "command_name") command.name = this.words.read(child.firstChild ?? child, depth + 1);
      else if (child.type === "variable_assignment") this.readAssignment(child, command, depth);
      else if (child.type === "herestring_redirect" || child.type.endsWith("_redirect"))
        this.readRedirect(child, command, depth);
      else if (child.type.endsWith("_expression") && !isWord(child)) this.readTest(child, args, depth);
      else if (isWord(child) || child.type === "$") {
        // `exec {fd}> file`
        const [, handle] = /^\{(\w+)\}$/.exec(child.text) ?? [];
        if (handle !== undefined) this.assigned.add(handle);
        const word = this.words.read(child, depth + 1);
        // The grammar splits some words, such as `"$out"/$i.key`.
        const last = this.words.isOneWord(previousEnd, child.startIndex) ? args.pop() : undefined;
        args.push(last === undefined ? word : joined(last, word));
        previousEnd = child.endIndex;
      } else if (child.isNamed) this.visit(child, command.isOptional, depth + 1);
    }
    command.args = [...command.args, ...args];
  }

  /** The words of `-e $in/a && ! -s b` in brackets. */
  private readTest(node: SyntaxNode, args: ShellWord[], depth: number): void {
    for (const child of node.namedChildren) {
      if (child === null || this.words.isTooDeep(depth)) continue;
      if (isWord(child)) args.push(this.words.read(child, depth + 1));
      else if (child.type.endsWith("_expression")) this.readTest(child, args, depth + 1);
    }
  }

  private readAssignment(node: SyntaxNode, command: OpenCommand, depth: number): void {
    const name = node.childForFieldName("name");
    const value = node.childForFieldName("value");
    if (name !== null) this.assigned.add(/^\w*/.exec(name.text)?.[0] ?? "");
    if (value !== null) command.values = [...command.values, ...this.words.list(value, depth + 1)];
  }

  private readRedirected(node: SyntaxNode, isOptional: boolean, depth: number): void {
    const body = node.childForFieldName("body");
    const before = this.commands.length;
    if (body !== null) this.visit(body, isOptional, depth + 1);
    // They belong to the command, or where that is a loop or the like, stand for themselves.
    const only = this.commands.length === before + 1 ? this.commands[before] : undefined;
    const command = (only as OpenCommand | undefined) ?? this.open(isOptional);
    for (const child of node.children)
      if (child?.type.endsWith("_redirect")) this.readRedirect(child, command, depth);
  }

  private readRedirect(node: SyntaxNode, command: OpenCommand, depth: number): void {
    const children = node.children.filter((child) => child !== null);
    const operator = children.find(({ isNamed }) => !isNamed)?.type ?? "";
    const add = (word: ShellWord): void => {
      const redirect: ShellRedirect = { operator, word };
      command.redirects = [...command.redirects, redirect];
    };
    if (node.type !== "heredoc_redirect") {
      const [target, ...others] = this.wordsIn(children);
      if (target !== undefined) add(this.readWord(target, depth));
      this.readBehind(target, others, command, depth);
      return;
    }
    const isRaw = /["'\\]/.test(children.find(({ type }) => type === "heredoc_start")?.text ?? "");
    for (const child of children) {
      if (child.type === "heredoc_body") add(this.words.body(child, isRaw, depth + 1));
      else if (child.type.endsWith("_redirect")) this.readRedirect(child, command, depth);
      else if (isWord(child)) command.args = [...command.args, this.words.read(child, depth + 1)];
      else if (child.isNamed) this.visit(child, command.isOptional, depth + 1);
    }
  }

  /**
   * Words behind the target of a redirect, which the grammar takes for targets as well: arguments of the command
   * on the same line, and what stands on another one is the next command.
   */
  private readBehind(
    target: Pieces | undefined,
    others: readonly Pieces[],
    before: OpenCommand,
    depth: number,
  ): void {
    let command = before;
    let row = target?.at(-1)?.endPosition.row;
    for (const pieces of others) {
      const word = this.readWord(pieces, depth);
      if (pieces[0]?.startPosition.row === row) command.args = [...command.args, word];
      else {
        command = this.open(before.isOptional);
        command.name = word;
      }
      row = pieces.at(-1)?.endPosition.row;
    }
  }

  private wordsIn(nodes: readonly SyntaxNode[]): readonly Pieces[] {
    const words: SyntaxNode[][] = [];
    for (const node of nodes.filter(isWord)) {
      const last = words.at(-1);
      if (this.words.isOneWord(last?.at(-1)?.endIndex ?? -1, node.startIndex)) last?.push(node);
      else words.push([node]);
    }
    return words;
  }

  private readWord(pieces: Pieces, depth: number): ShellWord {
    return pieces.map((piece) => this.words.read(piece, depth + 1)).reduce(joined);
  }

  /** The words a `for` goes over or a `case` looks at, and what they do with them. */
  private readHead(node: SyntaxNode, isOptional: boolean, depth: number): void {
    const variable = node.childForFieldName("variable");
    if (variable !== null) this.assigned.add(variable.text);
    const command = this.open(isOptional);
    for (const child of node.namedChildren) {
      if (child === null || child.equals(variable ?? node)) continue;
      if (isWord(child)) command.args = [...command.args, this.words.read(child, depth + 1)];
      else this.visit(child, isOptional, depth + 1);
    }
  }

  private open(isOptional: boolean): OpenCommand {
    const command: OpenCommand = { name: undefined, args: [], values: [], redirects: [], isOptional };
    this.commands.push(command);
    return command;
  }
}

/** The nodes of one word, which the grammar may have split: `"$out"/$i.key`. */
type Pieces = readonly SyntaxNode[];

function joined(a: ShellWord, b: ShellWord): ShellWord {
  return { parts: [...a.parts, ...b.parts], start: a.start, end: b.end };
}
