/** A flake gets a clan over the protocol: an edit of what is different, and new files. */
import { expect, test } from "vitest";
import type { TextDocumentEdit, WorkspaceEdit } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { AdoptionSummary, NewThingAnswer } from "../../shared/requests.ts";
import { uriOf } from "./client.ts";
import { useClients } from "./clients.ts";

const start = useClients();

const flake = `{
  inputs.nixpkgs.url = "github:nixos/nixpkgs";

  outputs =
    { self, nixpkgs, ... }:
    {
      nixosConfigurations = {
        db = nixpkgs.lib.nixosSystem { modules = [ ./db.nix ]; };
      };
    };
}
`;
const fixture = `#- /clan/flake.nix\n${flake}#- /clan/db.nix\n{ }\n`;
const capabilities = {
  workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create" as const] } },
};

const begin = { name: "home", machine: "web", class: "nixos", target: undefined, services: ["sshd"] };

test("what is different is edited, line by line; what is new is created; a refusal says why", async () => {
  const client = await start(fixture, { capabilities });
  const root = uriOf("/clan");
  const found = await client.connection.sendRequest<AdoptionSummary>("clan/adoption", { root });
  expect(found).toMatchObject({ hosts: [{ name: "db", class: "nixos", verdict: "gains" }], steps: [] });
  expect(found.clan).toBeUndefined();
  const { edit, problems } = await client.connection.sendRequest<NewThingAnswer<WorkspaceEdit>>(
    "clan/adopt",
    {
      root,
      begin,
      move: [{ name: "db", tags: ["old"], target: "db.example.org" }],
    },
  );
  expect(problems).toEqual([]);
  const [created, text, changed] = edit?.documentChanges ?? [];
  const machine = uriOf("/clan/machines/web/configuration.nix");
  expect(created).toMatchObject({ kind: "create", uri: machine });
  expect(text).toMatchObject({ textDocument: { uri: machine } });
  const { edits } = changed as TextDocumentEdit;
  // The lines between are not touched.
  expect(edits.length).toBeGreaterThan(2);
  const document = TextDocument.create(root, "nix", 1, flake);
  const after = TextDocument.applyEdits(document, edits as never);
  expect(after).not.toContain("db = nixpkgs");
  expect(after).toContain('        deploy.targetHost = "root@db.example.org";\n');
  expect(after).toContain('tags = [ "old" ];');
  const refused = await client.connection.sendRequest<NewThingAnswer>("clan/adopt", { root, move: [] });
  expect(refused).toEqual({ edit: null, problems: ["There is no clan in this flake yet."] });
});
