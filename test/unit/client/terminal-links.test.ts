/** Places in what Nix (its real messages), clan and Python print. */
import { expect, test } from "vitest";
import { pathInSource, placesInLine } from "../../../client/src/terminal-links.ts";

const copy = "/nix/store/0123456789abcdfghijklmnpqrsvwxyz-source";

test.each<[string, readonly string[]]>([
  [`         at ${copy}/modules/x.nix:12:5:`, [`${copy}/modules/x.nix 12 5`]],
  ["       at /home/me/infra/y.nix:1:7:", ["/home/me/infra/y.nix 1 7"]],
  ["       at «path:/home/me/infra»/y.nix:1:7:", []],
  [`       - In \`${copy}/modules/mod.nix': "text"`, [`${copy}/modules/mod.nix 1 1`]],
  ["error: path '/home/me/infra/modules/gone.nix' does not exist", ["/home/me/infra/modules/gone.nix 1 1"]],
  ["error: in file '/home/me/my infra/x.nix:3:4'", ["/home/me/my infra/x.nix 3 4"]],
  ['  File "/nix/store/x/clan_cli/cli.py", line 12, in main', ["/nix/store/x/clan_cli/cli.py 12 1"]],
  ["[web] error at /a/b.nix:3: and /c/d.nix:4:2", ["/a/b.nix 3 1", "/c/d.nix 4 2"]],
  ["       error: The option `b' does not exist. Definition values:", []],
  ["       … while evaluating the option `services.nginx.enable':", []],
  ["copying path from https://cache.nixos.org:443/x", []],
  ["         1147|       value = 1:2;", []],
  ["x".repeat(5000), []],
])("%s", (line, expected) => {
  const places = placesInLine(line);
  expect(places.map(({ path, line: row, column }) => `${path} ${row} ${column}`)).toEqual(expected);
  // What is underlined begins with the path.
  for (const { start, length, path } of places) {
    expect(line.slice(start, start + length).startsWith(path)).toBe(true);
    expect(start + length).toBeLessThanOrEqual(line.length);
  }
});

test.each([
  [`${copy}/modules/x.nix`, "modules/x.nix"],
  [`${copy}/../etc/passwd`, undefined],
  [`${copy}/a/../../b`, undefined],
  [copy, undefined],
  ["/nix/store/0123456789abcdfghijklmnpqrsvwxyz-clan-cli/bin/clan", undefined],
  ["/home/me/x.nix", undefined],
])("%s is %s of a flake", (path, expected) => {
  expect(pathInSource(path)).toBe(expected);
});
