/**
 * What is declared for a machine's configuration: the generators of vars, and the few other options that clan
 * gives a value for. All others are undeclared: NixOS itself is not evaluated.
 *
 *   machineOptions({ machine: "web", directory: "/clan", meta })  ->  clan.core.vars.generators, networking.hostName, …
 */
import type { Option, OptionSet, OptionType } from "../../modules/option-type.ts";
import { withUndeclared } from "../../modules/undeclared.ts";
import { bool, string, unknown } from "../../nix/make.ts";
import { Thunk } from "../../nix/thunk.ts";
import { coreOptions, varsOptions } from "./core-options.ts";
import { generatorsOption } from "./generator-options.ts";

export interface MachineFacts {
  readonly machine: string;
  readonly machineClass: "nixos" | "darwin";
  /** The clan's folder, if it is known. */
  readonly directory: string | undefined;
  readonly name: string | undefined;
  readonly domain: string | undefined;
  /** Whether clan's recommended defaults count for the machine: what is set where nobody says otherwise. */
  readonly isRecommended: Thunk;
}

/** Where a machine's generators are. */
export const generatorsPath = ["clan", "core", "vars", "generators"] as const;

export function machineOptions({
  machine,
  machineClass,
  directory,
  name,
  domain,
  isRecommended,
}: MachineFacts): OptionSet {
  const settings = group({
    machine: group({ name: valued(machine), description: valued(undefined), icon: valued(undefined) }),
    directory: valued(directory),
    name: valued(name),
    domain: valued(domain),
    icon: valued(undefined),
    tld: valued(undefined),
    "state-version": offered(
      "The version of NixOS the machine was installed with.",
      group({
        enable: offered("Whether clan writes it down and sets `system.stateVersion`.", truth(isRecommended)),
      }),
    ),
    "machine-id": offered(
      "What `/etc/machine-id` says.",
      group({
        enable: {
          ...offered("Whether clan generates it once, for good.", truth(Thunk.of(bool(false)))),
          default: "false",
        },
      }),
    ),
  });
  return withUndeclared({
    options: new Map<string, Option>([
      [
        "clan",
        offered(
          "What clan sets up on the machine.",
          group({
            core: offered(
              "Options of clan itself.",
              group({
                ...coreOptions(machineClass),
                settings: offered("What clan sets for its machines.", settings),
                enableRecommendedDefaults: {
                  ...offered("Whether clan's defaults for servers apply.", truth(Thunk.of(bool(true)))),
                  default: "true",
                },
                vars: offered(
                  "Secrets and other files that are generated.",
                  group({ ...varsOptions, generators: generatorsOption }),
                  true,
                ),
              }),
              true,
            ),
          }),
          true,
        ),
      ],
      [
        "networking",
        offered(
          // A level of NixOS, which its own options say more of.
          undefined,
          group({
            hostName: offered("Name of the machine in the network: its name in the clan.", valued(machine)),
          }),
        ),
      ],
    ]),
  });
}

/** As one that completion offers. */
function offered(description: string | undefined, option: Option, usual = false): Option {
  return { ...option, internal: undefined, description, usual };
}

/** An option with a value unless somebody gives it another. */
function valued(text: string | undefined): Option {
  const value =
    text === undefined ? unknown("the clan does not say it in a way that is known") : string(text);
  return { type: { kind: "anything" }, required: false, internal: true, defaultValue: Thunk.of(value) };
}

function truth(defaultValue: Thunk): Option {
  return { type: { kind: "bool" }, required: false, internal: true, defaultValue };
}

function group(options: Readonly<Record<string, Option>>): Option {
  const type: OptionType = {
    kind: "submodule",
    group: true,
    options: { options: new Map(Object.entries(options)) },
  };
  return { type, required: false, internal: true };
}
