/**
 * The tools a repository has for secrets and for deploying its hosts.
 *
 *   inputs.agenix.url = "github:ryantm/agenix"; … age.secrets.x.file = …;   ->   agenix, with the files that use it
 */
import { relativePath } from "../../nix/path.ts";
import type { SecretTool } from "./assessment.ts";
import type { FlakeView } from "./read-flake.ts";
import type { WrittenOption } from "./written-options.ts";

const SECRET_TOOLS: readonly {
  readonly tool: SecretTool["tool"];
  readonly repository: RegExp;
  readonly option: RegExp;
  /** Says who can read what. */
  readonly recipients: RegExp;
}[] = [
  {
    tool: "agenix",
    repository: /(^|\/)agenix$/,
    option: /^age\.(secrets|identityPaths)\b/,
    recipients: /(^|\/)secrets\.nix$/,
  },
  {
    tool: "ragenix",
    repository: /(^|\/)ragenix$/,
    option: /^age\.(secrets|identityPaths)\b/,
    recipients: /(^|\/)secrets\.nix$/,
  },
  {
    tool: "sops-nix",
    repository: /(^|\/)sops-nix$/,
    option: /^sops\.(secrets|defaultSopsFile|age|gnupg|templates)\b/,
    recipients: /(^|\/)\.sops\.yaml$/,
  },
];

/** Sorted by name. `files`: all of the repository, absolute. */
export function collectSecretTools(
  { flake, root }: FlakeView,
  written: readonly WrittenOption[],
  files: readonly string[],
): readonly SecretTool[] {
  const repositories = [...flake.inputs.values()].map(({ name, repository }) =>
    (repository ?? name).toLowerCase(),
  );
  const hasRagenix = repositories.some((repository) => /(^|\/)ragenix$/.test(repository));
  return SECRET_TOOLS.flatMap(({ tool, repository, option, recipients }): SecretTool[] => {
    const isInput = repositories.some((one) => repository.test(one));
    const using = written.filter(({ path }) => option.test(path)).map(({ file }) => file);
    // Both are configured by `age.secrets`: the input tells which it is.
    if (tool === "agenix" ? hasRagenix && !isInput : tool === "ragenix" && !isInput) return [];
    if (!isInput && using.length === 0) return [];
    const named = files.filter((file) => recipients.test(file));
    const found = [...new Set([...using, ...named])].map((file) => relativePath(file, root));
    return [{ tool, files: found.sort() }];
  });
}

const DEPLOYMENT: readonly {
  readonly tool: string;
  readonly input: RegExp;
  readonly outputs: readonly string[];
}[] = [
  { tool: "colmena", input: /(^|\/)colmena$/, outputs: ["colmena", "colmenaHive"] },
  { tool: "deploy-rs", input: /(^|\/)deploy-rs$/, outputs: ["deploy"] },
  { tool: "disko", input: /(^|\/)disko$/, outputs: ["diskoConfigurations"] },
  { tool: "lollypops", input: /(^|\/)lollypops$/, outputs: [] },
  { tool: "nixinate", input: /(^|\/)nixinate$/, outputs: [] },
  { tool: "nixos-anywhere", input: /(^|\/)nixos-anywhere$/, outputs: [] },
];

/** Files people keep their own commands in. */
const SCRIPTS = /(^|\/)(justfile|Justfile|\.justfile|Makefile|Taskfile\.ya?ml|[^/]+\.(sh|just))$/;

/** Sorted; "hand-made" where a script of the repository rebuilds hosts. */
export function collectDeployment(view: FlakeView, files: readonly string[]): readonly string[] {
  const { flake, snapshot } = view;
  const repositories = [...flake.inputs.values()].map(({ name, repository }) =>
    (repository ?? name).toLowerCase(),
  );
  const outputs = view.outputNames();
  const found = DEPLOYMENT.filter(
    (tool) =>
      repositories.some((one) => tool.input.test(one)) || tool.outputs.some((name) => outputs.has(name)),
  ).map(({ tool }) => tool);
  const isHandMade = files.some(
    (file) =>
      SCRIPTS.test(file) &&
      /\b(nixos|darwin)-rebuild\b|\bnixos-anywhere\b/.test(snapshot.readFile(file) ?? ""),
  );
  return [...found, ...(isHandMade ? ["hand-made"] : [])].sort();
}
