/**
 * Which type a definition's children have: sees through `nullOr`, `unique`, `either` and `coercedTo`, by
 * what the definition looks like.
 *
 *   either [ listOf str, attrsOf int ]   with  [ "a" ]  ->  listOf str      with  { a = 1; }  ->  attrsOf int
 */
import { apply } from "../nix/interpreter.ts";
import type { Eval } from "../nix/step.ts";
import { accepts } from "./check.ts";
import type { OptionType } from "./option-type.ts";
import { attempt, type EvaluatedDefinition } from "./properties.ts";

/** Definitions of one option that are seen alike. */
export interface Shape {
  readonly type: OptionType;
  readonly definitions: EvaluatedDefinition[];
  /** Only those children count that do not fit their type: the others are seen after conversion. */
  readonly misfitsOnly: boolean;
}

/** Definitions grouped by shape; those without any (null, a failure, a wrong type) are left out. */
export function* shapesOf(
  type: OptionType,
  definitions: readonly EvaluatedDefinition[],
): Eval<readonly Shape[]> {
  const shapes: Shape[] = [];
  const add = (
    shape: OptionType | undefined,
    definition: EvaluatedDefinition,
    misfitsOnly: boolean,
  ): void => {
    if (shape === undefined) return;
    const found = shapes.find((one) => one.type === shape && one.misfitsOnly === misfitsOnly);
    if (found === undefined) shapes.push({ type: shape, definitions: [definition], misfitsOnly });
    else found.definitions.push(definition);
  };
  for (const definition of definitions) {
    if (definition.outcome.type === "failure" || definition.outcome.type === "unknown") continue;
    const converted = yield* convert(type, definition);
    if (converted !== definition) add(shapeOf(type, definition, "from"), definition, true);
    add(shapeOf(type, converted, "to"), converted, false);
  }
  return shapes;
}

/** The definition as the option's final type has it, if it is written in one that is converted to that. */
export function* convert(type: OptionType, definition: EvaluatedDefinition): Eval<EvaluatedDefinition> {
  const coerced = coercionOf(type, definition);
  if (coerced?.coerce === undefined) return definition;
  const value = apply(coerced.coerce, definition.value);
  return { ...definition, value, outcome: yield* attempt(value) };
}

/** The coercion that applies to the definition; of one that is not known nobody can say. */
export function coercionOf(
  type: OptionType | undefined,
  definition: EvaluatedDefinition,
): (OptionType & { kind: "coercedTo" }) | undefined {
  const { outcome } = definition;
  if (type === undefined || outcome.type === "failure" || outcome.type === "unknown") return undefined;
  if (type.kind === "nullOr" || type.kind === "unique") return coercionOf(type.of, definition);
  if (type.kind === "either")
    return coercionOf(
      type.of.find((alternative) => accepts(alternative, outcome)),
      definition,
    );
  return type.kind === "coercedTo" && accepts(type.from, outcome) ? type : undefined;
}

function shapeOf(
  type: OptionType | undefined,
  definition: EvaluatedDefinition,
  side: "from" | "to",
): OptionType | undefined {
  const { outcome } = definition;
  if (type === undefined || outcome.type === "failure") return undefined;
  switch (type.kind) {
    case "nullOr":
      return outcome.type === "null" ? undefined : shapeOf(type.of, definition, side);
    case "unique":
      return shapeOf(type.of, definition, side);
    case "either":
      return shapeOf(
        type.of.find((alternative) => accepts(alternative, outcome)),
        definition,
        side,
      );
    case "coercedTo": {
      // Without the function, a definition keeps the shape it was written in.
      const keep = side === "from" || (type.coerce === undefined && accepts(type.from, outcome));
      return shapeOf(keep ? type.from : type.to, definition, side);
    }
    default:
      return type;
  }
}
