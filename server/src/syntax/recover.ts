/**
 * Makes the most of a region the parser gave up on, so that half-written code keeps its meaning: whole
 * bindings around the error stay bindings, and what was opened but not closed is closed at the end.
 *
 *   { pkgs, ... }: { a = 1; b = { c = 2;     ->   lambda { a = 1; b = { c = 2; } } (broken)
 *
 * A small pushdown machine over the children of the error, which are tokens and whole sub-expressions.
 */
import type { AttrName, BinaryOp, BindingLike, Expr, Formal, Param, Source } from "./ast.ts";
import type { Item } from "./build.ts";

/** The bindings in the children of an error inside an attribute set or `let`. */
export function recoverBindings(items: readonly Item[], source: Source): readonly BindingLike[] {
  const machine = new Recovery(source, new Frame("set", items[0]?.start ?? 0));
  return machine.read(items).bindings;
}

/** The expression that the children of an error most likely stand for; an `error` node if nothing whole. */
export function recoverExpr(items: readonly Item[], source: Source, start: number, end: number): Expr {
  const machine = new Recovery(source, new Frame("group", start));
  const top = machine.read(items);
  return top.value ?? { kind: "error", source, start, end, children: [] };
}

/** What was opened: an attribute set, the bindings of a `let`, a list, or parentheses / the top. */
type Opened = "set" | "let" | "list" | "group";

/** An opened construct that waits for its end. */
class Frame {
  readonly bindings: BindingLike[] = [];
  readonly elements: Expr[] = [];
  readonly formals: Formal[] = [];
  ellipsis = false;
  recursive = false;
  /** `a.b` seen, and whether the `=` after it. */
  path: readonly AttrName[] = [];
  assigned = false;
  /** The value under construction, what joins the next operand to it, and what wraps it in the end. */
  value: Expr | undefined;
  operator: BinaryOp | undefined;
  wrappers: ((body: Expr) => Expr)[] = [];

  constructor(
    readonly opened: Opened,
    readonly start: number,
  ) {}
}

const operators = new Set<string>(["//", "++", "+", "|>", "<|", "->", "&&", "||", "==", "!="]);

class Recovery {
  private readonly frames: Frame[];
  private recursive = false;
  /** A function header that has been read up to its colon. */
  private param: Param | undefined;
  /** `with` or `assert` seen: the next expression is its subject. */
  private prefix: "with" | "assert" | undefined;

  constructor(
    private readonly source: Source,
    top: Frame,
  ) {
    this.frames = [top];
  }

  /** Reads everything and closes what is still open; the outermost frame. */
  read(items: readonly Item[]): Frame {
    let end = 0;
    for (const item of items) {
      this.readItem(item);
      end = item.end;
    }
    while (this.frames.length > 1) this.close(end);
    this.finishValue(this.top, end);
    return this.top;
  }

  private get top(): Frame {
    return this.frames[this.frames.length - 1] as Frame;
  }

  private readItem(item: Item): void {
    if (item.missing) return;
    const built = item.built;
    if (item.type === "attrpath") this.startPath(built as readonly AttrName[]);
    else if (item.type === "identifier" || item.type === "keyword") this.readName(item);
    else if (item.type === "formals") this.readFormals(item);
    else if (item.type === "binding_set") this.addBindings(built as readonly BindingLike[]);
    else if (built === undefined) this.readToken(item);
    else if (!Array.isArray(built)) this.readNode(built as Exclude<typeof built, readonly unknown[]>);
  }

  private readNode(node: Exclude<NonNullable<Item["built"]>, readonly unknown[]>): void {
    if (node.kind === "binding" || node.kind === "inherit") this.addBindings([node]);
    else if (node.kind === "formal") this.top.formals.push(node);
    else if (node.kind === "error") for (const child of node.children) this.accept(child);
    else if (node.kind !== "text" && node.kind !== "interpolation") this.accept(node as Expr);
  }

  private readToken(item: Item): void {
    const frame = this.top;
    switch (item.type) {
      case "{":
        this.open("set", item.start);
        this.top.recursive = this.recursive;
        this.recursive = false;
        return;
      case "rec":
        this.recursive = true;
        return;
      case "let":
        this.open("let", item.start);
        return;
      case "in":
        this.closeLet(item);
        return;
      case "[":
        this.open("list", item.start);
        return;
      case "(":
        this.open("group", item.start);
        return;
      case "}":
      case "]":
      case ")":
        if (this.frames.length > 1) this.close(item.end);
        return;
      case "=":
        frame.assigned = frame.path.length > 0;
        return;
      case ";":
        this.finishValue(frame, item.end);
        return;
      case ":":
        if (this.param !== undefined) frame.wrappers.push(lambda(this.param, this.source));
        this.param = undefined;
        return;
      case "with":
      case "assert":
        this.prefix = item.type;
        return;
      case "ellipses":
        frame.ellipsis = true;
        return;
      default:
        if (operators.has(item.type)) frame.operator = item.type as BinaryOp;
    }
  }

