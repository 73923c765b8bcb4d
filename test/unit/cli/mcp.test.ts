/** The tools for assistants, asked by the protocol's own client. */
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { expect, test } from "vitest";
import { serveMcp } from "../../../server/src/cli/mcp/server.ts";
import { answer, tools } from "../../../server/src/cli/mcp/tools.ts";
import { fixtureTerminal } from "./terminal.ts";

const clan = `
  {
    meta.name = "demo";
    inventory.machines.web.tags = [ "srv" ];
    inventory.instances.ssh = { module.name = "sshd"; roles.serve.tags = [ "srv" ]; };
    machines.web.clan.core.vars.generators.key = { files.k = { }; script = "echo > $out/k"; };
  }
  #- /work/secret.txt
  canary
`;

async function connect(
  fixture: string,
): Promise<(name: string, input?: Record<string, unknown>) => Promise<string>> {
  const terminal = fixtureTerminal(fixture);
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await serveMcp(
    { version: "1", tools, ask: (tool, input) => answer(tool, input, undefined, terminal) },
    ours,
  );
  const client = new Client({ name: "test", version: "1" });
  await client.connect(theirs);
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(tools.map(({ name }) => name));
  return async (name, input = {}) => {
    const { content, isError } = await client.callTool({ name, arguments: input });
    const text = (content as { text: string }[]).map((part) => part.text).join("");
    return isError === true ? `error: ${text}` : text;
  };
}

test("each tool answers with what is in the files", async () => {
  const ask = await connect(clan);
  expect(JSON.parse(await ask("check")).findings).toMatchObject([
    { file: "clan.nix", line: 4, severity: "error", code: "unknown-role" },
  ]);
  expect(JSON.parse(await ask("check", { file: "other.nix" })).findings).toEqual([]);
  expect(JSON.parse(await ask("inventory")).machines.web.tags).toEqual(["all", "nixos", "srv"]);
  expect(JSON.parse(await ask("vars", { machine: "web" })).machines.web.generators).toContainEqual(
    expect.objectContaining({ name: "key", state: "missing" }),
  );
  expect(await ask("describe_service", { service: "sshd" })).toContain("**service** `sshd`");
  expect(await ask("describe_service", { service: "sshd", role: "server" })).toContain(
    "`settings.certificate`",
  );
  expect(JSON.parse(await ask("describe_service")).services.length).toBeGreaterThan(20);
  expect(JSON.parse(await ask("describe_option", { path: "inventory.machines.web" })).below).toContain(
    "tags",
  );
  expect(JSON.parse(await ask("what_is", { file: "clan.nix", line: 3, character: 23 })).text).toContain(
    "**machine** `web`",
  );
});

test("an edit is tried without being made", async () => {
  const ask = await connect(clan);
  const text = '{ meta.name = "demo"; inventory.machine.web = { }; }';
  const tried = JSON.parse(await ask("try_edit", { file: "clan.nix", text }));
  expect(tried.new).toMatchObject([{ code: "unknown-option", line: 1, character: 33 }]);
  expect(tried.gone).toMatchObject([{ code: "unknown-role" }]);
  expect(JSON.parse(await ask("check")).findings).toMatchObject([{ code: "unknown-role" }]);
});

test("what is not there is said, and what there is; nothing outside of the folder is looked at", async () => {
  const ask = await connect(clan);
  expect(await ask("vars", { machine: "db" })).toBe("error: there is no machine db; there are: web");
  expect(await ask("describe_service", { service: "nonsense" })).toMatch(
    /^error: there is no service nonsense; there are: /,
  );
  expect(await ask("describe_service", { service: "sshd", role: "x" })).toBe(
    "error: sshd has no role x; it has: client, server",
  );
  expect(await ask("describe_option", { path: "inventory.nonsense" })).toContain("there is no nonsense");
  expect(await ask("what_is", { file: "../etc/passwd", line: 1, character: 1 })).toContain(
    "is not in the clan's folder",
  );
  expect(await ask("affected", { rev: "HEAD" })).toContain("is in no git repository");
  expect(await ask("what_is", { file: "gone.nix", line: 1, character: 1 })).toContain("there is no file");
});

test("long answers are cut, and say so", async () => {
  const machines = Array.from({ length: 2000 }, (_, index) => `m${index} = { };`).join(" ");
  const ask = await connect(`{ meta.name = "demo"; inventory.machines = { ${machines} }; }`);
  expect(await ask("inventory")).toMatch(/… cut: \d+ more characters\. Ask for less\.$/);
  const wrong = Array.from({ length: 300 }, (_, index) => `x${index} = 1;`).join(" ");
  const many = JSON.parse(
    await (await connect(`{ meta.name = "demo"; inventory = { ${wrong} }; }`))("check"),
  );
  expect([many.findings.length, many.more]).toEqual([200, 100]);
});
