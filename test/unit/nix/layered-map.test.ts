/** A layered map is the map a copy would have been. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { withEntries } from "../../../server/src/nix/layered-map.ts";

it("equals the copy, entry by entry, after any additions", () => {
  const additions = fc.array(
    fc.array(fc.tuple(fc.integer({ min: 0, max: 150 }), fc.integer()), { maxLength: 6 }),
  );
  fc.assert(
    fc.property(additions, (rounds) => {
      const base = new Map(Array.from({ length: 100 }, (_, i) => [`k${i}`, i]));
      const copy = new Map(base);
      let layered: ReadonlyMap<string, number> = base;
      for (const round of rounds) {
        const added = new Map(round.map(([key, value]) => [`k${key}`, value]));
        layered = withEntries(layered, added);
        for (const [key, value] of added) copy.set(key, value);
      }
      expect([...layered]).toEqual([...copy]);
      expect([...layered.keys()]).toEqual([...copy.keys()]);
      expect([...layered.values()]).toEqual([...copy.values()]);
      expect(layered.size).toBe(copy.size);
      expect(layered.get("k120")).toBe(copy.get("k120"));
      expect(layered.has("k120")).toBe(copy.has("k120"));
      expect(base.size).toBe(100);
    }),
  );
});
