/** What is asked before a command runs, and that nothing runs when the person leaves a question or does not confirm. */
import { expect, it } from "vitest";
import { chooseTarget, type Dialogue } from "../../../../client/src/commands/choose.ts";
import { clanCommands } from "../../../../client/src/commands/clan-commands.ts";
import type { Question, Subject, Target } from "../../../../client/src/commands/command.ts";
import type { ClanSummary } from "../../../../shared/requests.ts";

const clan: ClanSummary = {
  root: "file:///clan",
  name: "home",
  machines: [],
  tags: [],
  open: undefined,
  instances: [],
  instancesOpen: undefined,
  machineTemplates: [],
};

const answers: Readonly<Record<Subject, Partial<Target>>> = {
  machines: { machines: ["db", "web"] },
  machine: { machines: ["web"] },
  newMachine: { machines: ["new"] },
  var: { var: "ca/key" },
  publicVar: { var: "ca/cert" },
  generator: { generator: "ca", replaces: ["ca/key (web)", "leaf/key (web)"] },
  host: { host: "root@10.0.0.7" },
  template: {},
  secret: { secret: "wifi" },
  newSecret: { secret: "new" },
  user: { user: "alice" },
  newUser: { user: "carol" },
  ageKey: { ageKey: "age1abc" },
  group: { group: "admins" },
  newGroup: { group: "staff" },
  provider: { provider: "borgbackup" },
  backup: { backup: "web-1" },
};

/** A person who answers all but `left`, and says `yes` or no; what they were shown. */
function person(yes: boolean, left?: Subject | "clan") {
  const asked: string[] = [];
  const questions: Question[] = [];
  const dialogue: Dialogue = {
    async pickClan() {
      asked.push("clan");
      return left === "clan" ? undefined : clan;
    },
    async ask(subject) {
      asked.push(subject);
      return subject === left ? undefined : answers[subject];
    },
    async confirm(question) {
      questions.push(question);
      return yes;
    },
  };
  return { dialogue, asked, questions };
}

const cases = clanCommands.map((command) => [command.id, command] as const);

it.each(cases)("%s asks what it declares, and runs with the answers", async (_id, command) => {
  const { dialogue, asked } = person(true);
  const target = await chooseTarget(command, dialogue);
  expect(asked).toEqual(["clan", ...command.asks]);
  expect(target).toEqual(
    Object.assign({ root: clan.root, machines: [] }, ...command.asks.map((subject) => answers[subject])),
  );
});

it.each(cases)("%s does not run when a question is left", async (_id, command) => {
  for (const left of ["clan", ...command.asks] as const) {
    const { dialogue, asked } = person(true, left);
    expect(await chooseTarget(command, dialogue)).toBeUndefined();
    expect(asked.at(-1)).toBe(left);
  }
});

it.each(cases.filter(([, command]) => command.effect === "destroys"))(
  "%s destroys nothing unless that is confirmed",
  async (_id, command) => {
    const { dialogue, questions } = person(false);
    expect(await chooseTarget(command, dialogue)).toBeUndefined();
    expect(questions).toHaveLength(1);
  },
);

it("asks nothing before what destroys nothing", async () => {
  const { dialogue, questions } = person(false);
  const harmless = clanCommands.filter(({ effect }) => effect !== "destroys");
  for (const command of harmless) expect(await chooseTarget(command, dialogue)).toBeDefined();
  expect(questions).toEqual([]);
});

it("names what will be lost", async () => {
  const asked = async (id: string) => {
    const { dialogue, questions } = person(false);
    for (const command of clanCommands) if (command.id === id) await chooseTarget(command, dialogue);
    return questions.map(({ message, detail }) => `${message}\n${detail}`).join();
  };
  expect(await asked("clan.installMachine")).toMatch(/^Install web on root@10\.0\.0\.7\?\n.*are wiped/);
  expect(await asked("clan.deleteMachine")).toMatch(/^Delete web\?[\s\S]*• the folder machines\/web\n/);
  expect(await asked("clan.runGenerator")).toMatch(
    /^Regenerate ca\?[\s\S]*\nca\/key \(web\)\nleaf\/key \(web\)$/,
  );
});

it("asks only for what a lens leaves open, and no clan where that is nothing", async () => {
  const chosen: Target = { root: clan.root, machines: ["web"], generator: "ca", replaces: ["ca/key"] };
  for (const command of clanCommands) {
    const { dialogue, asked } = person(true);
    await chooseTarget(command, dialogue, chosen);
    const open = command.asks.filter((subject) => !/machine|generator/i.test(subject));
    expect(asked).toEqual(open.length === 0 ? [] : ["clan", ...open]);
  }
});

it("asks before a lens replaces files, also without `--regenerate`", async () => {
  const generate = clanCommands.filter(({ words }) => words.join(" ") === "vars generate");
  const chosen: Target = { root: clan.root, machines: ["web"], generator: "ca" };
  for (const command of generate) {
    const careful = person(false);
    expect(
      await chooseTarget(command, careful.dialogue, { ...chosen, replaces: ["ca/key"] }),
    ).toBeUndefined();
    expect(await chooseTarget(command, careful.dialogue, { ...chosen, replaces: [] })).toBeDefined();
    expect(careful.questions).toHaveLength(1);
  }
});
