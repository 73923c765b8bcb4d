/**
 * Settings of a role as plain data, with the defaults of its interface.
 *
 *   { certificate.enable: bool, default "true" }  with nothing defined   ->   data(["certificate", "enable"]) = true
 */
import type { OptionNode } from "../../modules/option-node.ts";
import type { Option, OptionSet, OptionType } from "../../modules/option-type.ts";

export class Settings {
  /** `declared`: the options of `node`. Where there is no node, all have their defaults. */
  constructor(
    private readonly node: OptionNode | undefined,
    private readonly declared: OptionSet,
  ) {}

  /** What is defined, or the default; undefined where that is not known. */
  data(path: readonly string[]): unknown {
    const written = this.written(path);
    if (written !== undefined) return written === UNKNOWN ? undefined : written;
    return parseDefault(optionAt(this.declared, path)?.default);
  }

  /** What is defined: undefined if nothing is, `UNKNOWN` where that is not known. */
  written(path: readonly string[]): unknown {
    let at = this.node;
    for (const name of path) {
      if (at === undefined) return undefined;
      const next: OptionNode | undefined = at.child(name);
      if (next === undefined && at.open !== undefined) return UNKNOWN;
      at = next;
    }
    if (at === undefined) return undefined;
    return at.data() ?? UNKNOWN;
  }

  /** The attributes of an `attrsOf` submodule; undefined where they are not all known. */
  entries(name: string): readonly (readonly [string, Settings])[] | undefined {
    const type = this.declared.options.get(name)?.type;
    const node = this.node?.child(name);
    if ((node ?? this.node)?.open !== undefined || type?.kind !== "attrsOf") return undefined;
    const inner = optionsOf(type.of);
    return [...(node?.children() ?? [])].map(([key, child]) => [key, new Settings(child, inner)] as const);
  }
}

const UNKNOWN = Symbol("not known");

function optionAt(declared: OptionSet, path: readonly string[]): Option | undefined {
  let options: OptionSet = declared;
  let option: Option | undefined;
  for (const name of path) {
    option = options.options.get(name);
    if (option === undefined) return undefined;
    options = optionsOf(option.type);
  }
  return option;
}

function optionsOf(type: OptionType): OptionSet {
  return type.kind === "submodule" ? type.options : { options: new Map() };
}

/** Nix text of a default that JSON can say as well. */
function parseDefault(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  if (text === "[ ]") return [];
  if (text === "{ }") return {};
  if (text.includes("${")) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