  private open(opened: Opened, start: number): void {
    this.frames.push(new Frame(opened, start));
  }

  /** A lone name: the beginning of a path, or a function's argument if a colon follows. */
  private readName(item: Item): void {
    const base = { source: this.source, start: item.start, end: item.end };
    const name = this.source.text.slice(item.start, item.end);
    this.param = {
      kind: "param",
      ...base,
      name: { kind: "identifier", ...base, name },
      formals: undefined,
      ellipsis: false,
    };
    this.startPath([{ kind: "attr-name", ...base, quoted: false, name, expr: undefined }]);
  }

  private readFormals(item: Item): void {
    const formals = item.children.filter((child) => child.field === "formal").map((c) => c.built as Formal);
    this.param = {
      kind: "param",
      source: this.source,
      start: item.start,
      end: item.end,
      name: undefined,
      formals,
      ellipsis: true,
    };
  }

  private startPath(path: readonly AttrName[]): void {
    const frame = this.top;
    if (frame.assigned) return;
    frame.path = path;
  }

  private addBindings(bindings: readonly BindingLike[]): void {
    const frame = [...this.frames].reverse().find((f) => f.opened === "set" || f.opened === "let");
    frame?.bindings.push(...bindings);
  }

  /** Joins an operand to the value under construction, by application unless an operator was read. */
  private accept(expr: Expr): void {
    const frame = this.top;
    if (this.prefix !== undefined) {
      frame.wrappers.push(prefixed(this.prefix, expr, this.source));
      this.prefix = undefined;
      return;
    }
    if (frame.opened === "list") {
      frame.elements.push(expr);
      return;
    }
    if (frame.value === undefined) {
      frame.value = expr;
      return;
    }
    const base = { source: this.source, start: frame.value.start, end: expr.end };
    frame.value =
      frame.operator === undefined
        ? { kind: "apply", ...base, fn: frame.value, arg: expr }
        : { kind: "binary", ...base, op: frame.operator, left: frame.value, right: expr };
    frame.operator = undefined;
  }

  /** Ends the value under construction; in a set or `let` it becomes a binding if it has a path. */
  private finishValue(frame: Frame, end: number): void {
    const value = frame.value && frame.wrappers.reduceRight((body, wrap) => wrap(body), frame.value);
    if (frame.opened === "set" || frame.opened === "let") {
      const [first] = frame.path;
      if (first !== undefined && frame.assigned)
        frame.bindings.push({
          kind: "binding",
          source: this.source,
          start: first.start,
          end,
          path: frame.path,
          value: value ?? { kind: "error", source: this.source, start: end, end, children: [] },
        });
      frame.value = undefined;
    } else {
      frame.value = value;
    }
    frame.path = [];
    frame.assigned = false;
    frame.wrappers = [];
  }

  private closeLet(item: Item): void {
    const frame = this.top;
    if (frame.opened !== "let") return;
    this.finishValue(frame, item.start);
    this.frames.pop();
    this.top.wrappers.push((body) => ({
      kind: "let",
      source: this.source,
      start: frame.start,
      end: body.end,
      bindings: frame.bindings,
      body,
      broken: true,
    }));
  }

  private close(end: number): void {
    const frame = this.frames.pop() as Frame;
    if (frame.opened === "set" && (frame.formals.length > 0 || frame.ellipsis)) {
      this.param = {
        kind: "param",
        source: this.source,
        start: frame.start,
        end,
        name: undefined,
        formals: frame.formals,
        ellipsis: true,
      };
      return;
    }
    this.finishValue(frame, end);
    const base = { source: this.source, start: frame.start, end };
    if (frame.opened === "set" || frame.opened === "let")
      this.accept({
        kind: "attrset",
        ...base,
        recursive: frame.recursive || frame.opened === "let",
        legacyLet: false,
        bindings: frame.bindings,
        broken: true,
      });
    else if (frame.opened === "list")
      this.accept({ kind: "list", ...base, elements: frame.elements, broken: true });
    else if (frame.value !== undefined) this.accept(frame.value);
  }
}

function lambda(param: Param, source: Source): (body: Expr) => Expr {
  return (body) => ({ kind: "lambda", source, start: param.start, end: body.end, param, body });
}

function prefixed(kind: "with" | "assert", subject: Expr, source: Source): (body: Expr) => Expr {
  return (body) => {
    const base = { source, start: subject.start, end: body.end, body };
    return kind === "with"
      ? { kind: "with", ...base, scope: subject }
      : { kind: "assert", ...base, condition: subject };
  };
}
