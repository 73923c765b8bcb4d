/** The language itself, on the expressions of cases/*.txt. */
import { fileURLToPath } from "node:url";
import { describeTables } from "../../helpers/tables.ts";

await describeTables(fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, ""));
