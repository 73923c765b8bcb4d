/** clan/adoption, clan/adopt, clan/secrets and clan/secretToGenerator, requests of our own: a flake on its way into a clan. */
import { diffLines } from "diff";
import type { WorkspaceEdit } from "vscode-languageserver";
import {
  type AdoptionSummary,
  type AdoptParams,
  adoptionRequest,
  adoptRequest,
  type FolderParams,
  type NewThingAnswer,
  type SecretParams,
  type SecretSummary,
  secretsRequest,
  secretToGeneratorRequest,
} from "../../../../shared/requests.ts";
import { catalogue } from "../../clan/catalogue/services.ts";
import { adopt } from "../../features/adopt/adopt.ts";
import { assess, sharedInputs } from "../../features/adopt/assess.ts";
import { outlooksOf } from "../../features/adopt/benefits.ts";
import { firstHour } from "../../features/adopt/first-hour.ts";
import { LAYOUTS } from "../../features/adopt/report.ts";
import { collectSecrets, secretToGenerator } from "../../features/adopt/secret-generator.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { TextEdit } from "../../rules/finding.ts";
import type { Session } from "../session.ts";
import { toPossibleEdit } from "../workspace-edit.ts";
import { clanAt } from "./clan-at.ts";
import type { RequestHandler } from "./handler.ts";

const nothing: AdoptionSummary = {
  layout: "",
  clan: undefined,
  hosts: [],
  secrets: [],
  deployment: [],
  shared: [],
  collisions: [],
  steps: [],
  services: [],
};

export const adoptionHandler: RequestHandler<FolderParams, AdoptionSummary> = {
  method: adoptionRequest,
  about: {
    title: "What a flake is before it has a clan",
    summary:
      "How it is made, its hosts, its secrets, what would collide and who would gain; of a clan, what is left of the first hour. It is not a method of the Language Server Protocol.",
    entities: { machine: "The hosts that could become some." },
  },
  capability: () => ({}),
  empty: nothing,
  handle(session, { root }) {
    const path = session.uris.toPath(root);
    if (path === undefined) return nothing;
    const snapshot = session.workspace.snapshot();
    const clan = clanAt(session, root);
    const found = assess(snapshot, path, session.clans(snapshot));
    const outlooks = outlooksOf(found);
    return {
      layout: LAYOUTS[found.layout],
      clan: clan && { name: clan.name, machines: [...clan.machines.known.keys()] },
      hosts: found.hosts.map(({ system, ...host }, index) => ({
        ...host,
        system: system ?? undefined,
        verdict: outlooks[index]?.verdict ?? "perhaps",
        benefits: outlooks[index]?.benefits ?? [],
        costs: outlooks[index]?.costs ?? [],
      })),
      secrets: found.secrets,
      deployment: found.deployment,
      shared: sharedInputs(snapshot, path),
      collisions: found.collisions,
      steps:
        clan === undefined
          ? []
          : firstHour(snapshot, clan).map(({ done, left, ...step }) => ({
              ...step,
              done: done ?? null,
              left,
            })),
      services: [...catalogue.values()].map(({ name, description }) => ({
        name,
        description: description ?? "",
      })),
    };
  },
};

type Answer = NewThingAnswer<WorkspaceEdit>;

const noEdit: Answer = { edit: null, problems: [] };

export const adoptHandler: RequestHandler<AdoptParams, Answer> = {
  method: adoptRequest,
  about: {
    title: "A clan in a flake that has none",
    summary:
      "The edit that gives a flake a clan, or takes hosts into it, after it was tried: every other host is made of what it was. It is not a method of the Language Server Protocol.",
    entities: { machine: "The first one, and hosts that become machines." },
  },
  capability: () => ({}),
  empty: noEdit,
  handle(session, { root, begin, move }) {
    const path = session.uris.toPath(root);
    if (path === undefined) return noEdit;
    const snapshot = session.workspace.snapshot();
    const plan = adopt(snapshot, path, {
      begin: begin && { ...begin, machine: { name: begin.machine, class: begin.class } },
      move,
    });
    if ("reasons" in plan) return { edit: null, problems: plan.reasons };
    return { edit: editOf(session, snapshot, plan.files), problems: plan.notes };
  },
};

/** New files as they are, and of those that are there what is different. */
function editOf(
  session: Session,
  snapshot: Snapshot,
  files: ReadonlyMap<string, string>,
): WorkspaceEdit | null {
  const edits: TextEdit[] = [];
  const creates = new Map<string, string>();
  for (const [path, text] of files) {
    const before = snapshot.readFile(path);
    if (before === undefined) creates.set(path, text);
    else edits.push(...changesOf(path, before, text));
  }
  return toPossibleEdit(session, { edits, creates: creates.size === 0 ? undefined : creates }, false) ?? null;
}

function changesOf(path: string, before: string, after: string): TextEdit[] {
  const edits: TextEdit[] = [];
  let at = 0;
  let open: TextEdit | undefined;
  for (const { added, removed, value } of diffLines(before, after)) {
    if (!added && !removed) {
      if (open !== undefined) edits.push(open);
      open = undefined;
      at += value.length;
      continue;
    }
    const { start, text }: TextEdit = open ?? { path, start: at, end: at, text: "" };
    if (removed) at += value.length;
    open = { path, start, end: at, text: added ? text + value : text };
  }
  return open === undefined ? edits : [...edits, open];
}

export const secretsHandler: RequestHandler<FolderParams, SecretSummary[]> = {
  method: secretsRequest,
  about: {
    title: "Secrets that are no vars",
    summary:
      "Those of sops-nix and agenix that are written in the flake, and how far each is on its way to a generator. No secret is read. It is not a method of the Language Server Protocol.",
    entities: { generator: "Those that are there beside a secret." },
  },
  capability: () => ({}),
  empty: [],
  prepare: (session) => session.evaluateMachines(),
  handle(session, { root }) {
    const clan = clanAt(session, root);
    if (clan === undefined) return [];
    return collectSecrets(session.workspace.snapshot(), clan).map(
      ({ tool, name, file, machines, state }) => ({
        tool,
        name,
        uri: session.uris.toUri(file),
        machines,
        state,
      }),
    );
  },
};

export const secretToGeneratorHandler: RequestHandler<SecretParams, Answer> = {
  method: secretToGeneratorRequest,
  about: {
    title: "A secret becomes a generator",
    summary:
      "The edit that adds a generator beside a secret of sops-nix or agenix, and once it has its value the one that takes the secret out. It is not a method of the Language Server Protocol.",
    entities: { generator: "The one in place of the secret." },
  },
  capability: () => ({}),
  empty: noEdit,
  prepare: (session) => session.evaluateMachines(),
  handle(session, { root, uri, tool, name }) {
    const clan = clanAt(session, root);
    const file = session.uris.toPath(uri);
    if (clan === undefined) return noEdit;
    const snapshot = session.workspace.snapshot();
    const secret = collectSecrets(snapshot, clan).find(
      (one) => one.file === file && one.tool === tool && one.name === name,
    );
    if (secret === undefined) return noEdit;
    const { edits, problems } = secretToGenerator(clan, snapshot, session.clans, secret);
    return {
      edit: edits.length === 0 ? null : (toPossibleEdit(session, { edits }, false) ?? null),
      problems,
    };
  },
};
