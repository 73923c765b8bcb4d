import { expect, test } from "vitest";
import descriptions from "../../../server/src/clan/catalogue/descriptions.json" with { type: "json" };
import { removedSettings } from "../../../server/src/clan/catalogue/removed-settings.ts";
import generated from "../../../server/src/clan/catalogue/services.json" with { type: "json" };
import { catalogue, unavailableServices } from "../../../server/src/clan/catalogue/services.ts";
import type { ServiceRole } from "../../../server/src/clan/model.ts";
import { collectFindings } from "../../../server/src/features/findings.ts";
import type { Option, OptionSet, OptionType } from "../../../server/src/modules/option-type.ts";

import { queryAtCursor } from "../helpers/feature.ts";

function role(service: string, name: string): ServiceRole {
  return catalogue.get(service)?.roles.get(name) ?? expect.fail(`no role ${name} of ${service}`);
}

/** Options that can be written, not the groups around them; `<name>` for free names. */
function* written(set: OptionSet, prefix = ""): Generator<[string, Option]> {
  for (const [name, option] of set.options) {
    const isGroup = option.type.kind === "submodule" && option.type.group === true;
    if (!isGroup) yield [`${prefix}${name}`, option];
    yield* inside(option.type, `${prefix}${name}.`);
  }
}

function* inside(type: OptionType, prefix: string): Generator<[string, Option]> {
  if (type.kind === "submodule") yield* written(type.options, prefix);
  if (type.kind === "attrsOf") yield* inside(type.of, `${prefix}<name>.`);
  if (type.kind === "nullOr") yield* inside(type.of, prefix);
}

const settings = [...catalogue.values()].flatMap((service) =>
  [...service.roles.values()].flatMap((declared) =>
    [...written(declared.settings)].map(([path, option]): [string, Option] => [
      `${service.name}.${declared.name}.${path}`,
      option,
    ]),
  ),
);

test("every service, role and setting has a description", () => {
  const bare = [
    ...[...catalogue.values()].filter(({ description }) => !description).map(({ name }) => name),
    ...[...catalogue.values()].flatMap((service) =>
      [...service.roles.values()]
        .filter(({ description }) => !description)
        .map(({ name }) => `${service.name}.${name}`),
    ),
    // What is internal is not offered, nor explained.
    ...settings
      .filter(([, { description, internal }]) => !description && internal !== true)
      .map(([path]) => path),
  ];
  expect(bare).toEqual([]);
});

test("every description belongs to something", () => {
  const described = Object.entries(descriptions.services).flatMap(([service, { roles }]) =>
    Object.entries(roles).flatMap(([name, words]) =>
      [
        ...Object.keys("settings" in words ? words.settings : {}),
        ...Object.keys(("examples" in words && words.examples) || {}),
      ].map((path) => `${service}.${name}.${path}`),
    ),
  );
  const known = new Set(settings.map(([path]) => path));
  expect(described.filter((path) => !known.has(path))).toEqual([]);
  expect(Object.keys(descriptions.services).sort()).toEqual(Object.keys(generated.services).sort());
});

test("limits, categories and what is gone", () => {
  expect(role("zerotier", "controller")).toMatchObject({ minMachines: 1, maxMachines: 1 });
  expect(role("zerotier", "moon")).toMatchObject({ minMachines: undefined, maxMachines: 4 });
  expect(catalogue.get("borgbackup")?.categories).toEqual(["System"]);
  expect(catalogue.has("coredns")).toBe(false);
  expect(unavailableServices.get("coredns")).toContain("clan-community");
});

test("settings nest as they are written", () => {
  const client = role("borgbackup", "client").settings.options;
  expect(client.get("destinations")?.type).toMatchObject({
    kind: "attrsOf",
    of: { kind: "submodule", shorthandOnly: true },
  });
  expect(client.get("startAt")).toMatchObject({ default: '"*-*-* 01:00:00"', required: false });
  const { type } = role("sshd", "server").settings.options.get("certificate") ?? expect.fail();
  expect(type).toMatchObject({ kind: "submodule", group: true });
});

test("settings that only say they are gone", () => {
  const known = new Map(settings);
  for (const [path, instead] of Object.entries(removedSettings))
    expect(known.get(path)?.removed, path).toBe(instead);
});

test("every example is what its setting takes", async () => {
  const cases = [...catalogue.values()].flatMap((service) =>
    [...service.roles.values()].flatMap((declared) =>
      [...written(declared.settings)].flatMap(([path, { example }]) =>
        example === undefined ? [] : [{ path: [service.name, declared.name, path].join(" "), example }],
      ),
    ),
  );
  expect(cases.length).toBeGreaterThan(40);
  const instances = cases.map(({ path, example }, index) => {
    const [service, role, setting] = path.replaceAll("<name>", "x").split(" ");
    return `inventory.instances.i${index} = { module.name = "${service}"; roles.${role} = { machines.web = { }; settings.${setting} = ${example}; }; };`;
  });
  const { query } = await queryAtCursor(`$0{ inventory.machines.web = { }; ${instances.join("\n")} }`);
  const findings = collectFindings(query.snapshot, query.clans(query.snapshot));
  const wrong = findings.filter(({ code }) =>
    ["syntax-error", "evaluation-error", "type-mismatch", "unknown-setting"].includes(code),
  );
  // The file of a key is none here.
  expect(wrong.map(({ message }) => message).filter((message) => !message.includes("ada.pub"))).toEqual([]);
});

test("a warning of clan-core is a warning here", () => {
  const warned = [
    ["ncps", "server", "allowPutVerb"],
    ["sshd", "server", "authorizedKeys"],
    ["tor", "server", "secretHostname"],
  ] as const;
  for (const [service, name, setting] of warned)
    expect(role(service, name).settings.options.get(setting)?.description).toContain("**Warning**");
});
