/** Which of the protocol's symbol kinds each thing of a clan is shown as: their icons differ. */
import { SymbolKind } from "vscode-languageserver";
import type { EntityKind } from "../../features/entity.ts";

export const symbolKinds: Readonly<Record<EntityKind, SymbolKind>> = {
  machine: SymbolKind.Struct,
  tag: SymbolKind.Key,
  instance: SymbolKind.Module,
  role: SymbolKind.Interface,
  service: SymbolKind.Package,
  setting: SymbolKind.Property,
  input: SymbolKind.Namespace,
  generator: SymbolKind.Function,
  "generator-file": SymbolKind.File,
  prompt: SymbolKind.Field,
  path: SymbolKind.File,
};
