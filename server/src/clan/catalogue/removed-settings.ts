/**
 * Settings a service of clan-core still declares only to say that they are gone. The key is
 * `<service>.<role>.<setting>`, the value what to write instead.
 */
export const removedSettings: Readonly<Record<string, string>> = {
  "data-mesher.default.extraHostNames": "Publish names with `network.files`.",
  "data-mesher.default.network.hostTTL": "Synchronise files with `network.files`.",
  "data-mesher.default.network.interface": "Write `interfaces` instead.",
  "data-mesher.default.network.port": "Write `port` instead.",
  "data-mesher.default.network.tld": "Synchronise files with `network.files`.",
};
