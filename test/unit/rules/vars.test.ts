/** Rules about vars: what each reports, and which scripts and configurations it says nothing about. */
import { describe, expect, test } from "vitest";
import { afterFix, checkFindings, findingTexts } from "../helpers/check.ts";

/** A machine with these generators and this configuration beside them. */
function machine(generators: string, configuration = ""): string {
  return `
    {
      machines.web = { config, pkgs, lib, ... }: {
        ${configuration}
        clan.core.vars.generators = {
${generators}
        };
      };
    }`;
}

test("unknown-generator", async () => {
  await checkFindings(
    machine(
      `
          ca = { files.key = { }; script = "openssl genrsa > $out/key"; };
          web = {
            files.cert = { };
            dependencies = [ "caa" ];
            #                 ^^^ error[unknown-generator]: The machine \`web\` has no generator \`caa\`. Did you mean \`ca\`? Generators: \`ca\`, \`state-version\`, \`web\`.
            script = "cat $in/cert/key $in/caa/key > $out/cert";
            #                 ^^^^ error[unknown-generator]
            #                              ^^^ error[unknown-generator]
          };`,
      `
        services.x.key = config.clan.core.vars.generators.cb.files.key.path;
        #                                                 ^^ error[unknown-generator]`,
    ),
  );
});

test("unknown-generator-file", async () => {
  await checkFindings(
    machine(
      `
          ca = { files."ca.key" = { }; script = "openssl genrsa > $out/ca.key"; };
          web = {
            files.cert = { };
            dependencies = [ "ca" ];
            script = ''
              cat "$in"/ca/ca-key > $out/cert
              #            ^^^^^^ error[unknown-generator-file]: The generator \`ca\` has no file \`ca-key\`. Did you mean \`ca.key\`? Files: \`ca.key\`.
            '';
          };`,
      `
        services.x.key = config.clan.core.vars.generators.web.files."crt".path;
        #                                                            ^^^ error[unknown-generator-file]`,
    ),
  );
});

test("generator-cycle", async () => {
  await checkFindings(
    machine(`
          a.dependencies = [ "b" ];
          #                   ^ error[generator-cycle]: …\`a\` → \`b\` → \`c\` → \`a\`.
          b.dependencies = [ "c" ];
          #                   ^ error[generator-cycle]
          c.dependencies = [ "a" "d" ];
          #                   ^ error[generator-cycle]
          d.dependencies = [ "d" ];
          #                   ^ error[generator-cycle]: …\`d\` → \`d\`.`),
  );
});

test("shared-dependency", async () => {
  await checkFindings(
    machine(`
          ca = { share = true; dependencies = [ "host" "root" ]; };
          #                                      ^^^^ error[shared-dependency]
          root.share = true;
          host = { dependencies = [ "ca" ]; };`).replace(
      'host = { dependencies = [ "ca" ]; };',
      "host = { };",
    ),
  );
});

test("secret-value", async () => {
  await checkFindings(
    machine(
      `
          db = {
            files.password = { };
            files.user.secret = false;
            script = "pwgen > $out/password; echo db > $out/user";
          };`,
      `
        a = config.clan.core.vars.generators.db.files.password.value;
        #                                                      ^^^^^ error[secret-value]: \`db/password\` is secret: …
        b = config.clan.core.vars.generators.db.files.user.value;
        c = config.clan.core.vars.generators.db.files.password.path;`,
    ),
  );
});

test("undeclared-dependency and undeclared-prompt", async () => {
  await checkFindings(
    machine(`
          ca = { files.key = { }; script = "openssl genrsa > $out/key"; };
          web = {
            files.cert = { };
            prompts.pin = { };
            script = ''
              step sign --key "\${in}/ca/key" > $out/cert
              #                      ^^ error[undeclared-dependency]: …\`$in/ca\`…
              cat "$prompts/pni" $prompts/pin
              #             ^^^ error[undeclared-prompt]: …Did you mean \`pin\`?…
            '';
          };`)
      .replace('"${in}', "\"''${in}")
      .replace("#                      ^^ error", "#                        ^^ error"),
  );
});

test("missing-output", async () => {
  await checkFindings(
    machine(`
          key = {
            files.key = { };
            files."key.pub".secret = false;
            #      ^^^^^^^ error[missing-output]: The script of \`key\` never writes \`$out/key.pub\`.
            script = "\${pkgs.wireguard-tools}/bin/wg genkey > $out/key";
          };
          none.files.a = { };
          #          ^ error[missing-output]: \`none\` has no \`script\`: nothing writes \`a\`.
          idle = { files.a = { }; script = "true"; };`),
  );
});

