/** The documents the server is told about: Nix files wherever they are, a remote or virtual folder included. */
export const documentSelector = [{ language: "nix" }] as const;
