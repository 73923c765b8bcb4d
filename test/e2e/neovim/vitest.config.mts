import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/e2e/neovim/**/*.test.ts"],
    testTimeout: 60_000,
  },
});
