import { defineConfig } from "vitest/config";
import keys from "../keys/vitest.config.mts";

/** What the package holds, and some of the key strokes with it installed. */
export default defineConfig({
  test: {
    ...keys.test,
    include: ["test/e2e/packed/**/*.test.ts", "test/e2e/keys/{roles,commands}.test.ts"],
  },
});
