/** clan/deployProblems, a request of our own: what the editor asks about before a deploy. */
import {
  type DeployProblemsParams,
  type DeployProblemsSummary,
  deployProblemsRequest,
} from "../../../../shared/requests.ts";
import { collectDeployProblems } from "../../features/deploy-problems.ts";
import { clanAt } from "./clan-at.ts";
import type { RequestHandler } from "./handler.ts";

const nothing: DeployProblemsSummary = { mistakes: [], untracked: [], missingVars: [], withoutHost: [] };

export const deployProblemsHandler: RequestHandler<DeployProblemsParams, DeployProblemsSummary> = {
  method: deployProblemsRequest,
  about: {
    title: "Before a deploy",
    summary:
      "Problems to mend before machines are deployed: errors in what they read, and files that are not in Git. It is not a method of the Language Server Protocol.",
    entities: {
      machine: "Those without an address.",
      generator: "Those with missing files.",
    },
  },
  capability: () => ({}),
  empty: nothing,
  prepare: (session) => session.evaluateMachines(),
  handle(session, { root, machines }) {
    const clan = clanAt(session, root);
    if (clan === undefined) return nothing;
    const converter = session.converter();
    const meant = machines.length > 0 ? machines : [...clan.machines.known.keys()];
    const problems = collectDeployProblems(clan, meant, session.findings());
    return {
      mistakes: problems.mistakes.map(({ message, ...place }) => ({
        message,
        place: converter.toLocation(place),
      })),
      untracked: problems.untracked.map((file) => session.uris.toUri(file)),
      missingVars: problems.missingVars,
      withoutHost: problems.withoutHost.map((machine) => ({
        machine,
        place: converter.toPlace(clan.machines.known.get(machine)?.origins[0]),
      })),
    };
  },
};
