/** The commands that bring a flake into a clan: the page, the clan itself, hosts, secrets. */
import { commands, Disposable, type QuickPickItem, window, workspace } from "vscode";
import type { BaseLanguageClient, WorkspaceEdit } from "vscode-languageclient";
import {
  type AdoptionSummary,
  type AdoptParams,
  adoptionRequest,
  adoptRequest,
  type NewThingAnswer,
  type SecretParams,
  type SecretSummary,
  secretsRequest,
  secretToGeneratorRequest,
} from "../../../shared/requests.ts";
import { hostProblem, newMachineProblem } from "../commands/names.ts";
import { pickMany } from "../pick-many.ts";
import { shownPath } from "../wizards/wizard.ts";
import { adoptCommands, type FolderArgument, folderName } from "./adopt-commands.ts";
import { AdoptPage } from "./adopt-page.ts";
import { previewEdit } from "./previewed-edit.ts";

type Answer = NewThingAnswer<WorkspaceEdit>;

/** A question stays while somebody looks up the answer elsewhere, and when the page behind it is written anew. */
const stays = { ignoreFocusOut: true } as const;

/** Until disposed. */
export function registerAdopt(client: BaseLanguageClient): Disposable {
  const page = new AdoptPage(client);
  const ask = <Params, Result>(method: string, params: Params) => client.sendRequest<Result>(method, params);
  const register = (id: string, act: (root: string) => Promise<void>): Disposable =>
    commands.registerCommand(id, async ({ root }: FolderArgument = {}) => {
      const folder = root ?? (await pickFolder());
      if (folder !== undefined) await act(folder);
    });
  const registerWizard = (id: string, act: (root: string) => Promise<void>): Disposable =>
    register(id, (root) => page.hold(() => act(root)));
  const adoptionOf = (root: string) => ask<object, AdoptionSummary>(adoptionRequest, { root });
  /** Shows the edit, or says why there is none. */
  const offer = async (title: string, answer: Answer): Promise<void> => {
    if (answer.edit !== null) {
      await previewEdit(title, answer.edit, answer.problems);
      return;
    }
    const detail = answer.problems.join("\n\n");
    void window.showWarningMessage(
      detail === "" ? "There is nothing to change: this is done already." : "This cannot be written.",
      { modal: true, detail },
    );
  };
  return Disposable.from(
    page,
    register(adoptCommands.adopt, (root) => page.show(root)),
    registerWizard(adoptCommands.write, async (root) => {
      const begin = await askForClan(await adoptionOf(root), root);
      if (begin === undefined) return;
      const params: AdoptParams = { root, begin, move: [] };
      await offer(`A clan called ${begin.name}`, await ask<AdoptParams, Answer>(adoptRequest, params));
    }),
    registerWizard(adoptCommands.moveHost, async (root) => {
      const move = await askForHost(await adoptionOf(root));
      if (move === undefined) return;
      const params: AdoptParams = { root, move: [move] };
      await offer(
        `${move.name} as a machine of the clan`,
        await ask<AdoptParams, Answer>(adoptRequest, params),
      );
    }),
    registerWizard(adoptCommands.secretToGenerator, async (root) => {
      const secret = await askForSecret(
        await ask<object, readonly SecretSummary[]>(secretsRequest, { root }),
      );
      if (secret === undefined) return;
      const params: SecretParams = { root, uri: secret.uri, tool: secret.tool, name: secret.name };
      const answer = await ask<SecretParams, Answer>(secretToGeneratorRequest, params);
      await offer(`${secret.name} as a generator`, answer);
    }),
  );
}

async function pickFolder(): Promise<string | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  const [only, ...more] = folders;
  if (only === undefined) {
    void window.showInformationMessage("Open the folder of your flake first.");
    return undefined;
  }
  if (more.length === 0) return only.uri.toString();
  const items = folders.map(({ name, uri }) => ({ label: name, uri }));
  const picked = await window.showQuickPick(items, {
    ...stays,
    title: "Adopt Clan",
    placeHolder: "In which folder?",
  });
  return picked?.uri.toString();
}

const systems = [
  { label: "NixOS", description: "", machineClass: "nixos" },
  { label: "macOS", description: "with nix-darwin", machineClass: "darwin" },
] as const;

/** What most begin with. */
const FIRST_SERVICES = ["sshd", "users", "emergency-access", "zerotier", "wireguard"];

