/**
 * What is on disk of a generator's files: which are there, the text of public ones, whether they are outdated.
 *
 *   files { key secret, cert public }, of which vars/…/key/secret is there   ->   partly: key yes, cert no
 */
import { digest, formatHash } from "../../nix/builtins/hash-format.ts";
import { toJson } from "../../nix/builtins/to-json.ts";
import type { EvalHost } from "../../nix/host.ts";
import { settle } from "../../nix/settle.ts";
import { Thunk } from "../../nix/thunk.ts";
import type { FileState, Generator, GeneratorFile, GeneratorState } from "./model.ts";
import type { VarsSource } from "./source.ts";
import type { GeneratorPlace, VarsFolders } from "./stores.ts";

const UNKNOWN: GeneratorState = { status: "unknown", files: new Map() };

export function readState(
  generator: Generator,
  folders: VarsFolders,
  runner: VarsSource["runner"],
): GeneratorState {
  const { share, machine, name } = generator;
  if (share === undefined) return UNKNOWN;
  const place = { machine: share ? undefined : machine, generator: name };
  const files = new Map<string, FileState>();
  for (const file of generator.files.known.values())
    files.set(file.name, readFile(file, place, folders, runner.host));
  const there = [...generator.files.known.values()].find(({ name }) => files.get(name)?.exists);
  const folder = there && folderOf(there, place, folders);
  const status = statusOf([...files.values()].map(({ exists }) => exists));
  if (status !== "generated" || !isStale(generator, place, folders, runner)) return { status, files, folder };
  return { status: "stale", files, folder };
}

/** Each file has a folder of its own in that of the generator. */
function folderOf(
  { name, secret }: GeneratorFile,
  place: GeneratorPlace,
  folders: VarsFolders,
): string | undefined {
  const path = secret === false ? folders.publicValue(place, name) : folders.secret(place, name);
  return path?.slice(0, path.lastIndexOf(`/${name}/`));
}

/** The content of a secret is never read. */
function readFile(
  { name, secret }: GeneratorFile,
  place: GeneratorPlace,
  folders: VarsFolders,
  host: EvalHost,
): FileState {
  const publicPath = folders.publicValue(place, name);
  if (secret === false) {
    const exists = host.fileType(publicPath) !== undefined;
    return { exists, value: exists ? host.readFile(publicPath) : undefined };
  }
  const path = folders.secret(place, name);
  const isSecret = path === undefined ? undefined : host.fileType(path) !== undefined;
  if (secret) return { exists: isSecret, value: undefined };
  return { exists: host.fileType(publicPath) !== undefined || isSecret, value: undefined };
}

/** `undefined` stands for a file of which it cannot be known. */
function statusOf(files: readonly (boolean | undefined)[]): GeneratorState["status"] {
  const known = files.filter((exists) => exists !== undefined);
  if (known.includes(false)) return known.includes(true) ? "partly" : "missing";
  return files.length === 0 || known.length < files.length ? "unknown" : "generated";
}

/** The hash that was stored is another than that of `validation` now, as far as this is known. */
function isStale(
  { option, origin }: Generator,
  place: GeneratorPlace,
  folders: VarsFolders,
  runner: VarsSource["runner"],
): boolean {
  // Facts about bundled services do not say what their generators validate.
  if (option === undefined || origin.kind === "catalogue" || option.open !== undefined) return false;
  const path = folders.validationHash(place);
  const stored = runner.host.fileType(path) === undefined ? undefined : runner.host.readFile(path)?.trim();
  const validation = option.child("validation")?.value();
  if (validation === undefined || validation.type === "null") return stored !== undefined;
  if (validation.type === "unknown" || validation.type === "failure") return false;
  const json = settle(runner, toJson(Thunk.of(validation)), () => undefined)?.value;
  return json !== undefined && stored !== formatHash(digest("sha256", json), "base16");
}
