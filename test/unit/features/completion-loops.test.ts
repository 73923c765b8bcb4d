/** Completion in code that makes machines or generators for each member of a set or list. */
import { describe, expect, test } from "vitest";
import { completionLabels } from "./check-completion.ts";

/** `BODY` is the set with the cursor. */
const loops = [
  "lib.mapAttrs (name: v: BODY) { q = 1; }",
  "lib.mapAttrs' (name: v: lib.nameValuePair name BODY) { q = 1; }",
  "lib.mapAttrs' (name: v: { inherit name; value = BODY; }) { q = 1; }",
  'lib.genAttrs [ "q" ] (name: BODY)',
  `lib.genAttrs' [ "q" ] (name: lib.nameValuePair name BODY)`,
  "lib.concatMapAttrs (name: v: { ${name} = BODY; }) { q = 1; }",
  'lib.listToAttrs (map (name: { inherit name; value = BODY; }) [ "q" ])',
  'lib.listToAttrs (map (name: lib.nameValuePair name BODY) [ "q" ])',
  'lib.listToAttrs (lib.concatMap (name: [ { inherit name; value = BODY; } ]) [ "q" ])',
  `lib.foldl' (acc: name: acc // { \${name} = BODY; }) { } [ "q" ]`,
  'lib.foldr (name: acc: acc // { ${name} = BODY; }) { } [ "q" ]',
  "lib.foldlAttrs (acc: name: v: acc // { ${name} = BODY; }) { } { q = 1; }",
  'lib.mergeAttrsList (map (name: { ${name} = BODY; }) [ "q" ])',
  "lib.mergeAttrsList (lib.mapAttrsToList (name: v: { ${name} = BODY; }) { q = 1; })",
  'lib.mkMerge (map (name: { ${name} = BODY; }) [ "q" ])',
  "lib.zipAttrsWith (name: vs: BODY) [ { q = 1; } ]",
  "let make = name: v: BODY; in lib.mapAttrs make { q = 1; }",
  'let make = name: BODY; in lib.genAttrs [ "q" ] make',
  "lib.flip lib.mapAttrs { q = 1; } (name: v: BODY)",
];

/** With members, with none yet, with some that are not known, and with names that are not. */
const forms: readonly (readonly [string, (code: string) => string])[] = [
  ["members", (code) => code],
  ["none", (code) => code.replaceAll('"q"', "").replaceAll("q = 1;", "")],
  ["unknown", (code) => code.replaceAll('[ "q" ]', "unseen.x").replaceAll("{ q = 1; }", "unseen.y")],
  [
    "computed names",
    (code) =>
      code
        .replaceAll("nameValuePair name", 'nameValuePair "a-${unseen.z}"')
        .replaceAll("inherit name;", 'name = "a-${unseen.z}";')
        .replaceAll("${name}", '"a-${unseen.z}"'),
  ],
];

const isTurned = (code: string): boolean => code.includes("flip");

describe.each(forms)("%s", (form, change) => {
  test.each(loops.filter((code) => form === "members" || !isTurned(code)))("%s", async (code) => {
    const whole = (body: string): string => change(code).replace("BODY", body);
    for (const body of ["{ $0 }", "{ d$0 }"]) {
      const machines = `
        #- /clan/clan.nix
        { lib, unseen, ... }: { inventory.machines = ${whole(body)}; }`;
      expect(await completionLabels(machines)).toContain("deploy");
      const generators = `
        #- /clan/clan.nix
        { inventory.machines.web = { }; }
        #- /clan/machines/web/configuration.nix
        { lib, unseen, ... }: { clan.core.vars.generators = ${whole(body)}; }`;
      expect(await completionLabels(generators)).toContain("dependencies");
    }
  });
});

/** With the brackets that an editor closes by itself, and with none; what comes after them is not there yet. */
const halves: readonly (readonly [string, (text: string) => string])[] = [
  ["closed", (text) => `${text} ${closing(text)}\n        }`],
  ["open", (text) => text],
];

function closing(text: string): string {
  const open: string[] = [];
  for (const sign of text.replaceAll("${name}", ""))
    if ("([{".includes(sign)) open.unshift({ "(": ")", "[": "]", "{": "}" }[sign] ?? "");
    else if (")]}".includes(sign)) open.shift();
  return open.join("");
}

describe.each(halves)("half written, its brackets %s", (_, rest) => {
  // Where the function is written before what calls it, nothing calls it yet.
  test.each(loops.filter((code) => !isTurned(code) && !code.startsWith("let")))("%s", async (code) => {
    const [before = ""] = code.split("BODY");
    for (const body of ["{ $0", "{ d$0", "{ files.a = { }; d$0"]) {
      const generators = `
        #- /clan/clan.nix
        { inventory.machines.web = { }; }
        #- /clan/machines/web/configuration.nix
        { lib, unseen, ... }:
        { clan.core.vars.generators = ${rest(before + body)}`;
      expect(await completionLabels(generators)).toContain("dependencies");
    }
  });
});

test("roles, where the service is named beside them", async () => {
  const found = await completionLabels(`
    #- /clan/clan.nix
    { lib, unseen, ... }: {
      inventory.instances = lib.foldl' (all: name: all // { "x-\${name}" = { module.name = "sshd"; roles.$0 }; }) { } unseen.names;
    }`);
  expect(found).toEqual(["client", "server"]);
});
