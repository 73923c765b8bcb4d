import { defineConfig } from "vitest/config";

const standIns = `${import.meta.dirname}/test/unit/client/helpers`;

export default defineConfig({
  test: {
    include: ["test/unit/**/*.test.ts", "test/protocol/**/*.test.ts"],
    // What only an editor has.
    alias: [
      { find: /^vscode$/, replacement: `${standIns}/vscode.ts` },
      { find: /^vscode-languageclient(\/(node|browser))?$/, replacement: `${standIns}/language-client.ts` },
    ],
    // Two cores: one worker per core, and a slow machine must not fail a test.
    maxWorkers: 2,
    setupFiles: ["test/unit/helpers/seeded.ts"],
    testTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
