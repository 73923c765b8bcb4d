import { expect, test } from "vitest";
import { collectInlayHints } from "../../../server/src/features/inlay-hints.ts";
import { queryAtCursor } from "../helpers/feature.ts";

/** The text of the file with `$0`, with its hints in ⟨⟩. Those before `$0` are not asked for. */
async function withHints(fixture: string): Promise<string> {
  const { query, text } = await queryAtCursor(fixture);
  const hints = collectInlayHints(
    query,
    { start: query.offset, end: text.length },
    { tags: true, services: true },
  );
  return hints.reduceRight(
    (shown, { offset, label, tooltip }) =>
      `${shown.slice(0, offset)}⟨${label}${tooltip === undefined ? "" : `: ${tooltip}`}⟩${shown.slice(offset)}`,
    text.trimEnd(),
  );
}

const clan = (code: string) => `
  $0{ imports = [ ./machines.nix ]; ${code} }
  #- /clan/machines.nix
  { inventory.machines = { web.tags = [ "srv" ]; db.tags = [ "srv" ]; tv = { }; }; }
`;
const shown = (code: string) => `{ imports = [ ./machines.nix ]; ${code} }`;

const instance = (code: string) => `inventory.instances.mesh = { module.name = "zerotier"; ${code} };`;

test.each([
  ["a tag of a set", 'roles.peer.tags."srv" = { };', 'roles.peer.tags."srv"⟨2 machines: db, web⟩ = { };'],
  ["a tag of a list", 'roles.peer.tags = [ "srv" ];', 'roles.peer.tags = [ "srv"⟨2 machines: db, web⟩ ];'],
  [
    "a predefined tag",
    "roles.peer.tags.all.settings = { };",
    "roles.peer.tags.all⟨3 machines: db, tv, web⟩.settings = { };",
  ],
  ["a tag no machine has", "roles.peer.tags.old = { };", "roles.peer.tags.old⟨0 machines⟩ = { };"],
])("%s says how many machines it means", async (_what, code, expected) => {
  expect(await withHints(clan(instance(code)))).toBe(shown(instance(expected)));
});

test("nothing is counted where there may be more machines", async () => {
  const code = 'inventory.machines = builtins.fetchurl "x"; inventory.instances.a.roles.b.tags.all = { };';
  expect(await withHints(`$0{ ${code} }`)).toBe(`{ ${code} }`);
});

test("an instance that names no module says its service", async () => {
  expect(await withHints("$0{ inventory.instances.sshd = { }; }")).toMatch(
    /^\{ inventory\.instances\.sshd⟨service: [^⟩]+⟩ = \{ \}; \}$/,
  );
  expect(await withHints("$0{ inventory.instances.nonsense = { }; }")).not.toContain("⟨");
});

test("only in the part that is asked for", async () => {
  const code = "inventory.machines.web = { }; inventory.instances.a.roles";
  expect(await withHints(`{ ${code}.b.tags.all = { }; $0${code}.c.tags.all = { }; }`)).toBe(
    `{ ${code}.b.tags.all = { }; ${code}.c.tags.all⟨1 machine: web⟩ = { }; }`,
  );
});
