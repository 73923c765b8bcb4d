/** Random edits of a text, as people make them: words, lines and signs that come, go and are replaced. */
export type Random = () => number;

const pieces = [
  " ",
  "\n",
  "{ ",
  " }",
  "[ ",
  " ]",
  ";",
  " = ",
  '"',
  "''",
  "${",
  "}",
  ".",
  "#",
  "x",
  "1",
  "null",
  "tags",
  "roles",
  "roles.server",
  "machines",
  "web",
  '"web"',
  "settings.",
  "config.",
  "inherit ",
  "with lib; ",
  "let y = 1; in ",
  "lib.mkIf false ",
  "imports = [ ];",
  "inventory.",
  "generators",
  "a.b = { };",
  "_: ",
  "{ ... }: ",
  "or ",
  "rec ",
];

/** `others` are texts whose words may be typed, too. */
export function editedText(text: string, others: readonly string[], random: Random): string {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const at = Math.floor(random() * (text.length + 1));
  const kind = random();
  if (kind < 0.35) return text.slice(0, at) + pick(pieces) + text.slice(at);
  if (kind < 0.5) return text.slice(0, at) + text.slice(at + 1 + Math.floor(random() * 6));
  if (kind < 0.75) return replaceWord(text, wordsOf(pick(others)), pick);
  const lines = text.split("\n");
  const line = Math.floor(random() * lines.length);
  if (kind < 0.85) lines.splice(line, 1);
  else if (kind < 0.93) lines.splice(line, 0, pick(lines));
  else lines.splice(line, 0, pick(pick(others).split("\n")));
  return lines.join("\n");
}

function replaceWord(text: string, words: readonly string[], pick: <T>(all: readonly T[]) => T): string {
  const found = [...text.matchAll(/[A-Za-z_][\w-]*/g)];
  if (found.length === 0 || words.length === 0) return `${text} `;
  const { index, 0: word } = pick(found);
  return text.slice(0, index) + pick(words) + text.slice(index + word.length);
}

function wordsOf(text: string): string[] {
  return text.match(/[A-Za-z_][\w-]*/g) ?? [];
}
