/** The list in which a person ticks the tags and machines of a role. */
import { type QuickPickItem, QuickPickItemKind, ThemeIcon } from "vscode";
import type { ClanSummary } from "../../../shared/requests.ts";
import { pickMany } from "../pick-many.ts";

export interface ChosenMembers {
  readonly tags: readonly string[];
  readonly machines: readonly string[];
}

type MemberItem = QuickPickItem & { readonly kindOf?: "tag" | "machine" | "none" };

/**
 * `limit`: how many machines the role takes, in words; `none`: what stands for nobody, where that is an answer. Undefined when the
 * person leaves.
 */
export async function pickMembers(
  title: string,
  { tags, machines }: Pick<ClanSummary, "tags" | "machines">,
  limit: string,
  none?: string,
): Promise<ChosenMembers | undefined> {
  const items: readonly MemberItem[] = [
    { label: "tags", kind: QuickPickItemKind.Separator },
    ...tags.map(
      (tag): MemberItem => ({
        label: tag.name,
        description: tag.machines.join(", "),
        iconPath: new ThemeIcon("tag"),
        kindOf: "tag",
      }),
    ),
    { label: "machines", kind: QuickPickItemKind.Separator },
    ...machines.map(
      (machine): MemberItem => ({
        label: machine.name,
        description: machine.tags.join(", "),
        iconPath: new ThemeIcon("vm"),
        kindOf: "machine",
      }),
    ),
    ...(none === undefined
      ? []
      : [
          { label: "", kind: QuickPickItemKind.Separator },
          { label: none, iconPath: new ThemeIcon("circle-slash"), kindOf: "none" as const },
        ]),
  ];
  const placeholder = `Which tags or machines?${limit === "" ? "" : ` It takes ${limit}.`}`;
  const picked = await pickMany(items, ({ kindOf }) => kindOf !== undefined, { title, placeholder });
  if (picked.length === 0) return undefined;
  const labels = (kind: MemberItem["kindOf"]) =>
    picked.filter(({ kindOf }) => kindOf === kind).map(({ label }) => label);
  return { tags: labels("tag"), machines: labels("machine") };
}
