/** Secrets are not read, whatever code asks of them: what comes of them is unknown, and no mistake. */
import { expect, it, test } from "vitest";
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import { collectUnknown } from "../../../server/src/clan/unread-files.ts";
import { collectFindings } from "../../../server/src/features/findings.ts";
import { MemoryFileSystem } from "../../../server/src/project/file-system.ts";
import { Workspace } from "../../../server/src/project/workspace.ts";
import { testParser } from "../helpers/parse.ts";

const parser = await testParser();
const secrets = [
  "/clan/vars/per-machine/web/ca/key/secret",
  "/clan/vars/shared/ca/key/secret",
  "/clan/vars/per-export/a/ca/key/secret",
  "/clan/sops/secrets/web-age.key/secret",
  "/clan/secrets/clan-vars/shared/ca/key/key.age",
  "/clan/secrets/wifi.age",
];

class Disk extends MemoryFileSystem {
  readonly read: string[] = [];

  override readFile(path: string): string | undefined {
    this.read.push(path);
    return super.readFile(path);
  }
}

function check(code: string) {
  const fileSystem = new Disk(
    new Map([
      ["/clan/clan.nix", `{ lib, ... }: { meta.name = "x"; inventory.machines.web = { }; ${code} }`],
      ["/clan/vars/per-machine/web/ca/cert/value", "public"],
      ["/clan/texts/secret", "only called alike"],
      ...secrets.map((path) => [path, "hidden"] as const),
    ]),
  );
  const snapshot = new Workspace({ fileSystem, parser, roots: ["/clan"] }).snapshot();
  const clans = evaluateClans(snapshot);
  const findings = collectFindings(snapshot, clans).map(({ code }) => code);
  const [clan] = clans;
  if (clan === undefined) throw new Error("no clan");
  const unknown = collectUnknown(clan, snapshot).map(({ reason }) => reason);
  return { findings, unknown, read: fileSystem.read, clan };
}

it.each(secrets)("%s", (secret) => {
  const path = `.${secret.slice("/clan".length)}`;
  const ways = [
    `builtins.readFile ${path}`,
    `lib.fileContents ${path}`,
    `builtins.hashFile "sha256" ${path}`,
    `"\${${path}}"`,
    `toString (import ${path})`,
    `(builtins.fromJSON (builtins.readFile ${path})).data`,
    `builtins.readFile (builtins.path { path = ${path}; })`,
    `toString (lib.importJSON ${path})`,
  ];
  for (const way of ways) {
    const { findings, read } = check(`meta.description = ${way};`);
    expect([way, findings]).toEqual([way, []]);
    expect(read).not.toContain(secret);
  }
});

test("the reason is told, and what is public is read", () => {
  const { unknown, clan } = check(
    `inventory.machines.\${builtins.readFile .${secrets[0]?.slice("/clan".length)}} = { };
     inventory.machines.db.description = builtins.readFile ./vars/per-machine/web/ca/cert/value;`,
  );
  expect(unknown.join()).toContain(`${secrets[0]} holds a secret, and secrets are not read`);
  expect(clan.tree.at("inventory", "machines", "db", "description")?.string()).toBe("public");
});

test("whether a secret is there is known, and files that are only called alike are read", () => {
  const { clan } = check(
    `inventory.machines.db.description = if builtins.pathExists .${secrets[0]?.slice("/clan".length)} then "yes" else "no";
     inventory.machines.nb.description = builtins.readFile ./texts/secret;`,
  );
  expect(clan.tree.at("inventory", "machines", "db", "description")?.string()).toBe("yes");
  expect(clan.tree.at("inventory", "machines", "nb", "description")?.string()).toBe("only called alike");
});
