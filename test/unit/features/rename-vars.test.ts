/** Renames of what generators and services declare. */
import { describe, expect, test } from "vitest";
import { checkRename } from "./check-rename.ts";

test("an instance whose service names generators after it", async () => {
  const service = (instance: string) => `
    {
      inventory.machines.web = { };
      inventory.instances.${instance} = {
        module = { name = "key"; input = "self"; };
        roles.peer.machines.web = { };
      };
      modules.key = {
        _class = "clan.service";
        roles.peer.perInstance = { instanceName, ... }: {
          nixosModule.clan.core.vars.generators."key-\${instanceName}" = {
            files.pub = { };
            script = "echo > $out/pub";
          };
        };
      };
    }
    #- /clan/vars/per-machine/web/key-${instance}/pub/value
    key
  `;
  await checkRename(service("mesh").replace("instances.mesh", "instances.me$0sh"), "net", service("net"));
});

describe("a service of this flake", () => {
  const service = (role: string, setting: string) => `
    {
      inventory.machines.web = { };
      inventory.instances.site = {
        module = { name = "web"; input = "self"; };
        roles.${role} = { machines.web = { }; settings.${setting} = 80; };
      };
      modules.web = { lib, ... }: {
        _class = "clan.service";
        manifest.constraints.roles.${role}.maxMachines = 1;
        roles.${role} = {
          interface.options.${setting} = lib.mkOption { type = lib.types.port; };
          perInstance = { settings, roles, ... }: {
            nixosModule.a = { inherit (settings) port; };
            nixosModule.b = settings.${setting} + roles.${role}.machines.web.settings.${setting};
          };
        };
      };
    }
  `;

  test("its role", async () => {
    await checkRename(
      service("server", "port").replace("roles.server =", "roles.ser$0ver ="),
      "host",
      service("host", "port"),
    );
  });

  test("its setting", async () => {
    const after = service("server", "listen").replace("inherit (settings) port;", "port = settings.listen;");
    await checkRename(
      service("server", "port").replace("settings.port = 80", "settings.po$0rt = 80"),
      "listen",
      after,
    );
  });
});

test("a setting that holds others, where code inherits these", async () => {
  const service = (setting: string) => `
    {
      inventory.machines.web = { };
      inventory.instances.site = {
        module = { name = "web"; input = "self"; };
        roles.server = { machines.web = { }; settings.${setting}.port = 80; };
      };
      modules.web = { lib, ... }: {
        _class = "clan.service";
        roles.server = {
          interface.options.${setting}.port = lib.mkOption { type = lib.types.port; };
          perInstance = { settings, ... }: { nixosModule.a = { inherit (settings.${setting}) port; }; };
        };
      };
    }
  `;
  await checkRename(
    service("listen").replace("settings.listen.port = 80", "settings.lis$0ten.port = 80"),
    "bind",
    service("bind"),
  );
});

