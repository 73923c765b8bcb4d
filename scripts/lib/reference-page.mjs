/**
 * The page docs/reference.md, from the options that are declared for a clan (server/src/clan/schema) and for the
 * roles of clan-core's services (server/src/clan/catalogue).
 *
 *   renderReference({ options, services, describeType })   ->   "# What a clan can say\n…"
 */

/** `options`: an OptionSet; `services`: `Service`s in order; `describeType`: server/src/modules/describe.ts. */
export function renderReference({ options, services, describeType }) {
  const table = (set) => renderTable(collectRows(set), describeType);
  return [
    "<!-- Made by `npm run generate:reference` from the options declared in server/src/clan. -->",
    "# What a clan can say",
    "Completion, hover and the [rules](rules/README.md) read the declarations this page is made of. `<name>` stands for a name of your own.",
    "## Options of the clan",
    table(options),
    "## Services of clan-core",
    "The settings of each role. The services a flake defines itself declare theirs in their own source.",
    ...services.map((service) => renderService(service, table)),
  ]
    .join("\n\n")
    .concat("\n");
}

function renderService({ name, description, roles }, table) {
  const shown = [...roles.values()].map((role) =>
    [
      `#### \`${name}\`: role \`${role.name}\``,
      ...describeRole(role),
      role.settings.options.size === 0 ? "No settings." : table(role.settings),
    ].join("\n\n"),
  );
  return [`### ${name}`, ...(description === undefined ? [] : [cell(description)]), ...shown].join("\n\n");
}

function describeRole({ description, minMachines, maxMachines }) {
  const limits = [
    ...(minMachines ? [`at least ${minMachines}`] : []),
    ...(maxMachines === undefined ? [] : [`at most ${maxMachines}`]),
  ];
  const counted = limits.length === 0 ? [] : [`Machines: ${limits.join(", ")}.`];
  const sentences = [...(description === undefined ? [] : [cell(description)]), ...counted];
  return sentences.length === 0 ? [] : [sentences.join(" ")];
}

function collectRows(set, path = []) {
  return [...set.options].flatMap(([name, option]) => {
    if (option.internal) return [];
    const own = { path: [...path, name], option };
    const { inner, names } = innerSet(option.type);
    return [own, ...(inner === undefined ? [] : collectRows(inner, [...own.path, ...names]))];
  });
}

/** The options below an option, and the free names before them. */
function innerSet(type, names = []) {
  switch (type.kind) {
    case "submodule":
      return { inner: type.options, names };
    case "nullOr":
    case "unique":
      return innerSet(type.of, names);
    case "coercedTo":
      return innerSet(type.to, names);
    case "attrsOf":
      return innerSet(type.of, [...names, "<name>"]);
    case "listOf":
      return innerSet(type.of, [...names, "*"]);
    default:
      return { inner: undefined, names };
  }
}

function renderTable(rows, describeType) {
  const lines = rows.map(({ path, option }) => {
    return [
      code(path.join(".")),
      cell(describeType(option.type)),
      describeDefault(option),
      describeOption(option),
    ];
  });
  return [["option", "type", "default", ""], ["---", "---", "---", "---"], ...lines]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

function describeDefault({ default: text, required }) {
  if (text !== undefined) return code(text);
  return required ? "required" : "";
}

function describeOption({ description, deprecated, removed }) {
  return [
    ...(removed === undefined ? [] : [`**Removed.** ${removed}`]),
    ...(deprecated === undefined ? [] : [`**Deprecated.** ${deprecated}`]),
    ...(description === undefined ? [] : [description]),
  ]
    .map(cell)
    .join(" ");
}

/** On one line, and no column of its own. */
function cell(text) {
  return text.trim().replaceAll(/\s+/g, " ").replaceAll("|", "\\|").replaceAll("<", "&lt;");
}

function code(text) {
  const line = text.trim().replaceAll(/\s+/g, " ").replaceAll("|", "\\|");
  return line.includes("`") ? `\`\` ${line} \`\`` : `\`${line}\``;
}
