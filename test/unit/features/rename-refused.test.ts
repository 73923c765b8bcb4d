/** Renames that are refused, and what is said then. */
import { describe, expect, test } from "vitest";
import { checkRename, refusal } from "./check-rename.ts";

describe("refused", () => {
  const machines = (more: string) => `{ inventory.machines.we$0b = { }; ${more} }`;

  test.each([
    [
      "a name that is taken",
      machines("inventory.machines.db = { };"),
      "db",
      "The machine `db` is there already.",
    ],
    [
      "no hostname",
      machines(""),
      "my pc",
      "`my pc` is not a hostname: letters, digits and `-` inside, at most 63.",
    ],
    [
      "a predefined tag",
      '{ inventory.instances.sshd.roles.server.tags = [ "al$0l" ]; }',
      "x",
      "The tag `all` is predefined: clan itself gives it.",
    ],
    [
      "a role of clan-core",
      "{ inventory.instances.sshd.roles.ser$0ver = { }; }",
      "x",
      "The role `server` is declared by the service `sshd`, which comes from clan-core.",
    ],
    [
      "a role that the service has not",
      "{ inventory.instances.sshd.roles.per$0.machines.web = { }; }",
      "server",
      "`sshd` has no role `per`: write one that it has. Roles: `client`, `server`.",
    ],
    [
      "a role that an own service has not",
      `{
        inventory.instances.i = { module = { name = "own"; input = "self"; }; roles.per$0 = { }; };
        modules.own = { _class = "clan.service"; manifest.name = "own"; roles.peer.perInstance = { }: { }; };
      }`,
      "x",
      "`own` has no role `per`: write one that it has. Roles: `peer`.",
    ],
    [
      "a role of a service that is not there",
      '{ inventory.instances.i = { module.name = "nope"; roles.pe$0er = { }; }; }',
      "x",
      "`clan-core` has no service `nope`: write the name of one that is there.",
    ],
    [
      "a service that is not there",
      '{ inventory.instances.i = { module.name = "no$0pe"; roles.peer = { }; }; }',
      "sshd",
      "`clan-core` has no service `nope`: write the name of one that is there.",
    ],
    [
      "a machine that is not there, by the name of one that is",
      "{ inventory.machines.web = { }; inventory.instances.sshd.roles.server.machines.wb$0 = { }; }",
      "web",
      "There is no machine `wb` that could be renamed. If `web` is meant, write that.",
    ],
    [
      "a tag that is not there, by the name of one that is",
      '{ inventory.machines.web.tags = [ "srv" ]; inventory.instances.sshd.roles.server.tags.sv$0 = { }; }',
      "srv",
      "There is no tag `sv` that could be renamed. If `srv` is meant, write that.",
    ],
    [
      "characters that no hostname has, and the name had not",
      machines(""),
      "web_1",
      "`web_1` is not a hostname: letters, digits and `-` inside, at most 63.",
    ],
    [
      "a name that is computed",
      'let n = "b"; in { inventory.machines."we${n}" = { }; inventory.tags.x = [ "we$0b" ]; }',
      "x",
      'The name `web` is computed in clan.nix, line 1, by `"we${n}"`: change that instead.',
    ],
    [
      "what means something by its name",
      'let nodes = { we$0b = { }; }; in { inventory.machines = builtins.mapAttrs (n: _: if n < "webb" then { tags = [ "srv" ]; } else { }) nodes; }',
      "x",
      "That would change the clan. Machine `x`, its tags, would be all, nixos, not all, nixos, srv.",
    ],
    [
      "a variable of that name",
      "{ inventory.machines = rec { we$0b = { }; db = web; }; }",
      "x",
      "That would change the clan. Machine `db`, its tags, would be all, not all, nixos.",
    ],
    ["nothing", "{ inventory = { }; $0 }", "x", "There is nothing here that has a name in the clan."],
  ])("%s", async (_title, fixture, name, reason) => {
    expect(await refusal(fixture, name)).toBe(reason);
  });
});

test("characters that a machine's name has already stay possible", async () => {
  await checkRename("{ inventory.machines.w_1$0 = { }; }", "w_2", "{ inventory.machines.w_2 = { }; }");
  const dotted = '{ inventory.machines."w.1$0" = { }; }';
  await checkRename(dotted, "w.2", '{ inventory.machines."w.2" = { }; }');
  expect(await refusal(dotted, "w_2")).toContain("is not a hostname");
});