test("undeployed-path", async () => {
  await checkFindings(
    machine(
      `
          ca = {
            files.key.deploy = false;
            files.cert = { secret = false; deploy = false; };
            files.disk = { deploy = false; neededFor = "partitioning"; };
            files.user = { deploy = false; neededFor = "users"; };
            script = "openssl req -keyout $out/key -out $out/cert; touch $out/disk $out/user";
          };`,
      `
        a = config.clan.core.vars.generators.ca.files.key.path;
        #                                                 ^^^^ warning[undeployed-path]
        b = config.clan.core.vars.generators.ca.files.cert.path;
        c = config.clan.core.vars.generators.ca.files.disk.path;
        d = config.clan.core.vars.generators.ca.files.user.path;
        #                                                  ^^^^ warning[undeployed-path]`,
    ),
  );
});

test("types and options of generators", async () => {
  await checkFindings(
    machine(`
          a = {
            files.a = { mode = "400"; neededFor = "user"; };
            #                  ^^^^^ error[type-mismatch]
            #                                     ^^^^^^ error[type-mismatch]
            prompts.b.type = "password";
            #                ^^^^^^^^^^ error[type-mismatch]
            name = "a"; shared = true;
            #           ^^^^^^ error[unknown-option]: \`clan.core.vars.generators.a\` has no option \`shared\`. Did you mean \`share\`?…
            script = "touch $out/a";
          };`),
  );
});

