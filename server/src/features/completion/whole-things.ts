/**
 * Whole things to fill in, where they can stand: an instance among the instances, a machine among the machines, a
 * generator in a machine's configuration, a service as a module of the clan.
 *
 *   inventory.machines = { ▮ };   ->   clan-machine: name = { machineClass = …; tags = […]; … };
 */
import type { OptionPlace } from "../option-place.ts";
import { type Candidate, code } from "./candidate.ts";

const instance = `\${1:name} = {
  module.name = "\${2:service}";
  roles.\${3:role} = {
    tags = [ "\${4:all}" ];
    settings = { $0 };
  };
};`;

const machine = `\${1:name} = {
  machineClass = "\${2|nixos,darwin|}";
  tags = [ "\${3:server}" ];
  deploy.targetHost = "\${4:root@\${1:name}}";$0
};`;

const generator = `\${1:name} = {
  files.\${2:password}.secret = \${3|true,false|};
  runtimeInputs = [ pkgs.\${4:openssl} ];
  script = ''
    \${5:openssl rand -hex 32} > "\\$out/\${2:password}"
  '';$0
};`;

/** A service with one role, as a module. */
export const serviceModule = `{
  _class = "clan.service";
  manifest.name = "\${1:name}";
  manifest.description = "\${2:What it is for}";
  manifest.readme = "\${3:How to use it}";

  roles.\${4:server} = {
    description = "\${5:What a machine in this role does}";
    interface =
      { lib, ... }:
      {
        options.\${6:port} = lib.mkOption {
          type = lib.types.\${7:port};
          description = "\${8:What it sets}";
        };
      };
    perInstance =
      { settings, ... }:
      {
        nixosModule =
          { pkgs, ... }:
          {
            $0
          };
      };
  };
}`;

interface WholeThing {
  readonly label: string;
  readonly detail: string;
  readonly text: string;
}

const generatorThing = { label: "clan-generator", detail: "a generator of secrets and other files" };

/** By the option in which a name is written. */
const inOption: ReadonlyMap<string, WholeThing> = new Map([
  ["inventory.instances", { label: "clan-instance", detail: "an instance of a service", text: instance }],
  ["inventory.machines", { label: "clan-machine", detail: "a machine", text: machine }],
  ["clan.core.vars.generators", { ...generatorThing, text: generator }],
]);

/** For a name at `place`; `isPathBegin`: nothing of the binding is written before it. */
export function collectWholeThings(place: OptionPlace, isPathBegin: boolean): Candidate[] {
  const { option, parent, isName, machine: ofMachine } = place;
  if (!isName) return option.path.length === 2 && option.path[0] === "modules" ? [asCandidate(service)] : [];
  if (!isPathBegin || parent === undefined) return [];
  if (ofMachine !== undefined && parent.path.length === 0)
    return [asCandidate({ ...generatorThing, text: `clan.core.vars.generators.${generator}` })];
  const found = inOption.get(parent.path.join("."));
  return found === undefined ? [] : [asCandidate(found)];
}

const service: WholeThing = {
  label: "clan-service",
  detail: "a service of your own",
  text: serviceModule,
};

/** After all names: a person who wants it writes its label. */
function asCandidate({ label, detail, text }: WholeThing): Candidate {
  return { kind: "snippet", text: code(label), detail, stub: text, rank: 30 };
}
