/** clan/nixQuestions, a request of our own: what an editor that may run Nix can ask it about services. */
import { type NixQuestion, nixQuestionsRequest } from "../../../../shared/requests.ts";
import type { Clan } from "../../clan/model.ts";
import { collectWanted, nixQuestion } from "../../clan/nix-services.ts";
import { digest, formatHash } from "../../nix/builtins/hash-format.ts";
import { resolvePath } from "../../nix/path.ts";
import type { Session } from "../session.ts";
import type { RequestHandler } from "./handler.ts";

export const nixQuestionsHandler: RequestHandler<unknown, NixQuestion[]> = {
  method: nixQuestionsRequest,
  about: {
    title: "Questions for Nix",
    summary:
      "Services of inputs whose source is unavailable, with the arguments of `nix eval` that tell of them. The server runs nothing. It is not a method of the Language Server Protocol.",
    entities: { service: "Those of inputs that cannot be read." },
  },
  capability: () => ({}),
  empty: [],
  handle: (session) =>
    session.clans(session.workspace.snapshot()).flatMap((clan) => toQuestion(clan, session) ?? []),
};

function toQuestion(clan: Clan, { uris, workspace }: Session): NixQuestion | undefined {
  const wanted = collectWanted(clan);
  if (wanted.length === 0) return undefined;
  const vector = nixQuestion(wanted);
  const lock = workspace.snapshot().readFile(resolvePath(clan.root, "flake.lock")) ?? "";
  return {
    root: uris.toUri(clan.root),
    services: wanted.map(({ input, name }) => `${name} of ${input}`),
    arguments: vector,
    key: formatHash(digest("sha256", JSON.stringify([lock, vector])), "base16"),
  };
}
