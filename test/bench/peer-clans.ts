/**
 * Clans for a comparison with other language servers, and the same amount of text for servers of other languages: so
 * many machines and instances of one service, in one file or in one for each ten.
 *
 *   makePeerClan("one file", 35)   ->   { files { flake.nix, clan.nix }, edited: "clan.nix", … }
 */

export const peerArrangements = ["one file", "a file for ten"] as const;
export type PeerArrangement = (typeof peerArrangements)[number];

export interface PeerProject {
  /** Text by path relative to the folder. */
  readonly files: ReadonlyMap<string, string>;
  /** The file that is typed in. */
  readonly edited: string;
  readonly language: string;
  /** In it: where a letter makes a word wrong that is right without it. */
  readonly typeAt: number;
  readonly letter: string;
}

const MARK = "⟨⟩";
const EACH = 10;
/** What nil finds behind each key on its line: it tells nothing where its findings are those it told before. */
const UNUSED = "let unused = 1; in { }";

const FLAKE = `{
  inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
  outputs = { self, clan-core, ... }: {
    clan = clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; };
  };
}
`;

/** The role of an instance in the middle is what is misspelt. */
export function makePeerClan(arrangement: PeerArrangement, size: number): PeerProject {
  const all = Array.from({ length: size }, (_, index) => index);
  const middle = Math.floor(size / 2);
  const files = new Map([["flake.nix", FLAKE]]);
  let edited = "clan.nix";
  if (arrangement === "one file") files.set(edited, module(all, middle, '  meta.name = "bench";\n'));
  else {
    const parts = all.filter((index) => index % EACH === 0);
    const imports = parts.map((first) => `./parts/${first}.nix`).join(" ");
    files.set("clan.nix", `{\n  meta.name = "bench";\n  imports = [ ${imports} ];\n}\n`);
    for (const first of parts)
      files.set(`parts/${first}.nix`, module(all.slice(first, first + EACH), middle));
    edited = `parts/${middle - (middle % EACH)}.nix`;
  }
  return marked(files, edited, "nix", "x");
}

function module(indices: readonly number[], middle: number, more = ""): string {
  const machines = indices.map(
    (index) =>
      `    m${index} = {\n      tags = [ "t${index % 7}" "all-hands" ];\n      deploy.targetHost = "root@m${index}.example.org";\n    };\n`,
  );
  const instances = indices.map(
    (index) =>
      `    b${index} = {\n      module.name = "borgbackup";\n      roles.client${index === middle ? MARK : ""}.machines.m${index} = ${index === middle ? UNUSED : "{ }"};\n      roles.server.machines.m${index}.settings.directory = "/srv/b${index}";\n    };\n`,
  );
  return `{\n${more}  inventory.machines = {\n${machines.join("")}  };\n  inventory.instances = {\n${instances.join("")}  };\n}\n`;
}

/** Of about the same size. */
export function makeShell(size: number): PeerProject {
  const middle = Math.floor(size / 2);
  const functions = Array.from(
    { length: size },
    (_, index) =>
      `backup_${index}() {\n  local target="root@m${index}.example.org"\n  if [ -n "$target" ]; then${index === middle ? MARK : ""}\n    rsync -a "/srv/b${index}" "$target:/srv" && echo "done ${index}"\n  fi\n}\n`,
  );
  return marked(
    new Map([["backup.sh", `#!/bin/bash\n${functions.join("")}`]]),
    "backup.sh",
    "shellscript",
    "(",
  );
}

/** Of about the same size. */
export function makeYaml(size: number): PeerProject {
  const middle = Math.floor(size / 2);
  const entries = Array.from(
    { length: size },
    (_, index) =>
      `  m${index}:\n    tags: ["t${index % 7}", all-hands${index === middle ? MARK : ""}]\n    host: root@m${index}.example.org\n    backup:\n      client: m${index}\n      directory: /srv/b${index}\n`,
  );
  return marked(new Map([["machines.yaml", `machines:\n${entries.join("")}`]]), "machines.yaml", "yaml", "[");
}

function marked(files: Map<string, string>, edited: string, language: string, letter: string): PeerProject {
  const text = files.get(edited) ?? "";
  files.set(edited, text.replace(MARK, ""));
  return { files, edited, language, typeAt: text.indexOf(MARK), letter };
}
