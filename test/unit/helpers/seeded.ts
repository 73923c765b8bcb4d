/** What is tried at random is the same each time, so that a change is blamed for its own faults only. */
import fc from "fast-check";
import { seed } from "./shuffle.ts";

fc.configureGlobal({ seed });
