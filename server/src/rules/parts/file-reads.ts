/**
 * Where the configurations of machines surely ask for something of a generator's file.
 *
 *   password = config.clan.core.vars.generators.db.files.password.value;   ->   { generator: "db", file: password, attribute: value }
 */
import type { Clan } from "../../clan/model.ts";
import type { GeneratorFile, NamedPlace } from "../../clan/vars/model.ts";
import { varsOfMachines } from "../fix/vars-fix.ts";

export interface FileRead {
  readonly generator: string;
  readonly file: GeneratorFile;
  /** `value`, `path`, …, where it is written. */
  readonly attribute: NamedPlace;
}

/** Of files there are; a module that several machines have is read for each. */
export function* fileReads(clan: Clan): Iterable<FileRead> {
  for (const { references, generators } of varsOfMachines(clan))
    for (const { generator, file, attribute, conditional } of references) {
      const found = generators.known.get(generator.name)?.files.known.get(file?.name ?? "");
      if (found !== undefined && attribute !== undefined && !conditional)
        yield { generator: generator.name, file: found, attribute };
    }
}
