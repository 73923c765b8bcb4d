import { expect, test } from "vitest";
import { clanLs } from "./terminal.ts";

const fixture = `
  #- /work/clan.nix
  {
    inventory.machines.db = { };
    machines.db.clan.core.settings.state-version.enable = false;
    inventory.instances.mesh = { module.name = "wireguard"; roles.peer.machines.db = { }; };
  }
  #- /work/machines/web/configuration.nix
  { foreign, ... }: {
    imports = [ foreign.module ];
    clan.core.settings.state-version.enable = false;
    clan.core.vars.generators.cert = {
      files."cert.pem".secret = false;
      files.key = { };
      prompts.domain = { };
      dependencies = [ "root" ];
    };
    clan.core.vars.generators.root = { share = true; files.key.deploy = false; };
  }
  #- /work/vars/per-machine/web/cert/cert.pem/value
  PEM
  #- /work/vars/shared/root/key/secret
  sops
  #- /work/vars/per-machine/db/old/token/secret
  sops
`;

test("generators of each machine, those they depend on first, and what is left over", async () => {
  const { code, out, err } = await clanLs(["vars"], fixture);
  expect([code, err]).toEqual([0, ""]);
  expect(out).toBe(`db
  wireguard-keys-mesh  missing
    privatekey  secret, missing
    publickey  public, missing
  wireguard-network-mesh  missing
    suffix  public, missing
web
  root (shared)  generated
    key  secret, there
  cert (needs root)  partly
    cert.pem  public, there
    key  secret, missing
  … perhaps others: the module argument ‘foreign’ is not known while modules are still being put together
left over, of no generator
  vars/per-machine/db/old
`);
});

test("the same as JSON, with what is not known", async () => {
  const { out } = await clanLs(["vars", "--format", "json"], fixture);
  const { version, machines, orphans, unknown } = JSON.parse(out);
  expect(version).toBe(1);
  expect(Object.keys(machines)).toEqual(["db", "web"]);
  expect(machines.web.generators[1]).toEqual({
    name: "cert",
    share: false,
    conditional: false,
    origin: { kind: "configuration" },
    dependencies: ["root"],
    files: {
      "cert.pem": { secret: false, deploy: true, exists: true },
      key: { secret: true, deploy: true, exists: false },
    },
    prompts: { domain: { type: "line", persist: false } },
    state: "partly",
  });
  expect(machines.db.generators[0].origin).toEqual({
    kind: "catalogue",
    instance: "mesh",
    service: "wireguard",
  });
  expect(orphans).toEqual([{ path: "vars/per-machine/db/old", generator: "old", machine: "db" }]);
  expect(unknown).toEqual([
    expect.objectContaining({
      path: "machines.web.clan.core.vars.generators",
      file: "machines/web/configuration.nix",
    }),
  ]);
});

test("bad usage", async () => {
  const { code, err } = await clanLs(["vars", "--format", "sarif"], fixture);
  expect([code, err]).toEqual([2, "clan-ls: there is no format sarif; there are: text, json\n"]);
});
