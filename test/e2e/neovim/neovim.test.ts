/** Neovim's built-in client on `clan-ls --stdio`: what a person without VS Code has. */
import { expect, test } from "vitest";
import { inNeovim } from "./neovim.ts";

const files = {
  "clan.nix": `{
  imports = [ ./services.nix ];
  inventory.machines.web.tags = [ "server" ];
  inventory.machines.db = { };
}
`,
  "services.nix": `{
  inventory.instances.zerotier.roles = {
    controler.machines.web = { };
    peer.tags.all = { };
  };
}
`,
};

test("diagnostics arrive", async () => {
  const { answer } = await inNeovim(
    files,
    `Open("services.nix")
     local found = Await("a diagnostic", function() return vim.diagnostic.get(0)[1] end)
     return { line = found.lnum, column = found.col, source = found.source, message = found.message }`,
  );
  expect(answer).toMatchObject({ line: 2, column: 4, source: "clan" });
  expect(answer).toHaveProperty("message", expect.stringContaining("controler"));
});

test("completion offers the roles", async () => {
  const { answer } = await inNeovim(
    files,
    `Open("services.nix")
     Await("the server", function() return vim.diagnostic.get(0)[1] end)
     Go("peer.tags")
     local items = {}
     vim.cmd("normal! O")
     local params = vim.lsp.util.make_position_params(0, "utf-16")
     for _, reply in pairs(vim.lsp.buf_request_sync(0, "textDocument/completion", params, 10000)) do
       for _, item in ipairs(reply.result.items) do table.insert(items, item.label) end
     end
     return items`,
  );
  expect(answer).toEqual(expect.arrayContaining(["controller", "moon"]));
});

test("hover says what a role is", async () => {
  const { answer } = await inNeovim(
    files,
    `Open("services.nix")
     Await("the server", function() return vim.diagnostic.get(0)[1] end)
     Go("peer")
     vim.lsp.buf.hover()
     return Await("a window", function()
       for _, window in ipairs(vim.api.nvim_list_wins()) do
         if vim.api.nvim_win_get_config(window).relative ~= "" then
           return vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
         end
       end
     end)`,
  );
  expect(String(answer)).toContain("Machines:");
});

test("rename of a machine edits both files that name it", async () => {
  const { files: left } = await inNeovim(
    files,
    `Open("clan.nix")
     Open("services.nix")
     Await("the server", function() return vim.diagnostic.get(0)[1] end)
     Go("web")
     vim.lsp.buf.rename("www")
     Await("the new name", function() return vim.fn.search("www", "nw") ~= 0 end)
     vim.cmd("wall")`,
  );
  expect(left["services.nix"]).toBe(files["services.nix"].replace("web", "www"));
  expect(left["clan.nix"]).toBe(files["clan.nix"].replace("web", "www"));
});

test("a finding is mended with a code action", async () => {
  const { files: left } = await inNeovim(
    files,
    `Open("services.nix")
     Await("a diagnostic", function() return vim.diagnostic.get(0)[1] end)
     Go("controler")
     vim.ui.select = function(actions, _, choose) choose(actions[1], 1) end
     vim.lsp.buf.code_action()
     Await("the fix", function() return vim.fn.search("controller", "nw") ~= 0 end)
     vim.cmd("wall")`,
  );
  expect(left["services.nix"]).toBe(files["services.nix"].replace("controler", "controller"));
});