const silent: Readonly<Record<string, string>> = {
  "a path in a variable": machine(`
    a = { files.b = { }; script = "f=$out; touch $f/b"; };`),
  "a script that gives up": machine(`
    a = { files.b = { }; script = "echo 'set it with clan vars set' >&2; exit 1"; };`),
  "a script that does nothing": machine(`
    a = { files.b = { }; script = "true"; }; c = { files.d = { }; script = ":"; };`),
  "a folder that the environment may name": machine(`
    a = { files.b = { }; script = "date > $SECRETS/b; cp x $ELSEWHERE/b"; };`),
  "options of an older clan": machine(`
    a = { files.b = { }; script = "date > $out/b"; prompts.c.createFile = true; };`),
  "a loop": machine(`
    a = { files.b = { }; files.c = { }; script = "for f in b c; do touch \\"$out/$f\\"; done"; };`),
  "a program nobody knows": machine(`
    a = { files.b = { }; runtimeInputs = [ pkgs.hello ]; script = "hello"; };`),
  "the folder for a program": machine(`
    a = { files.b = { }; script = "openssl x --dir \\"$out\\""; };`),
  "names of Nix": machine(`
    a = { files.b = { }; script = "touch $out/\${lib.head pkgs.names}"; };`),
  "code of Nix": machine(`
    a = { files.b = { }; script = ''\n      \${pkgs.lib.foo}\n      touch $out/c\n    ''; };`),
  "a script that is computed": machine(`
    a = { files.b = { }; script = lib.concatStringsSep "\\n" [ "touch $out/c" ]; };`),
  "a script in a file": machine(`
    a = { files.b = { }; script = ./generate.sh; };`),
  "a script of two parts": machine(`
    a = { files.b = { }; script = "touch $out/c\\n" + pkgs.lib.foo; };`),
  "a changed folder": machine(`
    a = { files.b = { }; script = "cd $out; date > b"; };`),
  "a function": machine(`
    a = { files.b = { }; script = "f() { date > \\"$out/$1\\"; }; f b"; };`),
  "a subshell, a substitution, a group": machine(`
    a = { files.b = { }; files.c = { }; files.d = { };
      script = "( date > $out/b ); x=$(date > $out/c); { date; } > $out/d"; };`),
  "copied under its name": machine(`
    a = { files.b = { }; script = "cp \\"$prompts\\"/b $out"; prompts.b = { }; };`),
  "what ssh-keygen adds": machine(`
    a = { files.b = { }; files."b.pub".secret = false; script = "ssh-keygen -f $out/b"; };`),
  "a prompt that is kept": machine(`
    a = { prompts.b.persist = true; prompts.c.persist = true; files.c.mode = "0440"; };`),
  "a script with a mistake": machine(`
    a = { files.b = { }; script = "if true; then touch $out/c $in/x/y"; };`),
  "a file in a folder of the generator": machine(`
    a = { files."ssh/key" = { }; script = "mkdir $out/ssh; date > $out/ssh/key"; };
    c = { dependencies = [ "a" ]; files.d = { }; script = "cat $in/a/ssh/key $in/a/ssh > $out/d"; };`),
  "what is tested before": machine(`
    a = { files.b = { }; script = "if [ -e $in/c/d ]; then cat $in/c/d; fi > $out/b"; };`),
  "what may fail": machine(`
    a = { files.b = { }; script = "cat $in/c/d > $out/b || date > $out/b"; };`),
  "single quotes and comments": machine(`
    a = { files.b = { }; script = "echo '$in/c/d' '$prompts/x' > $out/b # $in/c"; };`),
  "prompts with names that are not known": machine(`
    a = { files.b = { }; prompts.\${config.x.y} = { }; script = "cat $prompts/c > $out/b"; };`),
  "a prompt that may not be there": machine(`
    a = { files.b = { }; prompts.c = lib.mkIf config.x.y { }; script = "cat $prompts/c > $out/b"; };`),
  "dependencies that are not known": machine(`
    c = { files.d = { }; script = "date > $out/d"; };
    a = { files.b = { }; dependencies = config.x.y; script = "cat $in/c/d > $out/b"; };`),
  "a dependency that there may be": machine(`
    c = { files.d = { }; script = "date > $out/d"; };
    a = { files.b = { }; dependencies = lib.optional config.x.y "c"; script = "cat $in/c/d > $out/b"; };`),
  "what a generator lacks that may not be there": machine(`
    c = { files.d = { }; script = "date > $out/d"; };
    a = lib.mkIf config.x.y { files.b = { }; script = "cat $prompts/c $in/c/d > $out/b"; };`),
  "a generator that may not be there, and depends on none that is": machine(`
    a = lib.mkIf config.x.y { files.b = { }; dependencies = [ "c" ]; script = "date > $out/b"; };
    c = lib.mkIf config.x.y { files.d = { }; dependencies = [ "a" ]; script = "date > $out/d"; };`),
  "a prompt of which it is not known whether it is kept": machine(
    `
    a = { prompts.b.persist = config.x.y; script = "date > $out/d"; files.d = { }; };
    c = { prompts.b.persist = config.x.y; files.b.mode = "0440"; files.d = { }; script = "date > $out/d"; };`,
    `
    d = config.clan.core.vars.generators.a.files.b.path;
    e = config.clan.core.vars.generators.a.files.z.path;`,
  ),
  "files that a prompt may bring": machine(`
    a = { files.b = { }; prompts.\${config.x.y}.persist = true; script = "true"; };
    c = { files.b = { }; files.d = { }; prompts = config.x.y; script = "date > $out/d"; };`),
  "a secret's value where it is not known that it is one": machine(
    `
    a = { files.b.secret = config.x.y; script = "date > $out/b"; };`,
    `
    c = config.clan.core.vars.generators.a.files.b.value;`,
  ),
  "the path of a file that may be deployed": machine(
    `
    a = { files.b.deploy = config.x.y; script = "date > $out/b"; };`,
    `
    c = config.clan.core.vars.generators.a.files.b.path;`,
  ),
  "another \\$in": machine(`
    a = { files.b = { }; script = "in=/tmp; cat $in/c/d > $out/b"; };`),
  "text of a here document that is not expanded": machine(`
    a = { files.b = { }; script = "cat > $out/b <<'EOF'\\n$in/c/d\\nEOF\\n"; };`),
  "generators of modules that are not at hand": `
    #- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      inputs.other.url = "github:someone/other";
      outputs = { self, clan-core, other, ... }: {
        clan = (clan-core.lib.clan {
          inherit self;
          meta.name = "x";
          inventory.machines.web = { };
          machines.web = { config, ... }: {
            imports = [ other.nixosModules.default ];
            x = config.clan.core.vars.generators.other.files.key.path;
            clan.core.vars.generators.a = { dependencies = [ "other" ]; };
          };
        }).config;
      };
    }`,
  "a substitute": machine(
    "",
    `
    a = config.clan.core.vars.generators.x.files.y.path or null;
    b = config.clan.core.vars.generators ? x;`,
  ),
};

describe("nothing is said about", () => {
  test.each(Object.entries(silent))("%s", async (_, text) => {
    expect(await findingTexts(text)).toEqual([]);
  });
});