describe("vars", () => {
  const vars = (generator: string, file: string, prompt: string) => `
    {
      inventory.machines.web = { };
      machines.web.clan.core.vars.generators = {
        ${generator} = { files.${file} = { }; prompts.${prompt} = { }; script = ""; };
        key.dependencies = [ "${generator}" ];
      };
    }
    #- /clan/vars/per-machine/web/${generator}/${file}/value
    pem
    #- /clan/secrets/clan-vars/per-machine/web/${generator}/${file}/${file}.age
    secret
  `;

  test("a generator, with its folders", async () => {
    await checkRename(
      vars("ca", "pem", "pin").replace('"ca"', '"c$0a"'),
      "root-ca",
      vars("root-ca", "pem", "pin"),
    );
  });

  test("a file of a generator", async () => {
    await checkRename(
      vars("ca", "pem", "pin").replace("files.pem", "files.p$0em"),
      "cert",
      vars("ca", "cert", "pin"),
    );
  });

  test("a prompt", async () => {
    const [before, after] = [vars("ca", "pem", "pin"), vars("ca", "pem", "code")];
    const untouched = after.slice(0, after.indexOf("#- "));
    await checkRename(before.replace("prompts.pin", "prompts.p$0in"), "code", untouched);
  });

  describe("in scripts and configuration", () => {
    const web = (generator: string, file: string, prompt: string) => `
      {
        inventory.machines.web = { };
        machines.web = { config, ... }: {
          clan.core.vars.generators.${generator} = {
            files.${file}.secret = false;
            prompts.${prompt} = { };
            script = ''
              cat $prompts/${prompt} > "$out/${file}"
            '';
          };
          clan.core.vars.generators.leaf = {
            files."leaf.pem" = { };
            dependencies = [ "${generator}" ];
            script = "cat $in/${generator}/${file} > $out/leaf.pem";
          };
          a = config.clan.core.vars.generators.${generator}.files.${file}.value;
        };
      }
    `;

    test("a generator", async () => {
      const { edits } = await checkRename(
        web("ca", "pem", "pin").replace('"ca"', '"c$0a"'),
        "root-ca",
        web("root-ca", "pem", "pin"),
      );
      expect(edits.filter(({ group }) => group === "scripts")).toHaveLength(1);
    });

    test("a file", async () => {
      await checkRename(
        web("ca", "pem", "pin").replace("files.pem.secret", "files.p$0em.secret"),
        "ca.crt",
        web("ca", "ca.crt", "pin").replaceAll("files.ca.crt", 'files."ca.crt"'),
      );
    });

    test.each([
      ["quotes around it", 'cat "$in"/"NAME"/pem > $out/leaf'],
      ["single quotes around it", "cat $in/'NAME'/pem > $out/leaf"],
      ["a file with a blank behind it", 'cat "$in/NAME/a b" > $out/leaf'],
      ["blanks with a backslash", "cat $in/NAME/a\\ b > $out/leaf"],
      ["a list of paths", 'cat "$in/NAME/pem:$in/NAME/pem" > $out/leaf'],
    ])("a generator: %s", async (_, line) => {
      const scripted = (name: string): string => `
        {
          inventory.machines.web = { };
          machines.web.clan.core.vars.generators = {
            ${name} = { files.pem = { }; files."a b" = { }; script = "touch $out/pem '$out/a b' $out/*"; };
            leaf = { files.leaf = { }; dependencies = [ "${name}" ]; script = ''
              ${line.replaceAll("NAME", name)}
            ''; };
          };
        }`;
      await checkRename(scripted("ca").replace('"ca"', '"c$0a"'), "root-ca", scripted("root-ca"));
    });

    test("a file with a blank in its name", async () => {
      const scripted = (name: string): string => `
        {
          inventory.machines.web = { };
          machines.web.clan.core.vars.generators = {
            ca = { files."${name}" = { }; script = ''touch "$out/${name}"''; };
            leaf = { files.leaf = { }; dependencies = [ "ca" ]; script = ''cat "$in"/ca/'${name}' > $out/leaf''; };
          };
        }`;
      await checkRename(scripted("a b").replace('"a b"', '"a$0 b"'), "pem", scripted("pem"));
    });

    test("a prompt", async () => {
      await checkRename(
        web("ca", "pem", "pin").replace("$prompts/pin", "$prompts/p$0in"),
        "code",
        web("ca", "pem", "code"),
      );
    });
  });

  test("a prompt that is kept, and the file it is kept in", async () => {
    const kept = (name: string) => `
      {
        inventory.machines.web = { };
        machines.web = { config, ... }: {
          clan.core.vars.generators.login.prompts.${name}.persist = true;
          a = config.clan.core.vars.generators.login.files.${name}.path;
        };
      }
      #- /clan/vars/per-machine/web/login/${name}/secret
      { }
    `;
    await checkRename(
      kept("password").replace("files.password", "files.pass$0word"),
      "phrase",
      kept("phrase"),
    );
  });

  test("paths in code that lead there", async () => {
    await checkRename(
      `
        {
          inventory.machines.web = { };
          machines.web = { self, ... }: {
            clan.core.vars.generators.c$0a.files.pem.secret = false;
            a = "\${self}/vars/per-machine/web/ca/pem/value";
          };
        }
        #- /clan/vars/per-machine/web/ca/pem/value
        pem
      `,
      "root",
      `
        {
          inventory.machines.web = { };
          machines.web = { self, ... }: {
            clan.core.vars.generators.root.files.pem.secret = false;
            a = "\${self}/vars/per-machine/web/root/pem/value";
          };
        }
        #- /clan/vars/per-machine/web/root/pem/value
        pem
      `,
    );
  });
});
