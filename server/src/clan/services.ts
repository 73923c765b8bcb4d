/**
 * Finds the service an instance's `module` names: in this flake (`"self"`), in the catalogue of clan-core,
 * or in another input, about which nothing is known.
 *
 *   { name = "zerotier"; input = null; }  ->  known: controller, moon, peer
 *   { name = "zerotire"; input = null; }  ->  unknown-service, with the names there are
 */
import type { OptionNode } from "../modules/option-node.ts";
import { catalogue, unavailableServices } from "./catalogue/services.ts";
import type { NameSet, ServiceLookup } from "./model.ts";
import { type ModuleEvaluation, readOwnService } from "./own-service.ts";

export interface ServicePlaces extends ModuleEvaluation {
  readonly tree: OptionNode;
  /** Names of the flake's inputs. */
  readonly inputs: NameSet<unknown>;
  /** Whether the input is clan-core, whose services the catalogue lists. */
  readonly isClanCore: (input: string) => boolean;
}

export class ServiceFinder {
  private readonly own = new Map<string, ServiceLookup>();

  constructor(private readonly places: ServicePlaces) {}

  /** `input`: null for clan-core. Either is undefined where it is not known. */
  find(name: string | undefined, input: string | null | undefined): ServiceLookup {
    if (input === undefined) return open("the input of the module is not known");
    if (name === undefined) return open("the name of the module is not known");
    if (input === "self") return this.findOwn(name);
    const { inputs, isClanCore } = this.places;
    if (input !== null && !inputs.known.has(input)) {
      if (inputs.open === undefined)
        return { kind: "unknown-input", input, possible: [...inputs.known.keys(), "self"] };
      if (!isClanCore(input)) return open(inputs.open.reason);
    }
    if (input !== null && !isClanCore(input)) return open(`the services of the input ${input} are not known`);
    const service = catalogue.get(name);
    if (service !== undefined) return { kind: "known", service };
    return {
      kind: "unknown-service",
      name,
      possible: [...catalogue.keys()],
      inSelf: false,
      elsewhere: this.ownServices()?.child(name) === undefined ? undefined : "self",
      reason: unavailableServices.get(name),
    };
  }

  /** The options of each service this flake defines, used or not. */
  ownTrees(): OptionNode[] {
    return [...(this.ownServices()?.children().keys() ?? [])].flatMap((name) => {
      const found = this.findOwn(name);
      return found.kind === "known" && found.service.tree !== undefined ? [found.service.tree] : [];
    });
  }

  private findOwn(name: string): ServiceLookup {
    let found = this.own.get(name);
    if (found === undefined) {
      found = this.readOwn(name);
      this.own.set(name, found);
    }
    return found;
  }

  private readOwn(name: string): ServiceLookup {
    const services = this.ownServices();
    const service = services?.child(name);
    if (service !== undefined) return readOwnService(name, service, this.places);
    const hidden = services === undefined ? this.places.tree.open : services.open;
    if (hidden !== undefined) return open(hidden.reason);
    return {
      kind: "unknown-service",
      name,
      possible: [...(services?.children().keys() ?? [])].sort(),
      inSelf: true,
      elsewhere: catalogue.has(name) ? "clan-core" : undefined,
      reason: undefined,
    };
  }

  private ownServices(): OptionNode | undefined {
    return this.places.tree.child("modules");
  }
}

function open(reason: string): ServiceLookup {
  return { kind: "open", reason };
}
