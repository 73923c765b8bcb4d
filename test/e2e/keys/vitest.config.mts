import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/e2e/keys/**/*.test.ts"],
    // One editor at a time: two on two cores would only wait for each other.
    fileParallelism: false,
    // A test waits for what a person would see; this is when it stops waiting.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
