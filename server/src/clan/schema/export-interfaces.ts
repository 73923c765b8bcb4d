/**
 * The interfaces that clan itself has for what services tell each other, and their options.
 * (clan-core's modules/clan/export-modules.)
 *
 *   exports = mkExports { peer.hosts = [ { plain = "10.0.0.1"; } ]; };
 */
import type { Option, OptionSet, OptionType } from "../../modules/option-type.ts";

const text: OptionType = { kind: "str" };
const texts: OptionType = { kind: "listOf", of: text };
const module: OptionType = { kind: "deferredModule" };

const variable = submodule({
  machine: option(text, "The machine that has the generator.", { example: '"jon"' }),
  generator: option(text, "The generator that makes the file.", { example: '"tor-ssh"' }),
  file: option(text, "The file, which must not be secret.", { example: '"hostname"' }),
  flake: option({ kind: "path" }, "The folder of the clan.", {
    example: "config.clan.core.settings.directory",
  }),
});

/** Each has exactly one of both. */
const host: OptionType = {
  kind: "submodule",
  shorthandOnly: true,
  options: {
    options: new Map([
      ["plain", option(text, "The address or name itself.")],
      [
        "var",
        option(
          variable,
          "A file of vars that holds the address; clan reads it. It must be public: what is secret cannot be read.",
        ),
      ],
    ]),
  },
};

const user = submodule({
  username: option(text, "The name to log in with."),
  email: option(text, "The mail address."),
  groups: option(texts, "The groups the user is in.", { default: "[ ]" }),
  displayname: option(text, "The name as people read it."),
});

const client = submodule({
  clientId: option(text, "The identifier the service registers with."),
  clientName: option(text, "The name that is shown.", { default: '""' }),
  redirectUris: option(texts, "Where users may be sent back to after logging in."),
  scopes: option(texts, "What the service asks to know.", { default: '[ "openid" "profile" "email" ]' }),
  public: option({ kind: "bool" }, "Whether the client has no secret.", { default: "false" }),
});

const interfaces: Readonly<Record<string, Option>> = {
  peer: interfaceOption(
    submodule({
      name: option(text, "The name of the peer."),
      hosts: option(
        { kind: "listOf", of: host },
        'Where the machine can be reached: `{ plain = "10.0.0.1"; }`, or `{ var = { … }; }` for a file of vars.',
        { default: "[ ]", usual: true },
      ),
      port: option({ kind: "int", min: 0, max: 65535 }, "The port of SSH.", { default: "22" }),
      user: option({ kind: "nullOr", of: text }, "Who to log in as with SSH; null: root.", {
        default: "null",
      }),
      SSHOptions: option(texts, "Further options for SSH.", { default: "[ ]" }),
    }),
    "How clan reaches the machine in this network.",
  ),
  networking: interfaceOption(
    submodule({
      priority: option({ kind: "int" }, "When the network is tried: the highest comes first.", {
        default: "1000",
        usual: true,
      }),
      module: option(text, "The part of clan that connects to machines, such as `clan_lib.network.tor`.", {
        default: '"clan_lib.network.direct"',
      }),
    }),
    "A network that clan can reach machines by.",
  ),
  dataMesher: interfaceOption(
    submodule({
      files: option(
        { kind: "attrsOf", of: texts },
        "Files that data-mesher distributes, each with the public keys (ED25519, in base64) one of which must have signed it.",
        { default: "{ }" },
      ),
      namespaces: option(
        texts,
        "Folders in which any peer whose certificate this network signed may keep a file named after its key.",
        { default: "[ ]" },
      ),
    }),
    "Files that data-mesher distributes.",
  ),
  endpoints: interfaceOption(
    submodule({
      hosts: option(texts, "Names under which the service can be reached.", { default: "[ ]", usual: true }),
    }),
    "Names under which a service can be reached, for DNS and certificates.",
  ),
  generators: interfaceOption(
    submodule({
      generators: option({ kind: "attrsOf", of: module }, "Generators by name, as those of machines.", {
        default: "{ }",
      }),
    }),
    "Generators of vars that belong to the export.",
  ),
  auth: interfaceOption(
    submodule({
      users: option({ kind: "attrsOf", of: user }, "Users by the instance that logs them in.", {
        default: "{ }",
      }),
      client: option({ kind: "nullOr", of: client }, "The registration of a service that users log in to.", {
        default: "null",
      }),
      varsGenerator: option(
        { kind: "nullOr", of: { kind: "attrsOf", of: { kind: "anything" }, shallow: true } },
        "The generator, shared, of the secret the client has.",
        { default: "null" },
      ),
    }),
    "Users, and services that they log in to.",
  ),
};

export const exportInterfaces: OptionSet = { options: new Map(Object.entries(interfaces)) };

/** An interface as the option it is of an export. */
export function interfaceOption(type: OptionType, description: string): Option {
  return { type: { kind: "nullOr", of: type }, description, default: "null", required: false };
}

function option(type: OptionType, description: string, rest: Partial<Option> = {}): Option {
  return { type, description, required: false, ...rest };
}

function submodule(options: Readonly<Record<string, Option>>): OptionType {
  return { kind: "submodule", options: { options: new Map(Object.entries(options)) } };
}
