/**
 * The Nix of a new clan: its name, its first machine and its first services.
 *
 *   { name: "infra", machine: web, services: [ "sshd" ] }   ->   meta.name = "infra"; inventory.machines.web = { … }; …
 */

import { catalogue } from "../../clan/catalogue/services.ts";
import { lookUp } from "../../syntax/look-up.ts";
import { printAttrName } from "../../syntax/quote.ts";
import type { AdoptRequest } from "./request.ts";

/** Lines of bindings of the option `clan`, without indentation. `directory`: an expression, if not the default. */
export function clanBindings(
  request: AdoptRequest,
  specialArgs: string,
  directory: string | undefined,
): string[] {
  const { name, machine, target } = request;
  const options = machineOptions(machine.class, target);
  return [
    `meta.name = ${JSON.stringify(name)};`,
    `specialArgs = ${specialArgs};`,
    ...(directory === undefined
      ? []
      : [
          "",
          "# Keys, vars and machines of the clan have a folder of their own.",
          `directory = ${directory};`,
        ]),
    "",
    ...set(`inventory.machines.${printAttrName(machine.name)}`, options),
    ...request.services.flatMap((service) => ["", ...instanceLines(service, request)]),
  ];
}

/** Of a machine in the inventory. */
export function machineOptions(machineClass: "nixos" | "darwin", target: string | undefined): string[] {
  return [
    ...(machineClass === "darwin" ? ['machineClass = "darwin";'] : []),
    ...(target === undefined ? [] : [`deploy.targetHost = ${JSON.stringify(withUser(target))};`]),
  ];
}

function set(path: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [`${path} = { };`] : [`${path} = {`, ...lines.map((line) => `  ${line}`), "};"];
}

/** With the first machine in the role that there must be one of, and all machines in the others. */
function instanceLines(service: string, { machine, target }: AdoptRequest): string[] {
  const first = `machines.${printAttrName(machine.name)} = { };`;
  const lines: Readonly<Record<string, readonly string[]>> = {
    sshd: [
      'roles.server.tags = [ "nixos" ];',
      ...searchDomains(machine.name, target),
      'roles.client.tags = [ "all" ];',
    ],
    zerotier: [`roles.controller.${first}`, 'roles.peer.tags = [ "all" ];'],
    wireguard: [
      `roles.controller.machines.${printAttrName(machine.name)}.settings.endpoint = ${JSON.stringify(hostOf(target ?? machine.name))};`,
    ],
    users: ['roles.default.tags = [ "nixos" ];', 'roles.default.settings.user = "root";'],
    "emergency-access": ['roles.default.tags = [ "nixos" ];'],
  };
  const body = lookUp(lines, service) ?? generalRoles(service, first);
  return set(`inventory.instances.${printAttrName(service)}`, [
    `module.name = ${JSON.stringify(service)};`,
    ...body,
  ]);
}

function generalRoles(service: string, first: string): readonly string[] {
  const roles = [...(catalogue.get(service)?.roles.keys() ?? [])];
  const [only] = roles;
  if (roles.length === 1 && only !== undefined) return [`roles.${printAttrName(only)}.tags = [ "all" ];`];
  return roles.map((role) =>
    role === "server" || role === "controller"
      ? `roles.${role}.${first}`
      : `roles.${printAttrName(role)}.tags = [ "all" ];`,
  );
}

/** clan logs in as root unless told otherwise. */
function withUser(target: string): string {
  return target.includes("@") ? target : `root@${target}`;
}

/** Certificates are for names: that of the machine in the domain it is reached in. */
function searchDomains(machine: string, target: string | undefined): string[] {
  const host = target === undefined ? "" : hostOf(target);
  const domain = host.startsWith(`${machine}.`) ? host.slice(machine.length + 1) : "";
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(domain)
    ? [`roles.server.settings.certificate.searchDomains = [ ${JSON.stringify(domain)} ];`]
    : [];
}

function hostOf(target: string): string {
  return target.slice(target.indexOf("@") + 1);
}

/** A machine's first configuration. */
export function machineText({ machine }: AdoptRequest): string {
  const isDarwin = machine.class === "darwin";
  return [
    "{",
    ...(isDarwin
      ? []
      : [
          "  # `clan machines init-hardware-config` writes what the hardware needs beside this file.",
          "  imports = [ ];",
          "",
        ]),
    `  nixpkgs.hostPlatform = "${isDarwin ? "aarch64-darwin" : "x86_64-linux"}";`,
    "",
    "  # The release this machine was first installed with. It stays as it is.",
    `  system.stateVersion = ${isDarwin ? "6" : '"25.11"'};`,
    "",
    "  # Who may read the machine's secrets: `clan secrets groups add-user admins USER`.",
    '  clan.core.sops.defaultGroups = [ "admins" ];',
    "}",
    "",
  ].join("\n");
}

/** Each line indented by so many spaces; empty ones stay so. */
export function indentLines(lines: readonly string[], spaces: number): string[] {
  return lines.map((line) => (line === "" ? "" : `${" ".repeat(spaces)}${line}`));
}
