/**
 * What an option and all below it say, as plain data: to be compared with another state, and to be kept when the
 * evaluation it comes from is over.
 *
 *   { a = 1; b.c = ./x; }   ->   { children: { a: { text: "1" }, b: { children: { c: { text: "./x" } } } } }
 */
import type { Fingerprint } from "../../modules/fingerprint.ts";
import type { OptionNode } from "../../modules/option-node.ts";
import { walkOptions } from "../../modules/options-below.ts";

/** An option that is compared as a whole, or one that is compared by those below it. */
export interface OptionOutline {
  /** Absolute path of the file in which it is written first; undefined if that is not known. */
  readonly file: string | undefined;
  /** Undefined where it has options below. */
  readonly text: string | undefined;
  readonly children: ReadonlyMap<string, OptionOutline>;
}

export interface Outline {
  readonly root: OptionOutline;
  /** Absolute paths of files and folders that the values refer to. */
  readonly referred: ReadonlySet<string>;
  /** False where some of it was not looked at, because it is too deep, too large or takes too long. */
  readonly isWhole: boolean;
}

interface Drawn {
  readonly file: string | undefined;
  text: string | undefined;
  readonly children: Map<string, Drawn>;
}

interface Item {
  readonly option: OptionNode;
  readonly drawn: Drawn;
  readonly isEnd: boolean;
  /** It is a value that it lies in: `let all = { inherit all; }; in all`. */
  readonly isRepeated: boolean;
  readonly up: Item | undefined;
}

/** What a module argument says, or a part of it, by the names that lead there; undefined where there is none. */
export type Arguments = (names: readonly string[]) => Fingerprint | undefined;

const known = new WeakMap<OptionNode, Outline>();

/** Walks all of it when first asked. */
export function outlineOf(option: OptionNode, given: Arguments = () => undefined): Outline {
  const found = known.get(option) ?? draw(option, given);
  known.set(option, found);
  return found;
}

function draw(option: OptionNode, given: Arguments): Outline {
  const referred = new Set<string>();
  const entered = new Set<Item>();
  const root = itemOf(option);
  const arguments_ = new Map<string, Fingerprint | undefined>();
  const read = (names: readonly string[]): Fingerprint | undefined => {
    const key = names.join(".");
    if (!arguments_.has(key)) arguments_.set(key, given(names));
    return arguments_.get(key);
  };
  const walk = {
    optionOf: ({ option }: Item) => option,
    goesOn: ({ isEnd }: Item) => !isEnd,
    below: (item: Item): Item[] => {
      entered.add(item);
      return [...item.option.children()].map(([name, child]) => {
        const below = itemOf(child, item);
        item.drawn.children.set(name, below.drawn);
        return below;
      });
    },
  };
  const started: Item[] = [];
  let isWhole = true;
  for (const item of walkOptions(root, walk)) {
    started.push(item);
    if (!item.isEnd || item.isRepeated) continue;
    const found = item.option.fingerprint();
    if (found === undefined) isWhole = false;
    const parts = found === undefined ? [] : [found, ...found.reads.flatMap((names) => read(names) ?? [])];
    if (parts.length > 0) item.drawn.text = parts.map(({ text }) => text).join(" ");
    for (const { paths } of parts) for (const path of paths) referred.add(path);
  }
  for (const item of started) if (!item.isEnd && !entered.has(item)) isWhole = false;
  return { root: root.drawn, referred, isWhole };
}

function itemOf(option: OptionNode, up?: Item): Item {
  const isRepeated = liesInItself(option, up);
  const drawn: Drawn = { file: firstFile(option), text: undefined, children: new Map() };
  return { option, isEnd: isRepeated || isEnd(option), isRepeated, drawn, up };
}

function liesInItself({ definitions: [definition, ...others] }: OptionNode, up: Item | undefined): boolean {
  if (definition === undefined || others.length > 0 || definition.value.type !== "attrs") return false;
  for (let around = up; around !== undefined; around = around.up)
    if (around.option.definitions.some(({ value }) => value === definition.value)) return true;
  return false;
}

/** Compared as a whole. Of a list, places say nothing: a new first element moves all others. */
function isEnd(option: OptionNode): boolean {
  return option.type?.kind === "listOf" || isFlake(option) || option.children().size === 0;
}

/** `x.flake = self;`: a flake holds itself, and is compared as what it is: the folder it comes from. */
function isFlake(option: OptionNode): boolean {
  const isMarked = option.definitions.some(({ value }) => value.type === "attrs" && value.attrs.has("_type"));
  return isMarked && option.child("_type")?.string() === "flake";
}

/** Absolute; where the option is written first. */
export function firstFile(option: OptionNode | undefined): string | undefined {
  for (const { origins, keys, file } of option?.definitions ?? []) {
    const path = (keys[0] ?? origins[0])?.source.path ?? file;
    if (path !== undefined) return path;
  }
  return undefined;
}
