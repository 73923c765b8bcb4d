/**
 * What package.json says of the tools for assistants in VS Code (server/src/cli/mcp/in-editor.ts).
 *
 *   toolContributions({ editorTools, inputSchemaOf })   ->   [ { name: "clan_check", modelDescription: "Errors and …", … } ]
 */

/** `inputSchemaOf`: a tool's input as JSON Schema. */
export function toolContributions({ editorTools, inputSchemaOf }) {
  return editorTools.map((tool) => {
    const { $schema: _, additionalProperties: __, ...inputSchema } = inputSchemaOf(tool);
    return {
      name: `clan_${tool.name}`,
      toolReferenceName: `clan_${tool.name}`,
      displayName: tool.title,
      modelDescription: tool.description,
      userDescription: tool.description,
      icon: "$(server-environment)",
      canBeReferencedInPrompt: true,
      tags: ["clan", "nix"],
      inputSchema,
    };
  });
}
