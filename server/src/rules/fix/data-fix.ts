/**
 * Fixes for a function where settings must be data.
 *
 *   settings = { pkgs, ... }: { port = 1; };             ->   settings = { port = 1; };
 *   settings = { pkgs, ... }: { programs.x = pkgs.x; };  ->   extraModules = [ ({ pkgs, ... }: { … }) ];
 */
import type { OptionNode } from "../../modules/option-node.ts";
import type { Lambda, Node } from "../../syntax/ast.ts";
import { walk } from "../../syntax/navigate.ts";
import type { Fix } from "../finding.ts";
import { sureDefinitions } from "../parts/written.ts";
import { appendElement, bindingOf, hasComment, remove, textOf } from "./edit.ts";

/** `option`: what is defined as the function at `node`. Undefined where neither form is surely what is meant. */
export function findDataFix(option: OptionNode, node: Node | undefined): Fix | undefined {
  if (node?.kind !== "lambda" || hasComment(node.param)) return undefined;
  return bodyFix(node) ?? moduleFix(option, node);
}

/** Takes the parameter away, where the body is a set that reads no argument. */
function bodyFix({ source, start, param, body }: Lambda): Fix | undefined {
  if (body.kind !== "attrset" || hasComment({ source, start: param.end, end: body.start })) return undefined;
  const formals = (param.formals ?? []).map(({ name }) => name);
  const names = new Set([...formals, ...(param.name ? [param.name] : [])].map(({ name }) => name));
  let isData = true;
  walk(body, (node) => {
    if (node.kind === "lambda" || (node.kind === "identifier" && names.has(node.name))) isData = false;
    if (node.kind === "inherit" && node.names.some(({ name = "" }) => names.has(name))) isData = false;
  });
  const edits = [{ path: source.path, start, end: body.start, text: "" }];
  return isData ? { title: "Write the settings without the function", edits, preferred: true } : undefined;
}

/** Puts the function among the modules of the role: only its own settings are for the same machines. */
function moduleFix({ path, parent }: OptionNode, lambda: Lambda): Fix | undefined {
  if (path.length !== roleDepth + 1 || path.at(-1) !== "settings") return undefined;
  const settings = parent?.child("settings");
  const [definition, ...others] = settings === undefined ? [] : sureDefinitions(settings);
  const [key] = definition?.keys ?? [];
  const binding = key && bindingOf(key);
  if (binding?.value !== lambda || others.length > 0 || hasComment(binding)) return undefined;
  const title = "Move it to `extraModules`";
  const module = `(${textOf(lambda)})`;
  const modules = parent?.child("extraModules");
  if (modules === undefined) {
    const name = binding.path.at(-1) ?? binding;
    const { path: file } = binding.source;
    const text = `extraModules = [ ${module} ];`;
    return { title, edits: [{ path: file, start: name.start, end: binding.end, text }] };
  }
  const list = sureDefinitions(modules).find(({ origins }) => origins[0]?.source === lambda.source)
    ?.origins[0];
  if (list?.kind !== "list" || list.broken) return undefined;
  return { title, edits: [appendElement(list, module), remove(binding)] };
}

/** inventory.instances.<name>.roles.<name> */
const roleDepth = 5;
