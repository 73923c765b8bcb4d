/**
 * One-edit mistakes in the name of an attribute and its place: a level too deep or too shallow, the parts of a path
 * in another order, a name that is unusual.
 *
 *   module.name = "sshd";               ->   shortened: module = "sshd";
 *   roles.peer.tags.all = { };          ->   swapped: peer.roles.tags.all = { };
 *   mesh = { roles.peer.tags = …; };    ->   unnested: roles.peer.tags = …;   ·   nested: mesh.mesh = { … };
 */
import type { AttrName, Binding } from "../../server/src/syntax/ast.ts";
import { nodesAt } from "../../server/src/syntax/navigate.ts";
import { type Mutant, replace } from "./mutant.ts";

/** Of a binding in a Nix file; its error may be anywhere in the set it is in, which may have the name already. */
export function mutatePath(binding: Binding): Mutant[] {
  const { source, path, value, start, end } = binding;
  const { text } = source;
  const mutants: Mutant[] = [];
  const around = nodesAt(source, start).findLast((node) => node.kind === "attrset" && node.start < start);
  const whole = (mutant: Mutant): Mutant => {
    const grown = mutant.text.length - (mutant.end - mutant.start);
    return { ...mutant, places: [[around?.start ?? start, (around?.end ?? end) + grown]] };
  };
  path.forEach((name, i) => {
    const [before, after] = [path[i - 1], path[i + 1]];
    if (before !== undefined) mutants.push(whole(replace("shortened", before.end, name.end, "")));
    if (after !== undefined) {
      const swapped = `${textOf(after)}${text.slice(name.end, after.start)}${textOf(name)}`;
      mutants.push(whole(replace("swapped", name.start, after.end, swapped)));
    }
    if (name.name !== undefined) mutants.push(whole(replace("odd-name", name.start, name.end, odd(name))));
  });
  const last = path.at(-1);
  if (last !== undefined && value.kind === "attrset") {
    mutants.push(
      whole(
        replace("nested", last.end, last.end, [`.${textOf(last)}`, ".config", ".settings"][start % 3] ?? ""),
      ),
    );
    const body = text.slice(value.start + 1, value.end - 1).trim();
    if (!value.recursive && body !== "" && text[value.start] === "{")
      mutants.push(whole(replace("unnested", start, end, body)));
  }
  return mutants;
}

/** Names that are allowed or refused depending on where they are. */
function odd({ name = "", start }: AttrName): string {
  const choices = [
    `"${name} 1"`,
    `"${name.toUpperCase()}"`,
    `${name}.x`,
    `"${name}/x"`,
    `"${name}.x"`,
    `${name}_1`,
    '""',
  ];
  return choices[start % choices.length] ?? name;
}

function textOf({ source, start, end }: AttrName): string {
  return source.text.slice(start, end);
}
