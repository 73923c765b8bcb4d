/**
 * The bill of materials of a package: what others wrote and it contains, as CycloneDX 1.6 in JSON.
 *
 *   billOfMaterials({ name: "vscode-clan", version: "0.1.0", license: "MIT" }, ["node_modules/zod/v4/core/core.js"])
 *   ->   '{ "bomFormat": "CycloneDX", … "purl": "pkg:npm/zod@4.4.3" … }'
 */
import { Enums, Models, Serialize, Spec } from "@cyclonedx/cyclonedx-library";
import { thirdParties } from "./notices.mjs";

/** `manifest`: package.json of the whole; `files`: all that is in the package, as paths in the checkout. */
export function billOfMaterials(manifest, files) {
  const bom = new Models.Bom();
  bom.metadata.component = componentOf(Enums.ComponentType.Application, manifest);
  for (const { title, manifest: part } of thirdParties(files))
    bom.components.add(
      part === undefined
        ? new Models.Component(Enums.ComponentType.Data, title, {
            bomRef: title,
            licenses: new Models.LicenseRepository([new Models.NamedLicense("see THIRD_PARTY_NOTICES.txt")]),
          })
        : componentOf(Enums.ComponentType.Library, part),
    );
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

function componentOf(type, { name, version, license }) {
  // The scope of a package is a part of its address (Package URL, type npm).
  const address = `pkg:npm/${name.replace("@", "%40")}@${version}`;
  return new Models.Component(type, name, {
    version,
    purl: address,
    bomRef: address,
    licenses: new Models.LicenseRepository([new Models.LicenseExpression(license)]),
  });
}