/** Undefined when the person leaves, or there is a clan already. */
async function askForClan(
  { clan, hosts, services }: AdoptionSummary,
  root: string,
): Promise<AdoptParams["begin"] | undefined> {
  if (clan !== undefined) {
    void window.showInformationMessage(
      "There is a clan here already: add machines to it, or move hosts into it.",
    );
    return undefined;
  }
  const title = "Adopt Clan";
  const name = await window.showInputBox({
    ...stays,
    title,
    prompt: "The name of the clan",
    value: folderName(root).replaceAll(/[^\w-]+/g, "-"),
    validateInput: (text) =>
      /^[\w-]+$/.test(text) ? undefined : "A clan's name has letters, digits, - and _.",
  });
  if (name === undefined) return undefined;
  const taken = hosts.filter(({ class: one }) => one !== "home").map((host) => host.name);
  const machine = await window.showInputBox({
    ...stays,
    title,
    prompt: "The hostname of its first machine, a new one: hosts that you have can move in later",
    validateInput: (text) =>
      taken.includes(text) ? `There is a host ${text} already.` : newMachineProblem(text, []),
  });
  if (machine === undefined) return undefined;
  const system = await window.showQuickPick([...systems], {
    ...stays,
    title,
    placeHolder: `What does ${machine} run?`,
  });
  if (system === undefined) return undefined;
  const target = await askForTarget(title, machine);
  if (target === undefined) return undefined;
  const picked = await pickServices(title, services);
  if (picked === undefined) return undefined;
  return { name, machine, class: system.machineClass, target: target || undefined, services: picked };
}

function askForTarget(title: string, machine: string): Promise<string | undefined> {
  return Promise.resolve(
    window.showInputBox({
      ...stays,
      title,
      prompt: `Where ${machine} is reached by SSH, such as root@${machine}.example.org; empty if you do not know yet`,
      validateInput: hostProblem,
    }),
  );
}

type ServiceItem = QuickPickItem & { readonly service: string | undefined };

async function pickServices(
  title: string,
  services: AdoptionSummary["services"],
): Promise<readonly string[] | undefined> {
  const rank = (name: string) =>
    (FIRST_SERVICES.indexOf(name) + FIRST_SERVICES.length + 1) % (FIRST_SERVICES.length + 1);
  const sorted = [...services].sort(
    (a, b) =>
      Number(!FIRST_SERVICES.includes(a.name)) - Number(!FIRST_SERVICES.includes(b.name)) ||
      rank(a.name) - rank(b.name),
  );
  const none: ServiceItem = { label: "No service yet", service: undefined };
  const items: ServiceItem[] = [
    ...sorted.map(({ name, description }) => ({ label: name, detail: description, service: name })),
    none,
  ];
  const options = {
    ...stays,
    title,
    placeholder: "Which services does it begin with?",
    picked: [],
    matchOnDetail: true,
  };
  const picked = await pickMany(items, () => true, options);
  return picked.length === 0 ? undefined : picked.flatMap(({ service }) => service ?? []);
}

/** Undefined when the person leaves, or no host is left. */
async function askForHost({
  clan,
  hosts,
}: AdoptionSummary): Promise<AdoptParams["move"][number] | undefined> {
  const title = "Move Host into the Clan";
  const left = hosts.filter(
    ({ name, class: one }) => one !== "home" && clan?.machines.includes(name) !== true,
  );
  if (clan === undefined || left.length === 0) {
    void window.showInformationMessage(
      clan === undefined
        ? "There is no clan in this flake yet."
        : "There is no host that is not in the clan.",
    );
    return undefined;
  }
  const items = left.map((host) => ({
    label: host.name,
    description: host.file,
    detail: [...host.benefits, ...host.costs].join(" "),
  }));
  const picked = await window.showQuickPick(items, { ...stays, title, placeHolder: "Which host?" });
  if (picked === undefined) return undefined;
  const tags = await window.showInputBox({
    ...stays,
    title,
    prompt: `Tags of ${picked.label}, with spaces between; empty for none`,
    validateInput: (text) =>
      /^[\w\s-]*$/.test(text) ? undefined : "A tag has letters, digits, dashes and underscores.",
  });
  if (tags === undefined) return undefined;
  const target = await askForTarget(title, picked.label);
  if (target === undefined) return undefined;
  return {
    name: picked.label,
    tags: tags.split(/\s+/).filter((tag) => tag !== ""),
    target: target || undefined,
  };
}

const states: Readonly<Record<SecretSummary["state"], string>> = {
  secret: "adds a generator beside it",
  both: "waits until its generator has a value",
  generated: "takes it out: its generator has a value",
};

async function askForSecret(secrets: readonly SecretSummary[]): Promise<SecretSummary | undefined> {
  const title = "Turn Secret into a Generator";
  if (secrets.length === 0) {
    void window.showInformationMessage(
      "No secrets of sops-nix or agenix are written in the files of the clan.",
    );
    return undefined;
  }
  const items = secrets.map((secret) => ({
    label: secret.name,
    description: `${secret.tool === "age" ? "agenix" : "sops-nix"}, ${shownPath(secret.uri)}`,
    detail: states[secret.state],
    secret,
  }));
  return (
    await window.showQuickPick(items, {
      ...stays,
      title,
      placeHolder: "Which secret?",
      matchOnDescription: true,
    })
  )?.secret;
}