describe("fixes", () => {
  const script = `script = ''\n        cat $in/ca/key > $out/cert\n      '';`;
  const ca = `ca = { files.key = { }; script = "openssl genrsa > $out/key"; };`;
  const fixed: readonly (readonly [string, string, string])[] = [
    [
      "adds the dependency, to a list",
      `web = { files.cert = { }; dependencies = [ "db" ]; ${script} }; db = { };`,
      `dependencies = [ "db" "ca" ];`,
    ],
    [
      "adds the dependency, as the first",
      `web = { files.cert = { }; ${script} };`,
      `web = { dependencies = [ "ca" ]; files.cert`,
    ],
    [
      "adds the dependency, to an empty list",
      `web = { files.cert = { }; dependencies = [ ]; ${script} };`,
      `dependencies = [ "ca" ];`,
    ],
    [
      "shares the dependency",
      `web = { share = true; dependencies = [ "ca" ]; };`,
      `ca = { share = true; files.key`,
    ],
    [
      "writes the output",
      `web = { files.cert = { }; files.b = { }; dependencies = [ "ca" ]; ${script} };`,
      `cat $in/ca/key > $out/cert\n        touch "$out/b"\n`,
    ],
    [
      "takes an edge out of a circle",
      `web = { dependencies = [ "db" "web" ]; }; db = { };`,
      `dependencies = [ "db" ];`,
    ],
    ["the type of a prompt", `web = { prompts.a.type = "password"; };`, `prompts.a.type = "hidden";`],
    [
      "the zero of a mode",
      `web = { prompts.a.persist = true; files.a.mode = "400"; };`,
      `files.a.mode = "0400";`,
    ],
    [
      "a mode without quotes",
      `web = { prompts.a.persist = true; files.a.mode = 0640; };`,
      `files.a.mode = "0640";`,
    ],
    [
      "when a file is needed",
      `web = { prompts.a.persist = true; files.a.neededFor = "user"; };`,
      `neededFor = "users";`,
    ],
    [
      "corrects a prompt",
      `web = { prompts.pin = { }; files.a = { }; script = "cp $prompts/pim $out/a"; };`,
      "cp $prompts/pin $out/a",
    ],
  ];
  test.each(fixed)("%s", async (_, generators, expected) => {
    expect(await afterFix(machine(`${ca}\n${generators}`))).toContain(expected);
  });

  const inConfiguration: readonly (readonly [string, string, string])[] = [
    [
      "the path for the value",
      "x.y = config.clan.core.vars.generators.ca.files.key.value;",
      "generators.ca.files.key.path;",
    ],
    [
      "a generator's name",
      "x.y = config.clan.core.vars.generators.cb.files.key.path;",
      "generators.ca.files.key.path;",
    ],
    [
      "a file's name",
      "x.y = config.clan.core.vars.generators.ca.files.keys.path;",
      "generators.ca.files.key.path;",
    ],
  ];
  test.each(inConfiguration)("%s", async (_, configuration, expected) => {
    expect(await afterFix(machine(ca, configuration))).toContain(expected);
  });
});

test("options that a module of the clan adds to generators, and what it sets there", async () => {
  const found = await findingTexts(`
    #- /renewal.nix
    { lib, ... }:
    let
      inherit (lib) mkOption types;
      file.options.audience = mkOption { type = types.str; default = ""; };
      generator = {
        options.renewAfter = mkOption { type = types.int; default = 0; };
        options.files = mkOption { type = types.attrsOf (types.submodule file); };
        config.files.stamp = { };
      };
    in
    {
      options.clan.core.vars.generators = mkOption {
        type = types.attrsOf (types.submoduleWith { modules = [ generator ]; });
      };
    }
    #- /key.nix
    { config, ... }:
    {
      clan.core.vars.generators.key = {
        renewAfter = 7;
        files.key.audience = "all";
        script = "touch $out/key $out/stamp";
      };
      services.x = "\${config.clan.core.vars.generators.key.files.key.path}";
    }
    #- /clan.nix
    {
      machines.web = { config, ... }: {
        imports = [ ./renewal.nix ./key.nix ];
        services.y = "\${config.clan.core.vars.generators.key.files.stamp.path}";
        clan.core.vars.generators.late = { renewAfter = "never"; files.a = { }; script = "touch $out/a"; };
      };
      machines.db.clan.core.vars.generators.early = { renewAfter = 7; files.b = { }; script = "touch $out/b"; };
    }
  `);
  expect(found.sort()).toEqual([
    "missing-output: stamp",
    'type-mismatch: "never"',
    "unknown-option: renewAfter",
  ]);
});
