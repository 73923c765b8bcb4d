/**
 * The page of "Clan: Adopt Clan in This Flake…", as HTML without a script: what there is in the flake, what would collide, who
 * gains, and what is left of the first hour. Links are commands.
 */
import type { AdoptionSummary, HostSummary } from "../../../shared/requests.ts";
import { adoptCommands } from "./adopt-commands.ts";

/** `root`: URI of the folder, which each command gets. */
export function pageHtml(found: AdoptionSummary, root: string, folder: string): string {
  const parts = [
    `<h1>A clan in ${escaped(folder)}</h1>`,
    found.clan === undefined ? before(root) : after(found, root),
    section("How it is made", `<p>${code(found.layout)}</p>`),
    section("Hosts", hosts(found)),
    section(
      "Secrets",
      list(found.secrets.map(({ tool, files }) => `<b>${escaped(tool)}</b> ${escaped(files.join(", "))}`)),
    ),
    section("Inputs that clan-core takes from you", list(found.shared.map(escaped))),
    section("Deployed by", list(found.deployment.map(escaped))),
    section(
      "What would collide",
      list(found.collisions.map(({ file, message }) => `<b>${escaped(file)}</b><br>${code(message)}`)),
    ),
  ];
  return [
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">',
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline';\">",
    `<style>${style}</style></head><body>`,
    ...parts,
    "</body></html>",
  ].join("\n");
}

const style = `
  body { padding: 0 2em 2em; max-width: 60em; line-height: 1.5; }
  h2 { margin-top: 1.6em; font-size: 1.2em; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; vertical-align: top; padding: 0.3em 1em 0.3em 0; border-bottom: 1px solid var(--vscode-widget-border); }
  ul { padding-left: 1.2em; }
  li { margin: 0.3em 0; }
  .steps { list-style: none; padding: 0; }
  .done { opacity: 0.7; }
  .tick { display: inline-block; width: 1.6em; }
  .button { display: inline-block; margin: 0.4em 0.8em 0.4em 0; padding: 0.35em 0.9em; text-decoration: none;
    color: var(--vscode-button-foreground); background: var(--vscode-button-background); }
  .button:hover { background: var(--vscode-button-hoverBackground); color: var(--vscode-button-foreground); }
`;

function before(root: string): string {
  return `<p>Nothing of what you have is taken away. The change is tried before it is offered, shown before it is made, and undone in one step.</p>
${button(adoptCommands.write, "Write the Clan…", root)}`;
}

function after({ clan, steps, hosts: all }: AdoptionSummary, root: string): string {
  const left = all.filter(({ name, class: one }) => one !== "home" && !clan?.machines.includes(name));
  const move = left.length === 0 ? "" : button(adoptCommands.moveHost, "Move Host into the Clan…", root);
  const rows = steps.map(({ title, command, done, left: rest }) => {
    const tick = done === null ? "–" : done ? "✓" : "○";
    const more = rest === undefined ? "" : `: ${escaped(rest)}`;
    const how = done === true ? "" : `<br><span class="tick"></span><code>${escaped(command)}</code>`;
    return `<li class="${done === true ? "done" : "open"}"><span class="tick">${tick}</span>${escaped(title)}${more}${how}</li>`;
  });
  return `<p>The clan is there. ${move}${button(adoptCommands.secretToGenerator, "Turn Secret into a Generator…", root)}</p>
<h2>The first hour</h2><ul class="steps">${rows.join("")}</ul>`;
}

const classes: Readonly<Record<HostSummary["class"], string>> = {
  nixos: "NixOS",
  darwin: "macOS",
  home: "home-manager",
};
const verdicts: Readonly<Record<HostSummary["verdict"], string>> = {
  gains: "gains",
  perhaps: "perhaps",
  stays: "stays",
};

function hosts({ hosts: all, clan }: AdoptionSummary): string {
  if (all.length === 0) return "<p>None were found.</p>";
  const rows = all.map((host) => {
    const verdict = clan?.machines.includes(host.name) === true ? "in the clan" : verdicts[host.verdict];
    const system = host.system === undefined ? "" : `, ${escaped(host.system)}`;
    return `<tr><td><b>${escaped(host.name)}</b><br>${classes[host.class]}${system}<br>${escaped(host.file)}</td>
<td>${verdict}</td><td>${host.benefits.map(code).join("<br>")}</td><td>${host.costs.map(code).join("<br>")}</td></tr>`;
  });
  return `<table><tr><th>Host</th><th>In a clan</th><th>Benefits</th><th>Costs</th></tr>${rows.join("")}</table>`;
}

function section(title: string, body: string): string {
  return body === "" ? "" : `<h2>${title}</h2>\n${body}`;
}

function list(items: readonly string[]): string {
  return items.length === 0 ? "" : `<ul>${items.map((item) => `<li>${item}</li>`).join("")}</ul>`;
}

function button(command: string, title: string, root: string): string {
  const argument = encodeURIComponent(JSON.stringify([{ root }]));
  return `<a class="button" href="command:${command}?${argument}">${escaped(title)}</a>`;
}

/** Text with code in backticks. */
function code(text: string): string {
  return escaped(text).replace(/`([^`]*)`/g, "<code>$1</code>");
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
