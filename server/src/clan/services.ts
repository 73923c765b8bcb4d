/**
 * Finds the service an instance's `module` names: in this flake (`"self"`) or in an input, read from its source
 * if that is at hand. Otherwise clan-core's are those of the catalogue, and of other inputs nothing is known.
 *
 *   { name = "zerotier"; input = null; }  ->  known: controller, moon, peer
 *   { name = "zerotire"; input = null; }  ->  unknown-service, with the names there are
 */
import type { OptionNode } from "../modules/option-node.ts";
import type { FlakeInput } from "../project/flake.ts";
import { catalogue, unavailableServices } from "./catalogue/services.ts";
import { isClanCore } from "./core-versions.ts";
import { type InputServicePlaces, InputServices } from "./input-services.ts";
import type { AvailableService, NameSet, Service, ServiceLookup } from "./model.ts";
import type { NixServices } from "./nix-services.ts";
import { readService } from "./service-module.ts";

export interface ServicePlaces extends InputServicePlaces {
  readonly tree: OptionNode;
  /** Names of the flake's inputs. */
  readonly inputs: NameSet<unknown>;
  /** Whether the input is clan-core, whose services the catalogue lists. */
  readonly isClanCore: (input: string) => boolean;
  /** The last that is asked about a service of an input. */
  readonly nixServices?: NixServices | undefined;
}

export class ServiceFinder {
  private readonly found = new Map<string, ServiceLookup>();
  private readonly ofInputs: InputServices;

  constructor(private readonly places: ServicePlaces) {
    this.ofInputs = new InputServices(places);
  }

  /** `input`: null for clan-core. Either is undefined where it is not known. */
  find(name: string | undefined, input: string | null | undefined): ServiceLookup {
    if (input === undefined) return open("the input of the module is not known");
    if (name === undefined) return open("the name of the module is not known");
    if (input === "self") return this.findOwn(name);
    const { places } = this;
    const { inputs } = places;
    if (input !== null && !inputs.known.has(input)) {
      if (inputs.open === undefined)
        return { kind: "unknown-input", input, possible: [...inputs.known.keys(), "self"] };
      if (!places.isClanCore(input)) return open(inputs.open.reason);
    }
    const flakeInputs = places.flake.inputs;
    if (input !== null && !places.isClanCore(input))
      return (
        this.ofInputs.find(name, flakeInputs.get(input)) ??
        places.nixServices?.get(input)?.get(name) ??
        open(`the services of the input ${input} are not known`)
      );
    return this.findInCore(name, flakeInputs.get(input ?? "") ?? [...flakeInputs.values()].find(isClanCore));
  }

  private findInCore(name: string, clanCore: FlakeInput | undefined): ServiceLookup {
    const catalogued = catalogue.get(name);
    const atHand = this.ofInputs.find(name, clanCore);
    if (atHand?.kind === "known") return { kind: "known", service: { ...atHand.service, catalogued } };
    if (atHand === undefined && catalogued !== undefined) return { kind: "known", service: catalogued };
    return {
      kind: "unknown-service",
      name,
      possible: atHand?.kind === "unknown-service" ? atHand.possible : [...catalogue.keys()],
      inSelf: false,
      input: undefined,
      elsewhere: this.ownServices()?.child(name) === undefined ? undefined : "self",
      reason: unavailableServices.get(name),
    };
  }

  /** Those an instance can name, by input and name: clan's own first, then of this flake, then of its other inputs. */
  available(): readonly AvailableService[] {
    const { flake, nixServices, isClanCore: isCore } = this.places;
    const others = [...flake.inputs.keys()].filter((input) => !isCore(input));
    return [null, "self", ...others].flatMap((input) => {
      // Nothing is called so: the answer says what there is.
      const lookup = this.find("", input);
      const asked = input === null ? undefined : nixServices?.get(input)?.keys();
      const names = lookup.kind === "unknown-service" ? lookup.possible : [...(asked ?? [])].sort();
      return names.flatMap((name) => {
        const found = this.find(name, input);
        return found.kind === "known" ? [{ name, input, service: found.service }] : [];
      });
    });
  }

  /** The services this flake defines, used or not, as far as they can be read. */
  own(): Service[] {
    return [...(this.ownServices()?.children().keys() ?? [])].flatMap((name) => {
      const found = this.findOwn(name);
      return found.kind === "known" ? [found.service] : [];
    });
  }

  private findOwn(name: string): ServiceLookup {
    let found = this.found.get(name);
    if (found === undefined) {
      found = this.readOwn(name);
      this.found.set(name, found);
    }
    return found;
  }

  private readOwn(name: string): ServiceLookup {
    const services = this.ownServices();
    const service = services?.child(name);
    if (service !== undefined) return readService(name, service, "self", this.places);
    const hidden = services === undefined ? this.places.tree.open : services.open;
    if (hidden !== undefined) return open(hidden.reason);
    return {
      kind: "unknown-service",
      name,
      possible: [...(services?.children().keys() ?? [])].sort(),
      inSelf: true,
      input: undefined,
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
