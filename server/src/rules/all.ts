/** All rules. Written by `npm run generate:rules`, which finds them in the files of this folder. */
import { deprecatedOption } from "./deprecated-option.ts";
import { duplicateSettings } from "./duplicate-settings.ts";
import { evaluationError } from "./evaluation-error.ts";
import { generatorCycle } from "./generator-cycle.ts";
import { instanceCardinality } from "./instance-cardinality.ts";
import { missingOutput } from "./missing-output.ts";
import { missingSetting } from "./missing-setting.ts";
import { notSerializable } from "./not-serializable.ts";
import { removedOption } from "./removed-option.ts";
import { roleCardinality } from "./role-cardinality.ts";
import type { Rule } from "./rule.ts";
import { secretValue } from "./secret-value.ts";
import { sharedDependency } from "./shared-dependency.ts";
import { sharedMismatch } from "./shared-mismatch.ts";
import { strayMachine } from "./stray-machine.ts";
import { syntaxError } from "./syntax-error.ts";
import { typeMismatch } from "./type-mismatch.ts";
import { undeclaredDependency } from "./undeclared-dependency.ts";
import { undeclaredPrompt } from "./undeclared-prompt.ts";
import { undeployedPath } from "./undeployed-path.ts";
import { unknownCommand } from "./unknown-command.ts";
import { unknownGenerator } from "./unknown-generator.ts";
import { unknownGeneratorFile } from "./unknown-generator-file.ts";
import { unknownInput } from "./unknown-input.ts";
import { unknownInterface } from "./unknown-interface.ts";
import { unknownMachine } from "./unknown-machine.ts";
import { unknownOption } from "./unknown-option.ts";
import { unknownRole } from "./unknown-role.ts";
import { unknownService } from "./unknown-service.ts";
import { unknownSetting } from "./unknown-setting.ts";
import { unknownTag } from "./unknown-tag.ts";
import { unsetVariable } from "./unset-variable.ts";
import { untrackedFile } from "./untracked-file.ts";

export const rules: readonly Rule[] = [
  syntaxError,
  evaluationError,
  unknownService,
  unknownInput,
  unknownRole,
  unknownSetting,
  unknownInterface,
  missingSetting,
  unknownOption,
  typeMismatch,
  removedOption,
  deprecatedOption,
  notSerializable,
  duplicateSettings,
  unknownMachine,
  unknownTag,
  roleCardinality,
  instanceCardinality,
  strayMachine,
  untrackedFile,
  unknownGenerator,
  unknownGeneratorFile,
  generatorCycle,
  sharedDependency,
  sharedMismatch,
  secretValue,
  undeclaredDependency,
  undeclaredPrompt,
  unsetVariable,
  unknownCommand,
  missingOutput,
  undeployedPath,
];
