/**
 * The page docs/features.md, from the lists of what the server answers and listens to (server/src/protocol/handlers,
 * server/src/protocol/notifications).
 *
 *   renderFeatures({ handlers, notifications, entities })   ->   "# What the language server does\n…"
 */

/**
 * `handlers`: `{ method, about: { title, summary, entities, offered? } }`; `notifications`: `{ method, summary }`;
 * `entities`: their names in order.
 */
export function renderFeatures({ handlers, notifications, entities }) {
  const table = [
    row(["method", ...entities]),
    row(["---", ...entities.map(() => ":-:")]),
    ...handlers.map(({ method, about }) =>
      row([
        `[${method}](#${anchor(heading(method, about))})`,
        ...entities.map((entity) => (about.entities[entity] === undefined ? "" : "✓")),
      ]),
    ),
  ];
  return [
    "<!-- Made by `npm run generate:features` from the lists in server/src/protocol. -->",
    "# What the language server does",
    "Every request it answers, and what it does for each thing of a clan.",
    table.join("\n"),
    ...handlers.map((handler) => renderHandler(handler, entities)),
    "## What it listens to",
    notifications.map(({ method, summary }) => `- \`${method}\`: ${summary}`).join("\n"),
  ]
    .join("\n\n")
    .concat("\n");
}

function renderHandler({ method, about }, entities) {
  const lines = entities
    .filter((entity) => about.entities[entity] !== undefined)
    .map((entity) => `- **${entity}**: ${about.entities[entity]}`);
  const offered = about.offered === undefined ? [] : [`Offered to: ${about.offered}`];
  return [`## ${heading(method, about)}`, about.summary, lines.join("\n"), ...offered].join("\n\n");
}

function heading(method, { title }) {
  return `${title} (\`${method}\`)`;
}

/** As GitHub names a heading. */
function anchor(text) {
  return text
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");
}

function row(cells) {
  return `| ${cells.join(" | ")} |`;
}
