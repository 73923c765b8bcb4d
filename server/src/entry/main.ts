/**
 * The bundle of the server, one for Node and for a browser's web worker: all but how they are spoken to is the same code.
 * What the other one needs is in the bundle, and never run.
 */
if ("importScripts" in globalThis) void import("./server-worker.ts");
else void import("./clan-ls.ts");
