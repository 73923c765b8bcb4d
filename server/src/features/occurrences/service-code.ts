/**
 * What the code of a service says of its own roles and settings, beside declaring them.
 *
 *   roles.server.perInstance = { settings, roles, ... }: { … settings.port … roles.client.machines … }
 *   ->  setting port of server, role client
 */
import type { Clan, Service } from "../../clan/model.ts";
import type { OptionSet } from "../../modules/option-type.ts";
import type { AttrName, Node, Source } from "../../syntax/ast.ts";
import { childrenOf } from "../../syntax/navigate.ts";
import { type ServiceName, serviceNameOf } from "../entity.ts";
import { optionsOf } from "../option-place.ts";
import { type Chain, chainOf } from "./chain.ts";
import type { Mention } from "./mention.ts";

/** Empty for a file that declares nothing of a service of which there is an instance. */
export function collectServiceCode(clan: Clan, source: Source): readonly Mention[] {
  const services = new Map<Service, ServiceName>();
  for (const instance of clan.instances.known.values())
    if (instance.service.kind === "known" && rolesIn(source, instance.service.service).length > 0)
      services.set(instance.service.service, serviceNameOf(instance));
  return [...services].flatMap(([service, name]) => new ServiceReader(clan, name, service).read(source));
}

/** The roles the file declares, or declares settings of. */
function rolesIn(source: Source, service: Service): string[] {
  const isHere = (nodes: readonly Node[] = []): boolean => nodes.some((node) => node.source === source);
  return [...service.roles.values()]
    .filter(
      ({ declared, settings }) =>
        isHere(declared) || [...settings.options.values()].some((option) => isHere(option.declared)),
    )
    .map(({ name }) => name);
}

/** Values of other module systems, in which `settings` and `roles` are names like any other. */
const FOREIGN = new Set(["config", "options", "lib", "pkgs", "cfg"]);

class ServiceReader {
  private readonly mentions: Mention[] = [];

  constructor(
    private readonly clan: Clan,
    private readonly name: ServiceName,
    private readonly service: Service,
  ) {}

  read(source: Source): readonly Mention[] {
    const [role, ...others] = rolesIn(source, this.service);
    this.visit(source.root, others.length === 0 ? role : undefined, false);
    return this.mentions;
  }

  /** `role`: the one whose code this is; the variable `settings` holds its settings. */
  private visit(node: Node, role: string | undefined, inConstraints: boolean): void {
    let around = role;
    let constraints = inConstraints;
    if (node.kind === "binding") {
      constraints ||= node.path.some(({ name }) => name === "constraints");
      around = node.path.find((name) => this.declares(name))?.name ?? role;
      if (constraints) this.readConstraint(node.path);
    } else if (node.kind === "select" || node.kind === "has-attr") {
      this.readChain(chainOf(node), role, "select");
    } else if (node.kind === "inherit" && node.from !== undefined) {
      const from = chainOf(node.from);
      for (const name of node.names) this.readInherited([...from, name], name, role);
    }
    for (const child of childrenOf(node)) this.visit(child, around, constraints);
  }

  /** What is before the name is selected where it stands, and found there. */
  private readInherited(chain: Chain, name: AttrName, role: string | undefined): void {
    const before = this.mentions.length;
    this.readChain(chain, role, "inherit-from");
    const found = this.mentions.splice(before);
    this.mentions.push(...found.filter(({ node }) => node === name));
  }

  private readChain(chain: Chain, role: string | undefined, how: Mention["how"]): void {
    const [head] = chain;
    if (head === undefined || FOREIGN.has(head.name ?? "")) return;
    const roles = chain.findIndex(({ name }) => name === "roles");
    const named = chain[roles + 1];
    const isRole = roles >= 0 && named?.name !== undefined && this.service.roles.has(named.name);
    if (isRole) this.addRole(named, how);
    const settings = chain.findIndex(({ name }, index) => name === "settings" && index > roles);
    if (settings < 0) return;
    const owner = isRole ? named.name : settings === 0 ? role : undefined;
    for (const { name, settings: declared } of this.service.roles.values())
      if (owner === undefined || owner === name)
        this.addSettings(chain.slice(settings + 1), name, declared, how, owner !== undefined);
  }

  private addSettings(
    chain: Chain,
    role: string,
    declared: OptionSet,
    how: Mention["how"],
    sure: boolean,
  ): void {
    const { clan, name: service } = this;
    let options: OptionSet | undefined = declared;
    const path: string[] = [];
    for (const node of chain) {
      const name = node.name ?? "";
      const option = options?.options.get(name);
      if (option === undefined) return;
      this.mentions.push({
        entity: { kind: "setting", clan, name, service, role, path: [...path] },
        node,
        how,
        sure,
      });
      options = optionsOf(option.type);
      path.push(name);
    }
  }

  /** `constraints.roles.server.maxMachines = 1` */
  private readConstraint(path: readonly AttrName[]): void {
    const at = path.findIndex(({ name }) => name === "roles");
    const node = path[at + 1];
    if (at >= 0 && node?.name !== undefined && this.service.roles.has(node.name))
      this.addRole(node, "select");
  }

  private addRole(node: Chain[number], how: Mention["how"]): void {
    const entity = { kind: "role", clan: this.clan, name: node.name ?? "", service: this.name } as const;
    this.mentions.push({ entity, node, how, sure: true });
  }

  private declares(node: AttrName): boolean {
    return node.name !== undefined && this.service.roles.get(node.name)?.declared.includes(node) === true;
  }
}
