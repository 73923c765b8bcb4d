/**
 * Clients for the tests of one file, stopped after each test, and the clan most of them talk about.
 *
 *   const start = useClients();
 *   test("…", async () => { const client = await start(clan); … });
 */
import { afterEach } from "vitest";
import type { Diagnostic } from "vscode-languageserver/node";
import { type ClientOptions, startClient, type TestClient } from "./client.ts";

export function useClients(): (fixture: string, options?: ClientOptions) => Promise<TestClient> {
  const started: TestClient[] = [];
  afterEach(async () => {
    await Promise.all(started.splice(0).map((client) => client.stop()));
  });
  return async (fixture, options) => {
    const client = await startClient(fixture, options);
    started.push(client);
    return client;
  };
}

/** Its one mistake is a role: `controler`. */
export const clan = `
  #- /clan/clan.nix
  {
    inventory.machines = { web.tags = [ "srv" ]; db = { }; };
    inventory.instances.zerotier.roles = {
      control$0er.machines.web = { };
      peer.tags = [ "s$1rv" ];
      $2
    };
  }
`;
export const file = "/clan/clan.nix";

export function codesOf(diagnostics: readonly Diagnostic[]): unknown[] {
  return diagnostics.map(({ code }) => code);
}

export function isClean(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.length === 0;
}

export function isNotClean(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.length > 0;
}
