/** "Clan: New Generator…": a module of machines, what kind of value, who shares it, and a name that is checked as one types. */
import { window } from "vscode";
import type { WorkspaceEdit } from "vscode-languageclient";
import {
  type GeneratorPlaceSummary,
  type GeneratorPlacesParams,
  generatorPlacesRequest,
  type NewGeneratorParams,
  type NewThingAnswer,
  newGeneratorRequest,
} from "../../../shared/requests.ts";
import { clanName } from "../clan-name.ts";
import { generatorProblem } from "../commands/names.ts";
import { listed } from "../listed.ts";
import { offerEdit, shownPath, type Wizard } from "./wizard.ts";

const kinds = [
  {
    label: "Random Token",
    description: "token",
    detail: "64 hexadecimal digits, by openssl",
    makes: "token",
  },
  {
    label: "Password of a User",
    description: "password, hash",
    detail: "A password is asked for; the machine gets its hash",
    makes: "password",
  },
  {
    label: "SSH Key",
    description: "id_ed25519, id_ed25519.pub",
    detail: "A pair of keys, of which one is public",
    makes: "ssh-key",
  },
  {
    label: "Value That Is Asked For",
    description: "value",
    detail: "Somebody types it when vars are generated",
    makes: "prompt",
  },
] as const;

const shares = [
  { label: "Each Machine Has Its Own", share: false },
  { label: "All Machines Share One", share: true },
] as const;

export const newGenerator: Wizard = async (client, clan, { target }) => {
  const machine = target?.machines[0];
  const title = `New Generator: ${clanName(clan)}`;
  const params: GeneratorPlacesParams = { root: clan.root, ...(machine === undefined ? {} : { machine }) };
  const places = await client.sendRequest<readonly GeneratorPlaceSummary[]>(generatorPlacesRequest, params);
  if (places.length === 0) {
    const of = machine === undefined ? `the machines of ${clanName(clan)}` : machine;
    void window.showInformationMessage(`No module of ${of} can be added to. Write the generator by hand.`);
    return;
  }
  const items = places.map(({ uri, machines, isNew }) => ({
    label: shownPath(uri),
    description: listed(machines),
    detail: isNew ? "a new file" : "",
    uri,
  }));
  const options = { title, placeHolder: "In which module?", matchOnDescription: true };
  const place = await window.showQuickPick(items, options);
  if (place === undefined) return;
  const kind = await window.showQuickPick(kinds, { title, placeHolder: "What does it make?" });
  if (kind === undefined) return;
  const shared = await window.showQuickPick(shares, { title, placeHolder: "For whom?" });
  if (shared === undefined) return;
  const ask = (name: string) =>
    client.sendRequest<NewThingAnswer<WorkspaceEdit>>(newGeneratorRequest, {
      root: clan.root,
      uri: place.uri,
      name,
      kind: kind.makes,
      share: shared.share,
    } satisfies NewGeneratorParams);
  const name = await window.showInputBox({
    title,
    prompt: "The name of the generator",
    async validateInput(typed) {
      const problem = generatorProblem(typed);
      if (problem !== undefined) return problem;
      const { edit, problems } = await ask(typed);
      return problems[0] ?? (edit === null ? `${place.label} cannot be added to.` : undefined);
    },
  });
  if (name === undefined) return;
  const { edit, problems } = await ask(name);
  if (edit !== null) await offerEdit(client, `Add the generator ${name}?`, edit, problems);
};
