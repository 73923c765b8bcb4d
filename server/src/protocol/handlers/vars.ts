/** clan/vars, a request of our own: the vars of one machine, as pickers and views of the editor show them. */
import { type VarsParams, type VarsSummary, varsRequest } from "../../../../shared/requests.ts";
import type { Clan } from "../../clan/model.ts";
import type { Generator } from "../../clan/vars/model.ts";
import { GeneratorFiles } from "../../features/generator-files.ts";
import type { Converter } from "../convert.ts";
import type { Uris } from "../uris.ts";
import { clanAt } from "./clan-at.ts";
import type { RequestHandler } from "./handler.ts";

export const varsHandler: RequestHandler<VarsParams, VarsSummary> = {
  method: varsRequest,
  about: {
    title: "Vars",
    summary:
      "The vars of one machine, for pickers and views. It is not a method of the Language Server Protocol.",
    entities: {
      generator: "Name, where it is written, files, and the files a run would replace.",
    },
  },
  capability: () => ({}),
  empty: { generators: [], open: undefined },
  prepare: (session) => session.evaluateMachines(),
  handle(session, { root, machine }) {
    const clan = clanAt(session, root);
    const converter = session.converter();
    if (clan?.machines.known.has(machine) !== true)
      return { generators: [], open: converter.toOpenSummary(clan?.machines.open) };
    const { known, open } = clan.vars.of(machine).generators;
    const generators = [...known.values()];
    const openFiles = generators.find(({ files }) => files.open !== undefined)?.files.open;
    const onDisk = new GeneratorFiles(clan);
    return {
      generators: generators.map((generator) =>
        toGeneratorSummary(clan, generator, onDisk, converter, session.uris),
      ),
      open: converter.toOpenSummary(open ?? openFiles),
    };
  },
};

function toGeneratorSummary(
  clan: Clan,
  generator: Generator,
  onDisk: GeneratorFiles,
  converter: Converter,
  uris: Uris,
): VarsSummary["generators"][number] {
  const { files, folder } = clan.vars.state(generator);
  return {
    name: generator.name,
    files: [...generator.files.known.values()].map(({ name, secret }) => ({
      name,
      secret,
      exists: files.get(name)?.exists,
    })),
    replaces: onDisk.replaced([generator]),
    folder: folder === undefined ? undefined : uris.toUri(folder),
    place: converter.toPlace(generator.origins[0]),
  };
}
