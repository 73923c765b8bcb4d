/** Scripts of generators as an editor's own tokenizer colours them: VS Code's, with the grammars it is given. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { createOnigScanner, createOnigString, loadWASM } from "vscode-oniguruma";
import textmate from "vscode-textmate";

const require = createRequire(import.meta.url);
await loadWASM(readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")));

const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
const contributed: { scopeName: string; path: string; injectTo?: string[] }[] = contributes.grammars;
const files = new Map(
  contributed.filter(({ injectTo }) => injectTo).map(({ scopeName, path }) => [scopeName, path]),
);
files.set("source.nix", "node_modules/tm-grammars/grammars/nix.json");
files.set("source.shell", "node_modules/tm-grammars/grammars/shellscript.json");

const registry = new textmate.Registry({
  onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
  loadGrammar: async (scope) => {
    const path = files.get(scope);
    return path === undefined ? null : textmate.parseRawGrammar(readFileSync(path, "utf8"), path);
  },
  getInjections: (scope) =>
    scope === "source.nix" ? [...files.keys()].filter((name) => name.startsWith("clan.")) : undefined,
});

/** The scopes of the first place of `word` in the script. */
async function scopesOf(script: string, word: string): Promise<string> {
  const grammar = await registry.loadGrammar("source.nix");
  const lines = [
    "{",
    "  script = ''",
    ...script.split("\n").map((line) => `    ${line}`),
    "  '';",
    "  after = 1;",
    "}",
  ];
  let state = textmate.INITIAL;
  for (const line of lines) {
    const result = grammar?.tokenizeLine(line, state);
    if (result === undefined) break;
    const at = line.indexOf(word);
    const token = at < 0 ? undefined : result.tokens.find(({ endIndex }) => at < endIndex);
    if (token !== undefined) return token.scopes.join(" ");
    state = result.ruleStack;
  }
  return "nowhere";
}

const heredocs = {
  "a here-document": "cat > $out/key <<EOF\ntext\nEOF\necho done",
  "one of a quoted word": "cat > $out/key <<'EOF'\ntext\nEOF\necho done",
  "one with a dash": "cat <<-END > $out/key\n\ttext\n\tEND\necho done",
  "one whose line goes on": "cat <<EOF | tr a b > $out/key\ntext\nEOF\necho done",
  "one inside of a block": 'if true; then\n  cat <<EOF > "$out/key"\n  text\n  EOF\nfi\necho done',
  "one after another": "cat <<A > $out/a\nx\nA\ncat <<B > $out/b\ntext\nB\necho done",
  "one with what Nix puts in": "cat <<EOF > $out/a\ntext ${x}\n''${HOME}\nEOF\necho done",
};

test.each(Object.entries(heredocs))("%s ends where it ends", async (_name, script) => {
  expect(await scopesOf(script, "text")).toMatch(/meta\.embedded\.block\.shell\.clan.* string\.\w+\.heredoc/);
  expect(await scopesOf(script, "done")).toContain("meta.embedded.block.shell.clan");
  expect(await scopesOf(script, "done")).not.toContain("heredoc");
  expect(await scopesOf(script, "after")).not.toMatch(/shell|heredoc/);
});

test.each(["echo 'a <<EOF'\necho done", "# <<EOF\necho done", "cat <<< EOF\necho done"])(
  "%j begins none",
  async (script) => {
    expect(await scopesOf(script, "done")).not.toContain("heredoc");
  },
);

test("one that is left open ends with the script", async () => {
  expect(await scopesOf("cat <<EOF\ntext", "after")).not.toMatch(/shell|heredoc/);
});

test("folders of the generator and what Nix puts in keep their colours in it", async () => {
  const script = "cat <<EOF > $out/a\n$in/ca ${x}\nEOF";
  expect(await scopesOf(script, "in/ca")).toContain("variable.language.folder.clan");
  expect(await scopesOf(script, "x}")).toContain("meta.embedded.interpolation.nix");
});
