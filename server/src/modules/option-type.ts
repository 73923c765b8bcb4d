/**
 * Option declarations as data: what an option may hold, whether it must be set, what it defaults to.
 * Written by hand for the clan tree (`clan/schema`), read from the catalogue for bundled services,
 * converted from Nix values (`mkOption`) for services whose source is at hand.
 */

import type { Thunk } from "../nix/thunk.ts";
import type { Failure, Outcome } from "../nix/value.ts";
import type { Node } from "../syntax/ast.ts";

export type OptionType = TypeShape & {
  /** Predicates a value must fulfil besides, where it is merged (`types.addCheck`). */
  readonly checks?: readonly Thunk[] | undefined;
};

type TypeShape =
  | { readonly kind: "bool" }
  | { readonly kind: "int"; readonly min?: number; readonly max?: number }
  | { readonly kind: "float" }
  /** `pattern`: a POSIX extended regular expression the whole string must match. */
  | {
      readonly kind: "str";
      readonly pattern?: string;
      readonly nonEmpty?: boolean;
      readonly meaning?: Meaning;
      /** Several definitions are joined with it (`types.lines`, `types.separatedString`). */
      readonly separator?: string;
      /** A newline at the end is taken off (`types.singleLineStr`). */
      readonly singleLine?: boolean;
    }
  | {
      readonly kind: "enum";
      readonly values: readonly (string | number | boolean | null)[];
      /** By what people write for it: the value they mean. */
      readonly meant?: Readonly<Record<string, string>>;
    }
  | { readonly kind: "path" }
  | { readonly kind: "package" }
  | { readonly kind: "nullOr"; readonly of: OptionType }
  | { readonly kind: "listOf"; readonly of: OptionType; readonly nonEmpty?: boolean }
  | {
      readonly kind: "attrsOf";
      readonly of: OptionType;
      readonly lazy?: boolean;
      readonly keyMeaning?: Meaning;
      /** Definitions that are not seen may add names, but nothing to those that are there. */
      readonly separate?: boolean;
      /** Of two definitions of a name the later replaces the earlier (`types.attrs`). */
      readonly shallow?: boolean;
    }
  | SubmoduleType
  /** Like `of`, but may be defined only once (`types.uniq`, `types.unique`). */
  | { readonly kind: "unique"; readonly of: OptionType }
  /** Tried in order; the first that accepts the definition's shape is the one that is meant. */
  | { readonly kind: "either"; readonly of: readonly OptionType[] }
  | {
      readonly kind: "coercedTo";
      readonly from: OptionType;
      readonly to: OptionType;
      /** The function, where it is at hand; without it the converted value is Unknown. */
      readonly coerce?: Thunk | undefined;
    }
  /** A module kept for another evaluation (a machine's configuration, a service); never looked into here. */
  | { readonly kind: "deferredModule" }
  /** `settings`: JSON-able data, one definition a path; its own schema is chosen by `settingsOf`. */
  | { readonly kind: "settings" }
  | { readonly kind: "functionTo"; readonly of: OptionType }
  | { readonly kind: "raw" }
  /** `unspecified`: merged as an option without a type is, by putting lists and sets together. */
  | { readonly kind: "anything"; readonly unspecified?: boolean }
  /** Of an option, or a level of options, whose declaration is not seen (undeclared.ts). */
  | { readonly kind: "undeclared" }
  /** A type we cannot read: everything is accepted. `description` is shown to people. */
  | {
      readonly kind: "opaque";
      readonly description: string;
      /** What is wrong with the declaration, where it is not only unknown. */
      readonly failure?: Failure | undefined;
      /** Nothing at all is known of it, also not whether it makes something else of its definitions. */
      readonly isHidden?: boolean;
      /** How its definitions are merged, a function of the path and of `{ file, value }`s. */
      readonly merge?: Thunk | undefined;
    };

/** A set of options. Definitions are modules: a set, a function or a path. */
export interface SubmoduleType {
  readonly kind: "submodule";
  /** Where `modules` are given, the options as documentation shows them: arguments unknown. */
  readonly options: OptionSet;
  /** A definition that is a set holds only options: `config`, `imports` and `options` are no keywords in it. */
  readonly shorthandOnly?: boolean;
  /** A plain level of the option tree (`options.a.b`), not an option: `mkIf` and `mkForce` reach through it. */
  readonly group?: boolean;
  /** Modules that declare the options, for types that come from Nix code. */
  readonly modules?: readonly Thunk[];
  /** Options beside those of `modules`: declared as data, of an option that was declared both ways. */
  readonly base?: OptionSet;
  /** Modules of another `_class` do not belong here. */
  readonly class?: string;
  /** Arguments of those modules and of the definitions, beside `config`, `options`, `lib` and `name`. */
  readonly specialArgs?: ReadonlyMap<string, Thunk>;
}

/** What a name or a string stands for in a clan; drives completion, unknown-name rules and rename. */
export type Meaning =
  | "machine"
  | "tag"
  | "instance"
  | "role"
  | "service"
  | "input"
  | "setting"
  | "generator"
  | "option"
  /** What services export to each other by (`peer`, `endpoints`). */
  | "interface"
  /** An SSH address. */
  | "host";

export interface OptionSet {
  readonly options: ReadonlyMap<string, Option>;
  /** Type of attributes that are not declared; undefined: they are errors. */
  readonly freeform?: OptionType | undefined;
  /** A part of the declarations could not be read (why): undeclared names prove nothing. */
  readonly open?: string | undefined;
}

export interface Option {
  readonly type: OptionType;
  /** One line or a paragraph, Markdown. */
  readonly description?: string | undefined;
  /** Nix text of the default as a person would write it; undefined: none. */
  readonly default?: string | undefined;
  /** Nix text of a value a person might write. */
  readonly example?: string | undefined;
  /** No default, and the type has no empty value. */
  readonly required: boolean;
  readonly readOnly?: boolean | undefined;
  /** Most people set it: it is offered before others. */
  readonly usual?: boolean | undefined;
  /** Hardly anybody sets it by hand. */
  readonly rare?: boolean | undefined;
  /** Declared for the module set's own use: nobody is offered it. */
  readonly internal?: boolean | undefined;
  readonly deprecated?: string | undefined;
  /** The option was taken away: what to write instead. Defining it is an error. */
  readonly removed?: string | undefined;
  /** The default as a value, where native evaluation needs it. */
  readonly defaultValue?: Thunk | undefined;
  /** What it evaluates to. */
  readonly defaultOutcome?: Outcome | undefined;
  /** What is defined here counts for this path of the same option set instead (`mkRenamedOptionModule`). */
  readonly aliasOf?: readonly string[] | undefined;
  /** A function the merged value goes through before others see it. */
  readonly apply?: Thunk | undefined;
  /** Where it is declared, if in a file at hand. */
  readonly declared?: readonly Node[] | undefined;
}
