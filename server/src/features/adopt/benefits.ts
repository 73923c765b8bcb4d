/**
 * Which hosts gain from being machines of a clan, and what that costs: the second phase, filled in for a repository.
 *
 *   { name: "web", class: "nixos", … }   ->   { host: "web", verdict: "gains", benefits: [ … ], costs: [ … ] }
 */
import type { Assessment, Host } from "./assessment.ts";

export interface HostOutlook {
  readonly host: string;
  readonly class: Host["class"];
  readonly verdict: "gains" | "perhaps" | "stays";
  readonly benefits: readonly string[];
  readonly costs: readonly string[];
}

export function outlooksOf(found: Assessment): readonly HostOutlook[] {
  return found.hosts.map((host) => ({ host: host.name, class: host.class, ...outlookOf(host, found) }));
}

function outlookOf(
  host: Host,
  { hosts, secrets, deployment, layout }: Assessment,
): Pick<HostOutlook, "verdict" | "benefits" | "costs"> {
  if (host.class === "home")
    return {
      verdict: "stays",
      benefits: [],
      costs: ["Home configurations are no machines of a clan; machines can import them."],
    };
  const others = hosts.filter(({ class: one }) => one === "nixos").length;
  const tools = secrets.filter(({ files }) => files.includes(host.file)).map(({ tool }) => tool);
  const deploys = deployment.filter((tool) => !["disko", "hand-made"].includes(tool));
  const placed = ["snowfall", "ez-configs", "blueprint", "den"].includes(layout);
  const costs = [
    ...(placed
      ? [`${layout} finds its modules by itself: in the clan they have to be imported by name.`]
      : []),
    ...tools.map((tool) => `What it has from ${tool} stays until it is a generator.`),
  ];
  if (host.class === "darwin")
    return {
      verdict: "perhaps",
      benefits: ["Vars and `clan machines update` work on macOS."],
      costs: ["Most services of clan are for NixOS.", ...costs],
    };
  return {
    verdict: "gains",
    benefits: [
      ...(others > 1 ? [`Services over ${others} machines: VPN, backups, certificates for SSH.`] : []),
      tools.length > 0
        ? `Secrets that are generated, in place of files for ${tools.join(" and ")}.`
        : "Secrets that are generated where they are needed.",
      deploys.length > 0
        ? `One command to deploy, in place of ${deploys.join(" and ")}.`
        : "One command to install and to update.",
    ],
    costs,
  };
}
