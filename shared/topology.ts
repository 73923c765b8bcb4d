/** What the page of the topology and the extension say to each other. Plain data. */
import type { ClanSummary, PlaceArgument, ThingAtSummary } from "./requests.ts";

/** Extension -> page. */
export type ToPage =
  | { readonly kind: "clans"; readonly clans: readonly ClanSummary[] }
  /** What the cursor in an editor is in. */
  | { readonly kind: "select"; readonly thing: ThingAtSummary }
  /** The answer to `describe`: plain text, empty where there is none. */
  | { readonly kind: "description"; readonly of: string; readonly text: string };

/** Page -> extension. */
export type FromPage =
  | { readonly kind: "ready" }
  /** Go to where it is written. */
  | { readonly kind: "open"; readonly place: PlaceArgument }
  /** What hovering over the name in the editor says. `of`: any word, which the answer has again. */
  | { readonly kind: "describe"; readonly of: string; readonly place: PlaceArgument }
  /** `data`: of SVG the text, of PNG base64. */
  | { readonly kind: "save"; readonly format: "svg" | "png"; readonly name: string; readonly data: string };
