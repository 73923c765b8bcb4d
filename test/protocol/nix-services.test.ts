/** Services only Nix can tell of: the question the editor gets, and what follows from the answer. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { HoverRequest, ShowMessageNotification } from "vscode-languageserver/node";
import { type NixQuestion, nixAnswerNotification, nixQuestionsRequest } from "../../shared/requests.ts";
import { uriOf } from "./client.ts";
import { codesOf, isNotClean, useClients } from "./clients.ts";

const start = useClients();
const flake = "/clan/flake.nix";
const fixture = `
  #- ${flake}
  {
    inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
    inputs.far.url = "github:someone/far";
    outputs = { self, clan-core, far }: {
      clan = clan-core.lib.clan {
        inherit self;
        meta.name = "x";
        inventory.machines.a = { };
        inventory.instances.one = { module = { name = "ss$0hd"; input = "far"; }; roles.sever.machines.a = { }; };
      };
    };
  }
`;
const output = readFileSync(new URL("../fixtures/nix-services.json", import.meta.url), "utf8");
const root = uriOf("/clan");

test("the answer is used, and hover says where it is from", async () => {
  const client = await start(fixture);
  client.open(flake);
  const [question] = await client.connection.sendRequest<NixQuestion[]>(nixQuestionsRequest, {});
  expect(question).toMatchObject({ root, services: ["sshd of far"] });
  expect(question?.arguments.slice(2, 4)).toEqual(["eval", "--json"]);

  await client.connection.sendNotification(nixAnswerNotification, { root, output });
  expect(codesOf(await client.diagnostics(flake, isNotClean))).toEqual(["unknown-role"]);
  const hover = await client.connection.sendRequest(HoverRequest.type, client.at("$0"));
  expect(JSON.stringify(hover?.contents)).toContain("nix eval");

  const [again] = await client.connection.sendRequest<NixQuestion[]>(nixQuestionsRequest, {});
  expect(again?.key).toBe(question?.key);
});

test("an answer that makes no sense is said", async () => {
  const client = await start(fixture);
  const said = new Promise((resolve) =>
    client.connection.onNotification(ShowMessageNotification.type, resolve),
  );
  await client.connection.sendNotification(nixAnswerNotification, { root, output: "error" });
  expect(await said).toMatchObject({ message: expect.stringContaining("not understood") });
});
