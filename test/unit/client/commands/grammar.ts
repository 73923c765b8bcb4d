/**
 * The part of clan's command line that is run from the editor, as its own parser takes it: operands and options of
 * each leaf command (clan-core, `clan_cli/`).
 *
 *   parseClan(["machines", "update", "web", "--debug"])   ->   { leaf: "machines update", operands: ["web"], options: { "--debug": [] } }
 */

interface Leaf {
  /** How many operands it takes, at least and at most. */
  readonly operands: readonly [number, number];
  /** Options by name: how many values each takes. Those of all leaf commands are left out. */
  readonly options?: Readonly<Record<string, number>>;
}

const any = Number.POSITIVE_INFINITY;
const machines = { operands: [0, any] } as const;
const one = { operands: [1, 1] } as const;
const two = { operands: [2, 2] } as const;
const none = { operands: [0, 0] } as const;

const leaves: Readonly<Record<string, Leaf>> = {
  show: none,
  "machines update": { ...machines, options: { "--target-host": 1 } },
  "machines build": { ...machines, options: { "--dry-run": 0 } },
  "machines list": none,
  "machines generations": machines,
  "machines create": { ...one, options: { "--template": 1, "--target-host": 1 } },
  "machines install": { ...one, options: { "--target-host": 1, "--yes": 0 } },
  "machines update-hardware-config": { ...one, options: { "--target-host": 1, "--yes": 0 } },
  "machines delete": one,
  "vars generate": { ...machines, options: { "--generator": 1, "--regenerate": 0 } },
  "vars check": { ...machines, options: { "--generator": 1 } },
  "vars fix": { ...machines, options: { "--generator": 1 } },
  "vars list": one,
  "vars get": two,
  "vars set": two,
  "vars upload": { ...one, options: { "--directory": 1 } },
  "vars keygen": { ...none, options: { "--user": 1, "--force": 0 } },
  "secrets list": { operands: [0, 1] },
  "secrets set": { ...one, options: { "--group": 1, "--machine": 1, "--user": 1, "--edit": 0 } },
  "secrets get": one,
  "secrets remove": one,
  "secrets users add": { operands: [1, 2], options: { "--force": 0, "--age-key": 1, "--pgp-key": 1 } },
  "secrets users remove": one,
  "secrets users add-secret": two,
  "secrets users remove-secret": two,
  "secrets machines add-secret": two,
  "secrets machines remove-secret": two,
  "secrets groups add-user": two,
  "secrets groups remove-user": two,
  "secrets groups add-machine": two,
  "secrets groups remove-machine": two,
  "secrets groups add-secret": two,
  "secrets groups remove-secret": two,
  "secrets users list": none,
  "secrets machines list": none,
  "secrets groups list": none,
  "secrets key show": none,
  "backups list": { ...one, options: { "--provider": 1 } },
  "backups create": { ...one, options: { "--provider": 1 } },
  "backups restore": { operands: [3, 3], options: { "--service": 1 } },
  ssh: { operands: [0, 1], options: { "--remote-command": any } },
  "network ping": { ...one, options: { "--network": 1 } },
  "network overview": none,
};

const ofAllLeaves = { "--debug": 0, "--option": 2, "--flake": 1 };

export interface ParsedLine {
  readonly leaf: string;
  readonly operands: readonly string[];
  readonly options: Readonly<Record<string, readonly string[]>>;
}

/** Throws where clan would refuse it: `argparse` takes whatever begins with a dash for an option. */
export function parseClan(line: readonly string[]): ParsedLine {
  const depth = line.findIndex((_word, index) => line.slice(0, index + 1).join(" ") in leaves) + 1;
  const leaf = line.slice(0, depth).join(" ");
  const grammar = leaves[leaf];
  if (grammar === undefined) throw new Error(`no leaf command: ${line.join(" ")}`);
  const operands: string[] = [];
  const options: Record<string, readonly string[]> = {};
  for (let index = depth; index < line.length; index++) {
    const word = line[index] ?? "";
    if (!word.startsWith("-")) {
      operands.push(word);
      continue;
    }
    const [name = "", ...value] = word.split("=");
    const count = { ...ofAllLeaves, ...grammar.options }[name];
    if (count === undefined) throw new Error(`clan ${leaf} has no option ${name}`);
    const values = value.length > 0 ? [value.join("=")] : line.slice(index + 1, index + 1 + count);
    if (values.length !== count || (value.length === 0 && values.some((one) => one.startsWith("-"))))
      throw new Error(`clan ${leaf} ${name} takes ${count} values`);
    options[name] = values;
    if (value.length === 0) index += count;
  }
  const [least, most] = grammar.operands;
  if (operands.length < least || operands.length > most)
    throw new Error(`clan ${leaf} takes no ${operands.length} operands`);
  return { leaf, operands, options };
}
