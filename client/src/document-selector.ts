/**
 * The documents the server is told about: Nix files wherever they are, a remote or virtual folder included, and the
 * part of a clan that is written in JSON.
 */
export const documentSelector = [
  { language: "nix" },
  { language: "json", pattern: "**/inventory.json" },
] as const;
