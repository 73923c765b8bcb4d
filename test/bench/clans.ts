/**
 * Clans of any size, as people arrange them: everything in one clan.nix, or one file a machine that a `readDir`
 * finds. Machines have tags, hosts and settings; instances have several roles.
 *
 *   makeClan("one file", 100)   ->   files { flake.nix, clan.nix }, and where a person types: inside machine 50
 */

export const arrangements = ["one file", "a file each"] as const;
export type Arrangement = (typeof arrangements)[number];

export interface BenchClan {
  /** Text by path relative to the clan's folder. */
  readonly files: ReadonlyMap<string, string>;
  /** What plain Nix can evaluate: the clan without its flake. */
  readonly data: string;
  /** The file a person types in, and where: right after a letter of a machine's target host. */
  readonly edited: string;
  readonly typeAt: number;
  /** In the same file: within the quotes of a new tag. */
  readonly completeAt: number;
}

const FLAKE = `{
  inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
  outputs = { self, clan-core, ... }: {
    inherit (clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; }) config;
    clan = self.config;
  };
}
`;

const HOST_MARK = "⟨host⟩";
const TAG_MARK = "⟨tag⟩";

export function makeClan(arrangement: Arrangement, size: number): BenchClan {
  const names = Array.from({ length: size }, (_, index) => machineName(index));
  const middle = Math.floor(size / 2);
  const body = (index: number): string => machineBody(index, index === middle);
  const [machines, edited] =
    arrangement === "one file"
      ? [`{\n${names.map((name, index) => `    ${name} = ${body(index)};\n`).join("")}  }`, "clan.nix"]
      : [READ_MACHINES, `inventory/${machineName(middle)}.nix`];
  const files = new Map([
    ["flake.nix", FLAKE],
    ["clan.nix", `{\n  meta.name = "bench";\n  inventory.machines = ${machines};\n${instances(names)}}\n`],
  ]);
  if (arrangement === "a file each")
    for (const [index, name] of names.entries()) files.set(`inventory/${name}.nix`, `${body(index)}\n`);
  const marked = files.get(edited) ?? "";
  const typeAt = marked.indexOf(HOST_MARK);
  const completeAt = marked.indexOf(TAG_MARK) - HOST_MARK.length;
  files.set(edited, marked.replace(HOST_MARK, "").replace(TAG_MARK, ""));
  return { files, data: "clan.nix", edited, typeAt, completeAt };
}

const READ_MACHINES = `
    let
      files = builtins.attrNames (builtins.readDir ./inventory);
      load = file: {
        name = builtins.replaceStrings [ ".nix" ] [ "" ] file;
        value = import (./inventory + "/\${file}");
      };
    in
    builtins.listToAttrs (map load files)`;

const KINDS = ["web", "db", "build", "desk", "edge"];
const PLACES = ["berlin", "oslo", "porto", "lyon"];

function machineName(index: number): string {
  return `${KINDS[index % KINDS.length]}-${index}`;
}

/** Laptops of another class, racks of twenty machines, and a description now and then. */
function machineBody(index: number, isEdited: boolean): string {
  const [host, tag] = isEdited ? [HOST_MARK, TAG_MARK] : ["", ""];
  const kind = KINDS[index % KINDS.length];
  const tags = [kind, PLACES[index % PLACES.length], `rack-${Math.floor(index / 20)}`];
  const lines = [`deploy.targetHost = "root@${kind}-${index}${host}.example.org";`];
  if (kind === "desk") lines.push('machineClass = "darwin";');
  if (index % 20 === 0) lines.push(`description = "Number \${toString ${index}} in the rack";`);
  lines.push(
    `tags = [ ${tags.map((name) => `"${name}"`).join(" ")} "${tag}${tag === "" ? "all-hands" : ""}" ];`,
  );
  return `{\n${lines.map((line) => `      ${line}\n`).join("")}    }`;
}

/** Services with roles by tag and by name; every fifth machine has settings of its own in one of them. */
function instances(names: readonly string[]): string {
  const [first = ""] = names;
  const own = names
    .filter((_, index) => index % 5 === 0)
    .map(
      (name, index) =>
        `    machines.${name}.settings = { host = "${name}.example.org"; port = ${2200 + (index % 50)}; };\n`,
    );
  return `  inventory.instances = {
    zerotier.roles = {
      controller.machines.${first} = { };
      moon.machines.${first}.settings.stableEndpoints = [ "198.51.100.1" ];
      peer.tags.all = { };
    };
    sshd.roles = {
      server.tags.all.settings.certificate.searchDomains = [ "example.org" ];
      client.tags.all = { };
    };
    backup = {
      module.name = "borgbackup";
      roles.client.tags = [ "web" "db" ];
      roles.client.settings.startAt = "*-*-* 03:00:00";
      roles.server.machines.${first}.settings.directory = "/srv/backup";
    };
    internet.roles.default = {
${own.join("")}    };
  };
`;
}
