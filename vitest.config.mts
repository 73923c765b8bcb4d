import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/unit/**/*.test.ts", "test/protocol/**/*.test.ts"],
    // Two cores: one worker per core, and a slow machine must not fail a test.
    maxWorkers: 2,
    testTimeout: 300_000,
  },
});
